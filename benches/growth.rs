//! Prints how the work grows with the number of one thing in a spec, as the table of `docs/performance.md`: exponents of
//! the instructions of the program, as valgrind counts them. They are the same on a busy machine. 1 is as many times the work as there are
//! things. Run with `cargo bench --bench growth`, and with words of names for some of them, `-- routes services`.
#![allow(missing_docs)]
#![allow(clippy::print_stdout, reason = "a bench prints")]

mod ground;

use ground::growth::{DIMENSIONS, Make, project};
use ground::{instructions, scratch};
use std::path::Path;
use std::{env, fs, io};

/// The numbers of things; what one takes is subtracted.
const COUNTS: [usize; 4] = [1, 100, 1_000, 10_000];
/// What would take more instructions is not run: about a minute of counting.
const MOST: f64 = 10e9;
/// What the larger of two runs must take beyond one of a single thing, so that their ratio means something.
const TELLING: f64 = 50e6;

const COMMANDS: [&str; 5] = ["check", "build", "diff", "plan", "check --fix"];

fn main() -> io::Result<()> {
    let asked: Vec<String> = env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    println!("| much of | {} |", COMMANDS.join(" | "));
    println!("|---|{}", "--:|".repeat(COMMANDS.len()));
    for (name, make) in DIMENSIONS {
        if asked.is_empty() || asked.iter().any(|word| name.contains(word.as_str())) {
            let cells: Vec<String> = COMMANDS.iter().map(|it| grown(it, *make)).collect::<io::Result<_>>()?;
            println!("| {name} | {} |", cells.join(" | "));
        }
    }
    Ok(())
}

/// The exponent between the two largest numbers that could be measured, and the largest where that is not all.
fn grown(command: &str, make: Make) -> io::Result<String> {
    let mut taken: Vec<f64> = vec![];
    for count in COUNTS {
        if taken.last().is_some_and(|last| last * 10.0 > MOST) {
            break;
        }
        taken.push(counted(command, make, count)? as f64);
    }
    let [least, .., before, last] = taken[..] else { return Ok("too much".into()) };
    if last - least < TELLING {
        return Ok("–".into());
    }
    let exponent = ((last - least) / (before - least)).log10();
    let end =
        if taken.len() == COUNTS.len() { String::new() } else { format!(" to {}", COUNTS[taken.len() - 1]) };
    Ok(format!("{exponent:.2}{end}"))
}

fn counted(command: &str, make: Make, count: usize) -> io::Result<u64> {
    let place = scratch("growth")?;
    let [old, new, out] = ["old", "new", "out"].map(|name| place.join(name));
    project(&old, &make(count, false))?;
    project(&new, &make(count, true))?;
    let text = |path: &Path| path.to_string_lossy().into_owned();
    let (from, to, out) = (text(&old), text(&new), text(&out));
    let arguments: Vec<&str> = match command {
        "check" => vec!["check", &from],
        "build" => vec!["build", "--quiet", "--out", &out, &from],
        "diff" => vec!["diff", "--baseline", &from, &to],
        "plan" => vec!["plan", "--baseline", &from, &to],
        _ => vec!["check", "--fix", &from],
    };
    let taken = instructions(&arguments);
    fs::remove_dir_all(&place)?;
    taken
}
