//! What comparing said, for people, programs, pull requests and code scanning.

pub mod json;
pub mod markdown;
pub mod text;

use super::sides::Pair;
use super::verdict::Verdict;
use bastide_contract::Change;
use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::Sources;
use bastide_report::version::Bump;

/// The place people look at: in the new text, or where it was in the old one.
fn place(change: &Change, sources: &Sources) -> String {
    match (&change.new, &change.old) {
        (Some(new), _) => sources.place(new.span).to_string(),
        (None, Some(old)) => format!("(removed; was {})", sources.place(old.span)),
        (None, None) => String::new(),
    }
}

/// `was string, is integer`.
fn texts(change: &Change) -> String {
    let text = |place: &Option<bastide_contract::Place>| {
        place.as_ref().map(|it| it.text.clone()).filter(|text| !text.is_empty())
    };
    match (text(&change.old), text(&change.new)) {
        (Some(old), Some(new)) if old != new => format!("was {old}, is {new}"),
        (Some(old), None) => format!("was {old}"),
        (None, Some(new)) => format!("is {new}"),
        _ => String::new(),
    }
}

/// The changes as findings: what breaks is denied, all else is only worth knowing, so that no forge fails what passes.
pub fn report(verdict: &Verdict) -> Report {
    let finding = |change: &Change| {
        let level = if change.bump == Bump::Major { Level::Deny } else { Level::Info };
        let mut finding =
            Finding::new(change.kind.name, format!("{}: {}", change.path, change.message)).level(level);
        if let Some(new) = &change.new {
            finding = finding.label(new.span, format!("takes a {} number", change.bump.as_str()));
        }
        if let Some(old) = &change.old {
            finding = finding.label(old.span, "as it was");
        }
        finding
    };
    Report { findings: verdict.comparison.changes.iter().map(finding).collect(), ..Report::default() }
}

/// Says that nothing was compared, unless a finding says why.
pub fn unread(pair: &Pair, report: &mut Report) {
    if report.denied() {
        return;
    }
    let (old, new) = &pair.names;
    Finding::new("nothing-compared", format!("`{old}` and `{new}` have nothing that could be compared"))
        .help(format!("name the same contract on both sides; as {} they are empty", pair.kind))
        .add_to(report);
}
