//! Prints what `bastide build` takes for specs of growing size, against writing the same files from memory.
//! Run with `cargo bench --bench build`.
#![allow(missing_docs)]
#![allow(clippy::print_stdout, reason = "a bench prints")]

mod ground;

use ground::spec::Shape;
use ground::{Cost, cheapest, mib, ms, on_cpu, run, scratch};
use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{fs, io};

/// Services, rounds.
const RUNS: [(usize, usize); 2] = [(100, 5), (1_000, 5)];

/// A file and its bytes.
type Files = Vec<(PathBuf, Vec<u8>)>;

/// A spec of so many services and a folder for what is made of it: one below for each round. Nothing is deleted before
/// everything is measured: ext4 skips the inodes of files deleted in the last minutes one by one, which costs a round
/// that follows such a deletion up to twenty times its own work. For the same reason two runs of this bench should be
/// five minutes apart.
struct Case {
    count: usize,
    rounds: usize,
    spec: PathBuf,
    place: PathBuf,
}

fn main() -> io::Result<()> {
    println!("build: processor time with the start of the process, cheapest of several runs; layered graphs");
    println!("in {}", std::env::temp_dir().display());
    let mut cases = vec![];
    for (count, rounds) in RUNS {
        let (spec, place) = (scratch(&format!("spec-{count}"))?, scratch(&format!("place-{count}"))?);
        ground::spec::project(&spec, count, Shape::Layered)?;
        let case = Case { count, rounds, spec, place };
        measure(&case)?;
        cases.push(case);
    }
    for case in cases {
        fs::remove_dir_all(&case.spec)?;
        fs::remove_dir_all(&case.place)?;
    }
    Ok(())
}

fn measure(case: &Case) -> io::Result<()> {
    let spec = case.spec.to_string_lossy();
    let first = case.place.join("built-0");
    let build = |out: &Path| {
        run(&["build", "--quiet", "--out", &out.to_string_lossy(), &spec]).expect("the program starts")
    };
    // One that is not counted says which files there are, and fills the caches of the disk.
    build(&first);
    let mut files = Files::new();
    read(&first, Path::new(""), &mut files).expect("the build wrote files; `bastide check` says why not");
    // Folder by folder, so that none is asked for twice.
    files.sort_by(|a, b| (a.0.parent(), &a.0).cmp(&(b.0.parent(), &b.0)));
    // Writing and building take turns, so that both see the same machine.
    let mut writes = Duration::MAX;
    let mut round = 0;
    let fresh = cheapest(case.rounds, || {
        round += 1;
        let cost = build(&case.place.join(format!("built-{round}")));
        let wrote = write(&case.place.join(format!("written-{round}")), &files);
        writes = writes.min(wrote.expect("a folder of our own"));
        cost
    });
    let again = cheapest(case.rounds, || build(&first));
    print(case.count, &files, writes, fresh, again);
    Ok(())
}

fn print(count: usize, files: &Files, writes: Duration, fresh: Cost, again: Cost) {
    let bytes: usize = files.iter().map(|(_, bytes)| bytes.len()).sum();
    println!("\n{count} services, {} files, {}", files.len(), mib(bytes as u64));
    println!("  {:<28} {:>11}", "writing them from memory", ms(writes));
    for (name, cost) in [("first build", fresh), ("build without a change", again)] {
        let ratio = cost.time.as_secs_f64() / writes.as_secs_f64();
        let verdict = if cost.fine { "" } else { "  FAILED" };
        println!("  {name:<28} {:>11} {ratio:>6.2} x {:>11}{verdict}", ms(cost.time), mib(cost.memory));
    }
}

/// Every file below `folder`, with its path from `root`.
fn read(root: &Path, folder: &Path, files: &mut Files) -> io::Result<()> {
    for entry in fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            read(root, &path, files)?;
        } else {
            files.push((path, fs::read(entry.path())?));
        }
    }
    Ok(())
}

/// Processor time of writing the files below a folder that is not there: each folder made once, each file by one call.
fn write(root: &Path, files: &Files) -> io::Result<Duration> {
    let before = on_cpu(Path::new("/proc/thread-self"))?;
    let mut made = None;
    for (path, bytes) in files {
        let folder = path.parent().unwrap_or(Path::new(""));
        if made != Some(folder) {
            fs::create_dir_all(root.join(folder))?;
            made = Some(folder);
        }
        fs::write(root.join(path), bytes)?;
    }
    let after = on_cpu(Path::new("/proc/thread-self"))?;
    Ok(after.saturating_sub(before))
}
