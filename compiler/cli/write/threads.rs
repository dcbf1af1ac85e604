//! Work on many files by as many threads as the machine has processors.

use std::num::NonZero;
use std::thread;

/// Fewer files are not worth a thread.
const FEW: usize = 64;

/// Splits the items into neighbouring parts, works on each, and puts the results together in the order of the items.
///
/// # Errors
/// The first error in that order.
pub fn in_parts<T: Sync, R: Send, E: Send>(
    items: &[T],
    work: impl Fn(&[T]) -> Result<Vec<R>, E> + Sync,
) -> Result<Vec<R>, E> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len().div_ceil(FEW));
    if threads < 2 {
        return work(items);
    }
    thread::scope(|scope| {
        let parts = items.chunks(items.len().div_ceil(threads));
        let running: Vec<_> = parts.map(|part| scope.spawn(|| work(part))).collect();
        let mut done = Vec::with_capacity(items.len());
        for part in running {
            done.extend(part.join().expect("nothing in there panics")?);
        }
        Ok(done)
    })
}
