//! Work that is done on all cores, its results taken in order.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

/// With fewer pieces of work starting threads would cost more.
const FEW: usize = 64;
/// So many pieces are taken on at once.
const CHUNK: usize = 8;

/// Does the `work` with each of the numbers from 0 on, on all cores if there are many, and hands each result to `take`: in
/// their order, and on this thread. `begin` are the numbers in the order in which they are begun.
pub(super) fn in_order<T: Send>(
    begin: &[usize],
    work: &(dyn Fn(usize) -> T + Sync),
    take: &mut dyn FnMut(usize, T),
) {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    if begin.len() < FEW || threads == 1 {
        return (0..begin.len()).for_each(|at| take(at, work(at)));
    }
    let next = AtomicUsize::new(0);
    let (send, receive) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let (send, next) = (send.clone(), &next);
            scope.spawn(move || {
                loop {
                    let mine = begin.iter().skip(next.fetch_add(CHUNK, Ordering::Relaxed)).take(CHUNK);
                    let done: Vec<(usize, T)> = mine.map(|&at| (at, work(at))).collect();
                    if done.is_empty() || send.send(done).is_err() {
                        break;
                    }
                }
            });
        }
        drop(send);
        let mut early = BTreeMap::new();
        let mut due = 0;
        for done in receive {
            early.extend(done);
            while let Some(done) = early.remove(&due) {
                take(due, done);
                due += 1;
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn results_come_in_order_whoever_is_quick() {
        for count in [0, 1, FEW - 1, FEW, FEW + 1, 1_000] {
            let slow = |at: usize| {
                // The first of each chunk is slow, so that later chunks are done before it.
                thread::sleep(Duration::from_micros(if at.is_multiple_of(2 * CHUNK) { 300 } else { 0 }));
                at * 3
            };
            let straight: Vec<usize> = (0..count).collect();
            let mut last_first = straight.clone();
            last_first.rotate_right(count.min(1));
            for begin in [straight, last_first] {
                let mut taken = vec![];
                in_order(&begin, &slow, &mut |at, it| taken.push((at, it)));
                assert_eq!(taken, (0..count).map(|at| (at, at * 3)).collect::<Vec<_>>());
            }
        }
    }
}
