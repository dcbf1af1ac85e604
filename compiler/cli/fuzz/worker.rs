//! The process that runs commands on mutated projects and tells what went wrong.

use super::ground::{Changed, Ground, Input};
use super::mutate::Random;
use super::{LARGE, SLOW, number, read};
use crate::command::{self, Cli};
use clap::Parser;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

/// Commands, how often each is drawn, and what is changed for it. Words in capitals are filled in.
const COMMANDS: &[(u64, Changed, &str)] = &[
    (20, Changed::Any, "check --format FORMAT SPEC"),
    (4, Changed::Any, "check --strict --today 2027-01-01 SPEC"),
    (12, Changed::Any, "check --fix SPEC"),
    (8, Changed::Any, "check --baseline OLD SPEC"),
    (14, Changed::Any, "build --out OUT SPEC"),
    (5, Changed::Any, "build --check --out OUT SPEC"),
    (8, Changed::Any, "diff --baseline OLD SPEC"),
    (2, Changed::Any, "diff --baseline OLD --format markdown SPEC"),
    (8, Changed::Any, "plan --baseline OLD SPEC"),
    (2, Changed::Any, "plan --baseline OLD --format mermaid SPEC"),
    (6, Changed::Any, "why PATH SPEC"),
    (4, Changed::Any, "model SPEC"),
    (2, Changed::Any, "graph SPEC"),
    (1, Changed::Any, "graph --format dot SPEC"),
    (6, Changed::Contract, "contract diff ORIGIN CHANGED"),
    (4, Changed::Contract, "contract diff CHANGED ORIGIN"),
    (2, Changed::Any, "target --spec SPEC show own"),
    (1, Changed::Any, "target --spec SPEC list"),
    (4, Changed::Lock, "build --out OUT SPEC"),
    (2, Changed::Lock, "build --check --out OUT SPEC"),
    (2, Changed::Lock, "why OUT/deploy/prod/kubernetes/kustomization.yaml:3 SPEC"),
];
const FORMATS: &[&str] = &["text", "json", "sarif", "github", "gitlab", "junit"];
const PATHS: &[&str] = &[
    "app.version",
    "service.tills.scale.min",
    "service.web.api",
    "gateway.public.route",
    "service",
    "a.b.c.d",
];

struct Worker {
    folder: PathBuf,
    counts: BTreeMap<&'static str, [u64; 3]>,
    faults: fs::File,
}

/// Started by the driver, with `BASTIDE_FUZZ_WORKER`: first input, the one past the last, and a folder.
#[test]
#[ignore = "a worker of the driver"]
fn run() {
    let task = env::var("BASTIDE_FUZZ_WORKER").expect("the driver starts it");
    let mut words = task.splitn(3, ' ');
    let mut next = || words.next().expect("three words");
    let (first, last) = (next().parse::<u64>().expect("a number"), next().parse::<u64>().expect("a number"));
    let folder = PathBuf::from(next());
    let open = fs::OpenOptions::new().create(true).append(true).open(folder.join("faults"));
    let mut worker = Worker { faults: open.expect("a file can be written"), folder, counts: BTreeMap::new() };
    let ground = Ground::read();
    for seed in first..last {
        worker.tell("at", &seed.to_string());
        worker.one(&ground, seed);
    }
    worker.tell("at", &last.to_string());
    let mut said = read(&worker.folder.join("counts"));
    for (command, [clean, findings, not]) in &worker.counts {
        let _ = writeln!(said, "{command}\t{clean}\t{findings}\t{not}");
    }
    worker.tell("counts", &said);
}

impl Worker {
    /// Renamed into place, so that the driver never reads half of it.
    fn tell(&self, name: &str, text: &str) {
        let new = self.folder.join(format!("{name}.new"));
        fs::write(&new, text)
            .and_then(|()| fs::rename(&new, self.folder.join(name)))
            .expect("it can be written");
    }

