//! Prints what `bastide check` takes for specs of growing size. Run with `cargo bench --bench check`.
#![allow(missing_docs)]
#![allow(clippy::print_stdout, reason = "a bench prints")]

mod ground;

use ground::spec::Shape;
use ground::{Cost, cheapest, mib, ms, run, scratch};
use std::fs;

/// Services, shape, rounds.
const RUNS: [(usize, Shape, usize); 7] = [
    (1, Shape::Layered, 20),
    (100, Shape::Layered, 20),
    (1_000, Shape::Layered, 10),
    (10_000, Shape::Layered, 3),
    (1_000, Shape::Chain, 10),
    (10_000, Shape::Chain, 3),
    (100_000, Shape::Chain, 1),
];

fn main() -> std::io::Result<()> {
    println!("check: processor time with the start of the process, cheapest of several runs");
    println!(
        "{:<10} {:>9} {:>9} {:>12} {:>12} {:>11}",
        "graph", "services", "spec", "time", "a service", "memory"
    );
    for (count, shape, rounds) in RUNS {
        let folder = scratch("check")?;
        ground::spec::project(&folder, count, shape)?;
        let path = folder.to_string_lossy().into_owned();
        let cost = cheapest(rounds, || run(&["check", "--quiet", &path]).expect("the program starts"));
        print(count, shape, fs::metadata(folder.join("bastide.kdl"))?.len(), cost);
        fs::remove_dir_all(&folder)?;
    }
    Ok(())
}

fn print(count: usize, shape: Shape, bytes: u64, cost: Cost) {
    let each = format!("{:.1} µs", cost.time.as_secs_f64() * 1e6 / count as f64);
    let shape = format!("{shape:?}").to_lowercase();
    let verdict = if cost.fine { "" } else { "  FAILED" };
    let (size, time, memory) = (mib(bytes), ms(cost.time), mib(cost.memory));
    println!("{shape:<10} {count:>9} {size:>9} {time:>12} {each:>12} {memory:>11}{verdict}");
}
