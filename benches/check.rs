//! Prints what `bastide check` takes for specs of growing size, and what the rules take for each unit of reading. Run with
//! `cargo bench --bench check`.
#![allow(missing_docs)]
#![allow(clippy::print_stdout, reason = "a bench prints")]

mod ground;

use bastide_core::resolve::{Inputs, Keep, resolve};
use bastide_core::spec::{self, Spec};
use bastide_core::view::Views;
use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};
use ground::spec::Shape;
use ground::{Cost, cheapest, mib, ms, run, scratch};
use std::fs;
use std::path::Path;
use std::time::Duration;

/// Services, shape, rounds.
const RUNS: [(usize, Shape, usize); 9] = [
    (1, Shape::Layered, 20),
    (100, Shape::Layered, 20),
    (1_000, Shape::Layered, 10),
    (10_000, Shape::Layered, 3),
    (1_000, Shape::Chain, 10),
    (10_000, Shape::Chain, 3),
    (100_000, Shape::Chain, 1),
    (75, Shape::Complete, 10),
    (300, Shape::Complete, 3),
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
    println!("\nthe parts of it, in one process: reading is files, syntax and resolving");
    for (count, shape) in [(1_000, Shape::Layered), (10_000, Shape::Layered), (300, Shape::Complete)] {
        parts(count, shape)?;
    }
    Ok(())
}

/// Time of reading, of the views and of all rules, each the cheapest of several rounds.
fn parts(count: usize, shape: Shape) -> std::io::Result<()> {
    let folder = scratch("parts")?;
    fs::write(folder.join("bastide.kdl"), ground::spec::text(count, shape))?;
    let mut least = [Duration::MAX; 3];
    for _ in 0..5 {
        let begin = now()?;
        let mut report = Report::default();
        let spec = read(&folder, &mut report)?;
        let model = resolve(spec, "prod", &Inputs::default(), Keep::Tree, &mut report)
            .ok_or_else(|| std::io::Error::other("the spec has its environment"))?;
        let resolved = now()?;
        let views = Views::of(&model);
        let viewed = now()?;
        bastide_core::check::check_all(&[(&model, &views)], &mut report);
        let times = [resolved - begin, viewed - resolved, now()? - viewed];
        least.iter_mut().zip(times).for_each(|(old, new)| *old = new.min(*old));
    }
    let [read, views, rules] = least;
    let shape = format!("{shape:?}").to_lowercase();
    println!(
        "{shape:<10} {count:>9}   read {:>10}   views {:>10}   rules {:>10}   rules to reading {:.2}, with views {:.2}",
        ms(read),
        ms(views),
        ms(rules),
        rules.as_secs_f64() / read.as_secs_f64(),
        (views + rules).as_secs_f64() / read.as_secs_f64()
    );
    fs::remove_dir_all(&folder)
}

fn now() -> std::io::Result<Duration> {
    ground::on_cpu(Path::new("/proc/thread-self"))
}

/// The standard library and the spec.
fn read(folder: &Path, report: &mut Report) -> std::io::Result<Spec> {
    let (mut sources, mut spec) = (Sources::default(), Spec::default());
    let stdlib = Path::new(env!("CARGO_MANIFEST_DIR")).join("stdlib");
    let mut files = vec![];
    for entry in fs::read_dir(stdlib)? {
        let path = entry?.path();
        files.push(sources.add(path.to_string_lossy(), fs::read_to_string(&path)?, Role::Stdlib));
    }
    let text = fs::read_to_string(folder.join("bastide.kdl"))?;
    files.push(sources.add("bastide.kdl", text, Role::Spec));
    for file in files {
        let source = sources.get(file);
        let document = bastide_syntax::parse(file, &source.text, report);
        spec::read(&mut spec, source, &document, report);
    }
    spec::duplicates::find(&spec, report);
    Ok(spec)
}

fn print(count: usize, shape: Shape, bytes: u64, cost: Cost) {
    let each = format!("{:.1} µs", cost.time.as_secs_f64() * 1e6 / count as f64);
    let shape = format!("{shape:?}").to_lowercase();
    let verdict = if cost.fine { "" } else { "  FAILED" };
    let (size, time, memory) = (mib(bytes), ms(cost.time), mib(cost.memory));
    println!("{shape:<10} {count:>9} {size:>9} {time:>12} {each:>12} {memory:>11}{verdict}");
}
