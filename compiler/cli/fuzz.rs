//! Mutated projects, over all commands in process: whatever a file holds, a command ends with 0, 1 or 2.
//!
//! A worker is this test binary once more, with its memory limited; it says which input it is at before it runs it, so
//! that one that ends the process is known by its number. `BASTIDE_FUZZ` is the number of inputs, `BASTIDE_FUZZ_SEED` the
//! first of them; an input depends on its number alone. With optimisation and overflow checks:
//! `BASTIDE_FUZZ=100000 BASTIDE_FUZZ_SECONDS=2 cargo test --profile fuzz fuzz::`.

#![allow(clippy::print_stdout, reason = "it says how much it tried")]

mod ground;
mod mutate;
mod worker;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

/// Inputs of a plain `cargo test`.
const INPUTS: u64 = 100;
/// Workers at one time: each is alone on a processor, or nearly so.
const WORKERS: u64 = 2;
/// Longest an input may take by the clock, on however busy a machine; more is a hang.
const HANG: Duration = Duration::from_secs(600);
/// Processor time of one input above which it is told, in seconds, of code that is not optimised. Optimised code is held
/// to two, as in the command above.
const SLOW: u64 = 12;
/// Memory that one input takes at its height beyond what the worker held before, above which it is told, in KiB.
const LARGE: u64 = 512 * 1024;
/// Inputs of one worker: what a command leaves behind is freed when its process ends, so workers live short.
const BATCH: u64 = 500;

fn number(name: &str, or: u64) -> u64 {
    env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(or)
}

/// What one worker has to do, and where it tells how far it is.
struct Share {
    first: u64,
    last: u64,
    folder: PathBuf,
}

impl Share {
    fn start(&self, from: u64, to: u64) -> Child {
        let this = env::current_exe().expect("the test binary knows its path");
        // Addresses, not memory: threads reserve far more than they touch. What is touched is read by the worker itself.
        let mut command = Command::new("sh");
        command.args(["-c", "ulimit -v 4194304; exec \"$0\" \"$@\""]).arg(this);
        command.args(["--exact", "fuzz::worker::run", "--ignored", "--nocapture", "--test-threads=1"]);
        command.env("BASTIDE_FUZZ_WORKER", format!("{from} {to} {}", self.folder.display()));
        command.stdin(Stdio::null()).stdout(Stdio::null());
        let errors = fs::File::create(self.folder.join("errors")).expect("the folder can be written");
        command.stderr(errors).spawn().expect("a shell starts")
    }

    /// Runs the share to its end, past inputs that end the process; what was wrong with them.
    fn run(&self) -> Vec<String> {
        fs::create_dir_all(&self.folder).expect("a folder can be made");
        let mut faults = vec![];
        let mut from = self.first;
        while from < self.last {
            let to = self.last.min(from + BATCH);
            let mut child = self.start(from, to);
            let ended = self.watch(&mut child);
            let at = read(&self.folder.join("at")).parse::<u64>().unwrap_or(from);
            if at >= to {
                from = to;
                continue;
            }
            let said = read(&self.folder.join("errors"));
            let said = said.lines().rev().take(3).collect::<Vec<_>>().join(" / ");
            faults.push(format!("{at}: {ended}: {said}"));
            from = at + 1;
        }
        faults.extend(read(&self.folder.join("faults")).lines().map(String::from));
        faults
    }

    fn watch(&self, child: &mut Child) -> String {
        let (mut last, mut since) = (String::new(), Instant::now());
        loop {
            if let Some(status) = child.try_wait().expect("a child can be waited for") {
                return status.to_string();
            }
            let at = read(&self.folder.join("at"));
            if at != last {
                (last, since) = (at, Instant::now());
            }
            if since.elapsed() > HANG {
                child.kill().ok();
                child.wait().ok();
                return "it hangs".into();
            }
            thread::sleep(Duration::from_millis(50));
        }
    }
}

/// How often each command ended with 0, 1 and 2.
fn counts(shares: &[Share]) -> BTreeMap<String, [u64; 3]> {
    let mut all: BTreeMap<String, [u64; 3]> = BTreeMap::new();
    for text in shares.iter().map(|it| read(&it.folder.join("counts"))) {
        for mut words in text.lines().map(|line| line.split('\t')) {
            let count = all.entry(words.next().unwrap_or_default().into()).or_default();
            words.zip(count).for_each(|(word, count)| *count += word.parse::<u64>().unwrap_or(0));
        }
    }
    all
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

#[test]
fn mutated_projects_end_as_findings() {
    let (first, inputs) = (number("BASTIDE_FUZZ_SEED", 0), number("BASTIDE_FUZZ", INPUTS));
    let root = env::temp_dir().join(format!("bastide-fuzz-{}", std::process::id()));
    let share = |it: u64| Share {
        first: first + inputs * it / WORKERS,
        last: first + inputs * (it + 1) / WORKERS,
        folder: root.join(it.to_string()),
    };
    let shares: Vec<Share> = (0..WORKERS).map(share).collect();
    let faults: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = shares.iter().map(|it| scope.spawn(|| it.run())).collect();
        threads.into_iter().flat_map(|it| it.join().expect("a share is run to its end")).collect()
    });
    let counts = counts(&shares);
    println!("fuzz: {inputs} inputs from number {first}, {} faults", faults.len());
    for (command, [clean, findings, not]) in counts {
        println!("  {command}: {clean} clean, {findings} with findings, {not} could not work");
    }
    fs::remove_dir_all(&root).ok();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
