//! How a loss is told: as a note, a line for people, or with `--strict` as an error.

use super::Loss;
use crate::model::Model;
use crate::target::manifest::Truth;
use crate::tree::places::RULE;
use bastide_report::finding::{Finding, Level};

/// So many places of one loss are shown.
const SHOWN: usize = 5;

/// The finding of a loss.
pub(super) fn finding(loss: &Loss<'_>, strict: bool, model: &Model) -> Finding {
    let field = loss.field;
    let message = match loss.truth {
        Some(Truth::Approximated(how)) => format!("`{field}` is approximated: {how}"),
        Some(Truth::Refused(because)) => format!("`{field}` is refused: {because}"),
        Some(Truth::Exact) | None => format!("`{field}` is not written: no target says it"),
    };
    let help = "add a target that says it, or `lint \"not-covered\" level=\"allow\" because=\"…\"`";
    let mut finding = Finding::new(RULE, message).level(level(model, strict)).help(help);
    for (at, said) in loss.places.iter().take(SHOWN).enumerate() {
        let more = loss.places.len().saturating_sub(SHOWN);
        let label = match at + 1 == SHOWN && more > 0 {
            true => format!("said here, and at {more} more places"),
            false => "said here".into(),
        };
        finding = finding.label(said.origin.span, label);
    }
    finding
}

/// Its weight: an error if one is strict, else that of a `lint` of the whole environment, else a note.
fn level(model: &Model, strict: bool) -> Level {
    let lint = model.lints.iter().rev().find(|lint| lint.rule.value == RULE && lint.node.is_empty());
    let asked = lint.and_then(|lint| Level::from_word(&lint.level)).unwrap_or(Level::Info);
    if strict { Level::Deny } else { asked }
}
