//! Prints what `bastide contract diff` takes for two large contracts, and what oasdiff takes for the same, where it is
//! installed: in `PATH`, or named by `OASDIFF`. Run with `cargo bench --bench contract`.
#![allow(missing_docs)]
#![allow(clippy::print_stdout, reason = "a bench prints")]

mod ground;

use ground::{Cost, api, cheapest, mib, ms, scratch, start};
use std::path::Path;
use std::process::Command;
use std::{env, fs, io};

/// Resources, rounds; five operations and some 8 KB each.
const SIZES: [(usize, usize); 4] = [(100, 10), (400, 5), (900, 3), (1_250, 3)];
/// Levels of a schema that doubles at each.
const LEVELS: [usize; 3] = [10, 100, 1_000];

fn main() -> io::Result<()> {
    println!("contract diff: processor time with the start of the process, cheapest of several runs");
    println!(
        "{:<22} {:>9} {:>11} {:>11} {:>11} {:>11} {:>7}",
        "pair", "a side", "time", "memory", "oasdiff", "memory", "ratio"
    );
    let folder = scratch("contract")?;
    for (resources, rounds) in SIZES {
        let title = format!("{} operations", resources * api::OPERATIONS);
        pair(&folder, &title, rounds, |new| api::text(resources, new))?;
    }
    for levels in LEVELS {
        pair(&folder, &format!("doubling, {levels} levels"), 3, |new| api::doubling(levels, new))?;
    }
    fs::remove_dir_all(&folder)
}

fn pair(folder: &Path, title: &str, rounds: usize, text: impl Fn(bool) -> String) -> io::Result<()> {
    let (old, new) = (folder.join("old.json"), folder.join("new.json"));
    fs::write(&old, text(false))?;
    fs::write(&new, text(true))?;
    let sides = [old.to_string_lossy(), new.to_string_lossy()];
    let ours = cheapest(rounds, || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bastide"));
        command.args(["contract", "diff", &sides[0], &sides[1], "--kind", "openapi", "--format", "json"]);
        start(command).expect("the program starts")
    });
    // What doubles is left to ourselves: the other does not come back from it.
    let theirs = if title.starts_with("doubling") { None } else { oasdiff(rounds.min(3), &sides) };
    let size = mib(fs::metadata(&old)?.len());
    let (time, memory) = (ms(ours.time), mib(ours.memory));
    let other = theirs.map_or(["-".into(), "-".into(), "-".into()], |theirs| {
        let ratio = theirs.time.as_secs_f64() / ours.time.as_secs_f64();
        [ms(theirs.time), mib(theirs.memory), format!("{ratio:.1}")]
    });
    println!(
        "{title:<22} {size:>9} {time:>11} {memory:>11} {:>11} {:>11} {:>7}",
        other[0], other[1], other[2]
    );
    Ok(())
}

/// What the other tool takes; `None` where it is not installed.
fn oasdiff(rounds: usize, sides: &[impl AsRef<str>]) -> Option<Cost> {
    let program = env::var("OASDIFF").unwrap_or_else(|_| "oasdiff".into());
    let once = || {
        let mut command = Command::new(&program);
        command.arg("changelog").args(sides.iter().map(AsRef::as_ref)).args(["--format", "json"]);
        start(command)
    };
    once().ok()?;
    Some(cheapest(rounds, || once().expect("it started before")))
}
