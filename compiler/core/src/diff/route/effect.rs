//! What another answer does to clients.

use super::fields::Change;
use crate::diff::effect::{
    Line,
    When::{Added, Any, Less, Lost, More, Removed},
};
use crate::diff::{DifferenceKind, Effect};
use Effect::{Breaking, Risky};
use bastide_report::units::{Duration, Size};
use std::cmp::Ordering;

/// The first line for a field of the answer that fits counts: it came to nothing, came from nothing, is less, or is another.
const EFFECTS: &[Line] = &[
    ("public", Removed, Breaking, "clients without a token are refused"),
    ("public", Added, Risky, "anybody may come"),
    ("auth", Any, Breaking, "other tokens are asked for"),
    ("require", Added, Breaking, "clients without the claim are refused"),
    ("require", Any, Breaking, "clients without the claim are refused"),
    ("version", Any, Breaking, "another major version answers"),
    ("service", Removed, Breaking, "no service answers any more"),
    ("service", Any, Risky, "another service answers"),
    ("protocol", Any, Breaking, "clients speak another protocol"),
    ("body_limit", Added, Breaking, "larger requests are refused"),
    ("body_limit", Less, Breaking, "larger requests are refused"),
    ("rewrite", Any, Risky, "the service is asked for another path"),
    ("redirect", Any, Risky, "clients are sent elsewhere"),
    ("aggregate", Any, Risky, "the answer is made of other parts"),
    ("limits", Added, Risky, "clients that ask more often are refused"),
    ("limits", Any, Risky, "clients that ask too often are refused in another way"),
    ("timeout_ms", Added, Risky, "slower answers are cut off"),
    ("timeout_ms", Less, Risky, "slower answers are cut off"),
    ("cors_origins", Removed, Breaking, "web pages of other origins may not call any more"),
    ("cors_origins", Lost, Breaking, "web pages of the old origin may not call any more"),
    ("cors_methods", Lost, Breaking, "web pages may not use the old method any more"),
    ("cors_headers", Lost, Breaking, "web pages may not send the old header any more"),
    ("cors_credentials", Removed, Breaking, "web pages may not send cookies any more"),
    ("cors_origins", Any, Risky, "web pages of other origins are let in"),
    ("split", Any, Risky, "a share of the requests is answered elsewhere"),
];

/// The worst of the changes, and why.
pub fn of(change: DifferenceKind, changes: &[Change]) -> (Effect, &'static str) {
    if change == DifferenceKind::Removed {
        return (Breaking, "clients get 404");
    }
    if change == DifferenceKind::Added {
        return (Effect::Safe, "");
    }
    let lines = changes.iter().filter_map(|change| EFFECTS.iter().find(|line| fits(line, change)));
    lines.map(|line| (line.2, line.3)).max_by_key(|(effect, _)| *effect).unwrap_or_default()
}

fn fits((field, when, ..): &Line, change: &Change) -> bool {
    let number =
        |text: &str| Duration::parse(text).map(|it| it.0).or_else(|| Size::parse(text).map(|it| it.0));
    let order = || Some(number(&change.new)?.cmp(&number(&change.old)?));
    *field == change.field
        && match when {
            Removed => change.new.is_empty(),
            Added => change.old.is_empty(),
            Less => order() == Some(Ordering::Less),
            More => order() == Some(Ordering::Greater),
            Lost => lost(&change.old, &change.new),
            Any => true,
        }
}

/// Whether a list in words lost one that no `*` stands for.
fn lost(old: &str, new: &str) -> bool {
    let words = |text: &str| text.split("; ").map(str::to_string).collect::<Vec<_>>();
    let new = words(new);
    !new.iter().any(|word| word == "*") && words(old).iter().any(|word| !new.contains(word))
}
