//! What another answer does to clients.

use super::fields::Change;
use crate::diff::{ChangeKind, Effect};
use crate::units::{Duration, Size};
use Effect::{Breaking, Risky};
use bastide_report::units::{Duration, Size};

/// Field of the answer, what came of it, effect and reason. `Any` is every difference, `Gone` is one to nothing,
/// `New` is one from nothing.
const EFFECTS: &[(&str, When, Effect, &str)] = &[
    ("public", When::Gone, Breaking, "clients without a token are refused"),
    ("public", When::New, Risky, "anybody may come"),
    ("require", When::New, Breaking, "clients without the claim are refused"),
    ("require", When::Any, Breaking, "clients without the claim are refused"),
    ("version", When::Any, Breaking, "another major version answers"),
    ("service", When::Gone, Breaking, "no service answers any more"),
    ("service", When::Any, Risky, "another service answers"),
    ("protocol", When::Any, Breaking, "clients speak another protocol"),
    ("body_limit", When::New, Breaking, "larger requests are refused"),
    ("body_limit", When::Less, Breaking, "larger requests are refused"),
    ("rewrite", When::Any, Risky, "the service is asked for another path"),
    ("redirect", When::Any, Risky, "clients are sent elsewhere"),
    ("aggregate", When::Any, Risky, "the answer is made of other parts"),
    ("limits", When::New, Risky, "clients that ask more often are refused"),
    ("limits", When::Any, Risky, "clients that ask too often are refused in another way"),
    ("timeout_ms", When::Less, Risky, "slower answers are cut off"),
    ("cors", When::Any, Risky, "web pages of other origins are let in or kept out"),
    ("split", When::Any, Risky, "a share of the requests is answered elsewhere"),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    Any,
    Gone,
    New,
    Less,
}

/// The worst of the changes, and why.
pub fn of(change: ChangeKind, changes: &[Change]) -> (Effect, &'static str) {
    if change == ChangeKind::Removed {
        return (Breaking, "clients get 404");
    }
    if change == ChangeKind::Added {
        return (Effect::Safe, "");
    }
    let lines = changes.iter().filter_map(|change| EFFECTS.iter().find(|line| fits(line, change)));
    lines.map(|line| (line.2, line.3)).max_by_key(|(effect, _)| *effect).unwrap_or_default()
}

fn fits((field, when, ..): &(&str, When, Effect, &str), change: &Change) -> bool {
    let less = || {
        let size = |text: &str| Size::parse(text).map(|it| it.0);
        let number = |text: &str| Duration::parse(text).map(|it| it.0).or_else(|| size(text));
        number(&change.new).zip(number(&change.old)).is_some_and(|(new, old)| new < old)
    };
    *field == change.field
        && match when {
            When::Any => true,
            When::Gone => change.new.is_empty(),
            When::New => change.old.is_empty(),
            When::Less => less(),
        }
}
