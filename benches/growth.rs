//! Prints how processor time grows with the number of one thing in a spec, as an exponent: 1 is as many times the time as
//! there are things. Run with `cargo bench --bench growth`, and with words of names for some of them, `-- routes`.
#![allow(missing_docs)]
#![allow(clippy::print_stdout, reason = "a bench prints")]

mod ground;

use ground::growth::{DIMENSIONS, Make, project};
use ground::{Cost, cheapest, run, scratch};
use std::path::Path;
use std::time::Duration;
use std::{env, fs, io};

/// The numbers of things.
const COUNTS: [usize; 4] = [1, 100, 1_000, 10_000];
/// Runs of which the cheapest counts.
const ROUNDS: usize = 3;
/// A run that took so long is the last one of its command.
const LONG: Duration = Duration::from_secs(6);
/// What the smaller of two runs must take beyond one of a single thing, so that their ratio means something.
const TELLING: Duration = Duration::from_millis(8);

const COMMANDS: [&str; 5] = ["check", "build", "diff", "plan", "check --fix"];

fn main() -> io::Result<()> {
    let asked: Vec<String> = env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    println!("growth: exponent of processor time, and seconds at the largest number\n");
    println!("| much of | {} |", COMMANDS.join(" | "));
    println!("|---|{}", "---|".repeat(COMMANDS.len()));
    for (name, make) in DIMENSIONS {
        if asked.is_empty() || asked.iter().any(|word| name.contains(word.as_str())) {
            let cells: Vec<String> = COMMANDS.iter().map(|it| grown(it, *make)).collect::<io::Result<_>>()?;
            println!("| {name} | {} |", cells.join(" | "));
        }
    }
    Ok(())
}

/// The exponent between the two largest numbers that could be measured.
fn grown(command: &str, make: Make) -> io::Result<String> {
    let mut times: Vec<(usize, f64)> = vec![];
    for count in COUNTS {
        let cost = measured(command, make, count)?;
        times.push((count, cost.time.as_secs_f64()));
        if cost.time > LONG {
            break;
        }
    }
    let least = times[0].1;
    let more = |at: usize| times[at].1 - least;
    let last = times.len() - 1;
    if last < 2 || more(last - 1) < TELLING.as_secs_f64() {
        return Ok(format!("– ({:.2} s)", times[last].1));
    }
    let exponent = (more(last) / more(last - 1)).log10();
    Ok(format!("{exponent:.2} ({:.2} s)", times[last].1))
}

fn measured(command: &str, make: Make, count: usize) -> io::Result<Cost> {
    let place = scratch("growth")?;
    let (old, new) = (place.join("old"), place.join("new"));
    let (before, after) = (make(count, false), make(count, true));
    project(&old, &before)?;
    project(&new, &after)?;
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let (from, to) = (text(&old), text(&new));
    let mut round = 0;
    let cost = cheapest(if count == 10_000 { 1 } else { ROUNDS }, || {
        round += 1;
        let out = text(&place.join(format!("out{round}")));
        let arguments: Vec<&str> = match command {
            "check" => vec!["check", &from],
            "build" => vec!["build", "--quiet", "--out", &out, &from],
            "diff" => vec!["diff", "--baseline", &from, &to],
            "plan" => vec!["plan", "--baseline", &from, &to],
            _ => vec!["check", "--fix", &from],
        };
        let cost = run(&arguments).expect("the program starts");
        if command == "check --fix" {
            project(&old, &before).expect("a folder of our own");
        }
        cost
    });
    fs::remove_dir_all(&place)?;
    Ok(cost)
}
