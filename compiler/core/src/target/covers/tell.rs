//! How a loss is told: as a note, a line for people, or with `--strict` as an error.

use super::Loss;
use crate::model::Model;
use crate::target::manifest::Truth;
use crate::tree::places::RULE;
use bastide_report::finding::{Finding, Level};
use bastide_report::loss::{self, Outcome};

/// So many places of one loss are shown beside its text; a terminal lists them all.
const SHOWN: usize = 5;

/// The finding of a loss.
pub(super) fn finding(loss: &Loss<'_>, strict: bool, model: &Model) -> Finding {
    let told = told(loss, model);
    let help = "add a target that says it, or `lint \"not-covered\" level=\"allow\" because=\"…\"`";
    let mut finding = Finding::new(RULE, told.message()).level(level(model, strict)).help(help);
    for (at, (_, place)) in told.places.iter().take(SHOWN).enumerate() {
        let more = told.places.len().saturating_sub(SHOWN);
        let label = match at + 1 == SHOWN && more > 0 {
            true => format!("said here, and at {more} more places"),
            false => "said here".into(),
        };
        finding = finding.label(*place, label);
    }
    finding.loss = Some(Box::new(told));
    finding
}

/// The loss without its model: names and places.
fn told(loss: &Loss<'_>, model: &Model) -> loss::Loss {
    let (outcome, how) = match loss.truth {
        Some(Truth::Approximated(how)) => (Outcome::Approximated, how.as_str()),
        Some(Truth::Refused(because)) => (Outcome::Refused, because.as_str()),
        Some(Truth::Exact) | None => (Outcome::NotWritten, ""),
    };
    let places = loss.places.iter().map(|said| (model.said.name(said).into(), said.origin.span));
    loss::Loss { field: loss.field.into(), outcome, how: how.into(), places: places.collect() }
}

/// Its weight: an error if one is strict, else that of a `lint` of the whole environment, else a note.
fn level(model: &Model, strict: bool) -> Level {
    let lint = model.lints.iter().rev().find(|lint| lint.rule.value == RULE && lint.node.is_empty());
    let asked = lint.and_then(|lint| Level::from_word(&lint.level)).unwrap_or(Level::Info);
    if strict { Level::Deny } else { asked }
}
