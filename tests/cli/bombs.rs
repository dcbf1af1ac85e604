//! Bombs: small texts that mean something huge. Each must end as a finding, or be carried out, within 512 MiB of memory
//! and ten seconds of processor time of an unoptimised build; where it would take more, a bound says so.

mod contracts;
mod expressions;
mod specs;

use crate::support::{Folder, run};
use std::process::Command;

/// Address space in KiB.
const MEMORY: u32 = 512 * 1024;
/// Processor time in seconds: a limit for what does not end, far beyond what a bounded run takes.
const TIME: u32 = 10;

/// A bomb: its name, its files, and the command it is for.
struct Bomb {
    name: String,
    files: Vec<(String, String)>,
    args: Vec<String>,
}

impl Bomb {
    fn new(name: &str, files: Vec<(String, String)>, args: &[&str]) -> Bomb {
        let args = args.iter().map(|arg| (*arg).to_string()).collect();
        Bomb { name: name.into(), files, args }
    }
}

/// Runs a bomb under the limits; what it said is checked for panics and exit codes by [`run`].
fn defused(bomb: &Bomb) -> String {
    let folder = Folder::new();
    bomb.files.iter().for_each(|(path, text)| folder.put(path, text));
    println!("{}", bomb.name);
    let limited = format!("ulimit -v {MEMORY}; ulimit -t {TIME}; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.args(["-c", &limited, env!("CARGO_BIN_EXE_bastide")]).args(&bomb.args).current_dir(&folder.0);
    let said = run(&mut command);
    assert!(said.out.len() + said.err.len() < 16 << 20, "{}: the output is a bomb itself", bomb.name);
    said.out + &said.err
}

fn defuse(bombs: &[Bomb]) {
    bombs.iter().for_each(|bomb| drop(defused(bomb)));
    println!("{} bombs", bombs.len());
}
