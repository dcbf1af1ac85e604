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

fn main() -> io::Result<()> {
    println!("build: processor time with the start of the process, cheapest of several runs; layered graphs");
    for (count, rounds) in RUNS {
        let spec = scratch("spec")?;
        let out = scratch("out")?;
        ground::spec::project(&spec, count, Shape::Layered)?;
        measure(count, rounds, &spec, &out)?;
        fs::remove_dir_all(&spec)?;
        fs::remove_dir_all(&out)?;
    }
    Ok(())
}

fn measure(count: usize, rounds: usize, spec: &Path, out: &Path) -> io::Result<()> {
    let (spec, place) = (spec.to_string_lossy(), out.to_string_lossy());
    let build = || run(&["build", "--quiet", "--out", &place, &spec]).expect("the program starts");
    // Writing and building take turns, so that both see the same machine.
    let mut writes = Duration::MAX;
    let mut files = Files::new();
    let fresh = cheapest(rounds, || {
        fs::remove_dir_all(out).expect("the folder is ours");
        let cost = build();
        files.clear();
        read(out, Path::new(""), &mut files).expect("the build wrote files; `bastide check` says why not");
        writes = writes.min(write(&files).expect("a folder of our own"));
        cost
    });
    let again = cheapest(rounds, build);
    print(count, &files, writes, fresh, again);
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

/// Processor time of writing the files into a fresh folder: each folder made once, each file by one call.
fn write(files: &Files) -> io::Result<Duration> {
    let root = scratch("write")?;
    let before = on_cpu(Path::new("/proc/thread-self"))?;
    let mut made = PathBuf::new();
    for (path, bytes) in files {
        let folder = path.parent().unwrap_or(Path::new(""));
        if made != folder {
            fs::create_dir_all(root.join(folder))?;
            made = folder.to_path_buf();
        }
        fs::write(root.join(path), bytes)?;
    }
    let after = on_cpu(Path::new("/proc/thread-self"))?;
    fs::remove_dir_all(&root)?;
    Ok(after.saturating_sub(before))
}
