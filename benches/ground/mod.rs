//! What the benches share: generated specs, and how much processor time and memory a run takes.
#![allow(dead_code, reason = "no bench needs all of it")]

pub mod api;
pub mod growth;
pub mod spec;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;
use std::{fs, io, thread};

/// What one run of the program took.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// Processor time, user and system.
    pub time: Duration,
    /// Largest resident memory in bytes. It is sampled, so a peak of less than a millisecond may be missed.
    pub memory: u64,
    /// Whether the program was content.
    pub fine: bool,
}

/// Runs the program with these arguments. Linux only: the kernel's account of the process is read before it is gone.
///
/// # Errors
/// The program cannot be started.
pub fn run(arguments: &[&str]) -> io::Result<Cost> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bastide"));
    command.args(arguments);
    start(command)
}

/// How many instructions of its own the program takes with these arguments: the kernel's are not counted.
///
/// # Errors
/// There is no valgrind, or it says no number.
pub fn instructions(arguments: &[&str]) -> io::Result<u64> {
    let mut command = Command::new("valgrind");
    command.args(["--tool=callgrind", "--callgrind-out-file=/dev/null", env!("CARGO_BIN_EXE_bastide")]);
    let told = command.args(arguments).stdout(Stdio::null()).output()?.stderr;
    let told = String::from_utf8_lossy(&told);
    let number = told.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok());
    number.ok_or_else(|| io::Error::other(format!("valgrind counted nothing:\n{told}")))
}

/// Runs any program. Linux only, as [`run`].
///
/// # Errors
/// It cannot be started.
pub fn start(mut command: Command) -> io::Result<Cost> {
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
    let folder = PathBuf::from(format!("/proc/{}", child.id()));
    let mut memory = 0;
    loop {
        let status = fs::read_to_string(folder.join("status"))?;
        if status.lines().any(|line| line.starts_with("State:\tZ")) {
            break;
        }
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let peak = peak.and_then(|text| text.trim().trim_end_matches(" kB").parse::<u64>().ok());
        memory = memory.max(peak.unwrap_or(0) * 1024);
        thread::sleep(Duration::from_micros(300));
    }
    let time = on_cpu(&folder)?;
    Ok(Cost { time, memory, fine: child.wait()?.success() })
}

/// The cheapest of several runs: what other work on the machine added is left out.
pub fn cheapest(rounds: usize, mut once: impl FnMut() -> Cost) -> Cost {
    let runs: Vec<Cost> = (0..rounds).map(|_| once()).collect();
    Cost {
        time: runs.iter().map(|run| run.time).min().unwrap_or_default(),
        memory: runs.iter().map(|run| run.memory).max().unwrap_or_default(),
        fine: runs.iter().all(|run| run.fine),
    }
}

/// Processor time of a process (`/proc/PID`) or of a thread (`/proc/thread-self`) so far. `schedstat` is exact and knows
/// one thread; `stat` counts all threads of a process, in hundredths of a second.
pub fn on_cpu(folder: &Path) -> io::Result<Duration> {
    let text = fs::read_to_string(folder.join("schedstat"))?;
    let nanoseconds = text.split(' ').next().and_then(|word| word.parse().ok());
    let exact = nanoseconds
        .map(Duration::from_nanos)
        .ok_or_else(|| io::Error::other("schedstat does not begin with a number"))?;
    let text = fs::read_to_string(folder.join("stat"))?;
    let fields = text.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
    let ticks: u64 = fields.skip(11).take(2).filter_map(|word| word.parse::<u64>().ok()).sum();
    let all = Duration::from_millis(ticks * 10);
    // One thread: the two differ by less than a tick for each of its two counts.
    Ok(if all > exact + Duration::from_millis(20) { all } else { exact })
}

/// A fresh folder for one bench.
///
/// # Errors
/// The disk refuses.
pub fn scratch(name: &str) -> io::Result<PathBuf> {
    let folder = std::env::temp_dir().join(format!("bastide-bench-{name}-{}", std::process::id()));
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

/// Milliseconds with one digit after the point.
pub fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

/// Mebibytes with one digit after the point.
pub fn mib(bytes: u64) -> String {
    format!("{:.1} MiB", bytes as f64 / 1_048_576.0)
}