    fn one(&mut self, ground: &Ground, seed: u64) {
        let mut random = Random(seed);
        let (_, changed, command) = random.weighted(COMMANDS, |it| it.0);
        let mut input = ground.draw(&mut random, *changed, &self.folder);
        if matches!(changed, Changed::Lock) {
            ended("build --out OUT SPEC", &input, &mut random);
            input.change_lock(&mut random, &ground.pieces);
        }
        let (before, held) = (spent(), memory("VmRSS:"));
        fs::write("/proc/self/clear_refs", "5").ok();
        let ended = catch_unwind(AssertUnwindSafe(|| ended(command, &input, &mut random)));
        let (took, height) = (spent() - before, memory("VmHWM:").saturating_sub(held));
        let count = self.counts.entry(*command).or_default();
        let slow = number("BASTIDE_FUZZ_SECONDS", SLOW) as f64;
        let fault = match ended {
            Ok(Some(code)) if code < 3 => {
                count[code] += 1;
                (took > slow || height > LARGE).then(|| format!("{took:.2} s, {} MiB", height / 1024))
            }
            Ok(code) => Some(format!("ended with {code:?}")),
            Err(panic) => {
                let text = panic.downcast_ref::<String>().map(String::as_str);
                Some(format!("panic: {}", text.or(panic.downcast_ref::<&str>().copied()).unwrap_or("")))
            }
        };
        if let Some(fault) = fault {
            let fault = fault.replace('\n', " ");
            writeln!(
                self.faults,
                "{seed}: {command} in {} with {}: {fault}",
                input.project.name,
                input.changed.display()
            )
            .expect("it can be written");
            self.keep(&input, seed);
        }
        input.project.restore(&input.root);
        fs::remove_dir_all(input.root.join("out")).ok();
    }

    /// The changed file of an input that went wrong, to look at.
    fn keep(&self, input: &Input, seed: u64) {
        let Ok(kept) = env::var("BASTIDE_FUZZ_KEEP") else { return };
        let name = input.changed.file_name().expect("a file").to_string_lossy().into_owned();
        fs::create_dir_all(&kept).ok();
        fs::copy(input.root.join(&input.changed), Path::new(&kept).join(format!("{seed}-{name}"))).ok();
    }
}

/// Runs the command; its exit code, if it is one that bastide has.
fn ended(command: &str, input: &Input, random: &mut Random) -> Option<usize> {
    let origin = input.project.origin();
    let path = |it: PathBuf| it.to_string_lossy().into_owned();
    let words = std::iter::once("bastide".to_string()).chain(command.split(' ').map(|word| match word {
        "SPEC" => path(input.spec.clone()),
        "OLD" => path(origin.clone()),
        "ORIGIN" => path(origin.join(&input.changed)),
        "CHANGED" => path(input.root.join(&input.changed)),
        "FORMAT" => (*random.of(FORMATS)).into(),
        "PATH" => (*random.of(PATHS)).into(),
        word => word.replace("OUT", &path(input.root.join("out"))),
    }));
    let cli = Cli::try_parse_from(words).unwrap_or_else(|error| panic!("{command}: {error}"));
    let code = command::run(cli.command).unwrap_or(ExitCode::from(2));
    (0..=2).find(|it| ExitCode::from(*it) == code).map(usize::from)
}

/// Processor time of this process so far, in seconds.
fn spent() -> f64 {
    let stat = read(Path::new("/proc/self/stat"));
    // After the name, which may hold anything: user time is the 12th field, system time the 13th, in hundredths.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    fields.iter().skip(11).take(2).filter_map(|it| it.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Memory of this process in KiB: what it holds (`VmRSS:`), or the most it held since that was last cleared (`VmHWM:`).
fn memory(what: &str) -> u64 {
    let status = read(Path::new("/proc/self/status"));
    let line = status.lines().find_map(|line| line.strip_prefix(what));
    line.and_then(|it| it.trim().trim_end_matches("kB").trim().parse().ok()).unwrap_or(0)
}
