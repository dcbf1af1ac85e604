//! What another answer does to clients.

use super::fields::Change;
use crate::diff::effect::{Line, read};
use crate::diff::{DifferenceKind, Effect};
use bastide_report::units::{Duration, Size};
use std::cmp::Ordering;
use std::sync::LazyLock;

/// The first line for a field of the answer that fits counts: it came to nothing, came from nothing, is less, or is another.
static EFFECTS: LazyLock<Vec<Line>> = LazyLock::new(|| read(include_str!("effects.txt")));

/// The worst of the changes, and why.
pub fn of(change: DifferenceKind, changes: &[Change]) -> (Effect, &'static str) {
    if change == DifferenceKind::Removed {
        return (Effect::Breaking, "clients get 404");
    }
    if change == DifferenceKind::Added {
        return (Effect::Safe, "");
    }
    let lines = changes.iter().filter_map(|change| EFFECTS.iter().find(|line| fits(line, change)));
    lines.map(|line| (line.effect, line.why)).max_by_key(|(effect, _)| *effect).unwrap_or_default()
}

fn fits(line: &Line, change: &Change) -> bool {
    let number =
        |text: &str| Duration::parse(text).map(|it| it.0).or_else(|| Size::parse(text).map(|it| it.0));
    let order = || Some(number(&change.new)?.cmp(&number(&change.old)?));
    line.about == change.field
        && match line.when {
            "removed" => change.new.is_empty(),
            "added" => change.old.is_empty(),
            "less" => order() == Some(Ordering::Less),
            "more" => order() == Some(Ordering::Greater),
            "lost" => lost(&change.old, &change.new),
            _ => true,
        }
}

/// Whether a list in words lost one that no `*` stands for.
fn lost(old: &str, new: &str) -> bool {
    let words = |text: &str| text.split("; ").map(str::to_string).collect::<Vec<_>>();
    let new = words(new);
    !new.iter().any(|word| word == "*") && words(old).iter().any(|word| !new.contains(word))
}
