//! Differences as findings, for formats that know nothing else. Only what can hurt somebody is told.

use super::contract::Compared;
use super::{Diff, Difference, DifferenceKind, Effect};
use bastide_report::finding::{Finding, Level};
use bastide_report::source::Span;

/// A finding for each difference that is not safe. Findings point into the new spec; for what is gone, `fallback` is the
/// place. Contracts speak with the names of their rows.
pub fn findings(diff: &Diff, fallback: Span) -> Vec<Finding> {
    let differences = diff.differences.iter().filter(|it| it.effect > Effect::Safe);
    let mut all: Vec<Finding> = differences.map(|it| finding(it, fallback)).collect();
    all.extend(diff.contracts.iter().flat_map(contract));
    all
}

fn finding(it: &Difference, fallback: Span) -> Finding {
    let text = |place: &Option<bastide_contract::Place>| {
        place.as_ref().map_or_else(String::new, |place| place.text.clone())
    };
    let message = match it.change {
        DifferenceKind::Added => format!("`{}` is new", it.path),
        DifferenceKind::Removed => format!("`{}` is gone", it.path),
        DifferenceKind::Changed => {
            format!("`{}` was `{}` and is `{}`", it.path, text(&it.old), text(&it.new))
        }
    };
    let span = it.new.as_ref().map_or(fallback, |place| place.span);
    let finding = match it.effect {
        Effect::Breaking => Finding::new("breaking-difference", format!("{message}: {}", it.why)),
        _ => Finding::new("risky-difference", format!("{message}: {}", it.why)).level(Level::Warn),
    };
    let label = if it.new.is_some() { it.change.as_str() } else { "the new spec has no such node" };
    let finding = finding.label(span, label);
    if it.help.is_empty() { finding } else { finding.help(it.help.clone()) }
}

fn contract(it: &Compared) -> Vec<Finding> {
    let level = |bump| match bump {
        bastide_report::version::Bump::Major if it.effect() == Effect::Breaking => Level::Deny,
        bastide_report::version::Bump::Major => Level::Warn,
        _ => Level::Info,
    };
    let one = |change: &bastide_contract::Change| {
        let span = change.new.as_ref().map(|place| place.span).unwrap_or(it.span);
        Finding::new(change.kind.name, format!("{}: {}", change.path, change.message))
            .level(level(change.bump))
            .label(span, change.direction.as_str())
    };
    it.comparison.changes.iter().map(one).collect()
}
