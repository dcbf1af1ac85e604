//! `bastide diff`: what differs between two specs, and who is concerned.

mod json;
mod markdown;
pub mod text;

use super::compare::{SpecPair, spec_pair};
use crate::args::Compare;
use crate::args::contract::DiffFormat;
use crate::fault::IoFault;
use crate::show::plural;
use crate::{show, terminal};
use bastide_core::diff::finding::findings;
use bastide_core::diff::{Diff, DifferenceKind, Effect};
use bastide_report::finding::Report;
use std::fmt::Write as _;
use std::process::ExitCode;

/// Say what differs between two specs in what they mean, and who is concerned.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    pub compare: Compare,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
}

/// Compares: 0 nothing breaks, 1 something breaks or the spec is faulty.
pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    let pair = match spec_pair(&args.compare, args.format.of_findings())? {
        Ok(pair) => pair,
        Err(code) => return Ok(code),
    };
    let diff = pair.diff();
    terminal::print(args.format.form(), &print(args.format, &pair, &diff));
    Ok(ExitCode::from(u8::from(diff.effect() == Effect::Breaking)))
}

fn print(format: DiffFormat, pair: &SpecPair, diff: &Diff) -> String {
    match format {
        DiffFormat::Text => text::render(pair, diff),
        DiffFormat::Json => json::render(pair, diff),
        DiffFormat::Markdown => markdown::render(pair, diff),
        format => {
            let mut report = Report { findings: findings(diff, pair.start()), ..Report::default() };
            report.sort();
            let format = format.of_findings();
            show::render(format, &report, &pair.project.sources, &super::shown(&pair.project, format))
        }
    }
}

/// Who is concerned and the verdict: the last lines of `diff` and of `plan`.
pub fn verdict(diff: &Diff) -> String {
    let mut out = String::new();
    if diff.equal() {
        let _ = writeln!(out, "the same: both specs mean the same; {}", compared(diff));
        return out;
    }
    for (what, names) in radius(diff) {
        let _ = writeln!(out, "{what}: {}", names.join(", "));
    }
    let word = if diff.effect() == Effect::Breaking { "breaking" } else { "compatible" };
    let _ = writeln!(out, "{word}: {}; {}", counts(diff), compared(diff));
    out
}

/// `2 breaking, 1 risky and 5 other differences`.
fn counts(diff: &Diff) -> String {
    let safe = diff.count(Effect::Safe);
    let mut parts = vec![];
    for (effect, word) in [(Effect::Breaking, "breaking"), (Effect::Risky, "risky")] {
        let count = diff.count(effect);
        parts.extend((count > 0).then(|| format!("{count} {word}")));
    }
    let word = if parts.is_empty() { "safe" } else { "other" };
    parts.extend((safe > 0).then(|| format!("{safe} {word}")));
    let many = diff.count(Effect::Breaking) + diff.count(Effect::Risky) + safe;
    format!("{} {}", parts.join(", "), if many == 1 { "difference" } else { "differences" })
}

/// What was compared, for the last line.
fn compared(diff: &Diff) -> String {
    let contracts = plural(diff.contracts.len(), "contract");
    let environments = match diff.environments.is_empty() {
        true => "no environment".into(),
        false => diff.environments.join(", "),
    };
    let skipped = match diff.skipped.len() {
        0 => String::new(),
        many => format!(", skipped {many}"),
    };
    format!("compared {} nodes in {environments} and {contracts}{skipped}", diff.nodes)
}

/// `~`, `+` or `-`.
fn sign(what: DifferenceKind) -> &'static str {
    match what {
        DifferenceKind::Added => "+",
        DifferenceKind::Removed => "-",
        DifferenceKind::Changed => "~",
    }
}

/// The environments of a difference, where they are not all that were compared.
fn partly(environments: &[String], diff: &Diff) -> Option<String> {
    (environments.len() < diff.environments.len()).then(|| environments.join(", "))
}

/// Who is concerned, as `what: names` pairs.
fn radius(diff: &Diff) -> Vec<(&'static str, Vec<String>)> {
    let blast = &diff.blast;
    let consumer = |it: &bastide_core::diff::blast::Consumer| match it.steps {
        1 => it.name.clone(),
        _ => format!("{} (through {})", it.name, it.through),
    };
    let stake = |it: &bastide_core::diff::blast::Stake| format!("{} {}", it.service, it.promise);
    let all = [
        ("services changed", blast.services.clone()),
        ("consumers affected", blast.consumers.iter().map(consumer).collect()),
        ("environments", blast.environments.clone()),
        ("promises at stake", blast.slos.iter().map(stake).collect()),
    ];
    all.into_iter().filter(|(_, names)| !names.is_empty()).collect()
}
