//! What differences do to others, as a table: node and field, what came of it, and the effect with its reason.

use super::{Difference, DifferenceKind, Effect};
use crate::tree::is_within;
use std::cmp::Ordering;
use std::sync::LazyLock;

/// A line of a table of effects.
#[derive(Debug)]
pub struct Line {
    /// What it is about: a node or a field.
    pub about: &'static str,
    /// What must have happened: it was `added`, `removed`, is `less` (or a list lost one) or `more`; a text of words has
    /// `lost` one; `any` of these, or it is another.
    pub when: &'static str,
    /// What that does to others.
    pub effect: Effect,
    /// Why.
    pub why: &'static str,
}

/// Reads a table of effects: three columns of words, and why.
pub fn read(table: &'static str) -> Vec<Line> {
    let lines = table.lines().filter(|line| !line.is_empty()).map(|line| {
        let (about, rest) = column(line);
        let (when, rest) = column(rest);
        let (effect, why) = column(rest);
        let effect = if effect == Effect::Risky.as_str() { Effect::Risky } else { Effect::Breaking };
        Line { about, when, effect, why }
    });
    lines.collect()
}

/// The first word of a line, and what stands behind it.
fn column(line: &'static str) -> (&'static str, &'static str) {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    (word, rest.trim_start())
}

/// The first line that fits counts; what fits none is safe. Functions count as services, queues as topics.
static EFFECTS: LazyLock<Vec<Line>> = LazyLock::new(|| read(include_str!("effects.txt")));

/// The safe way round what breaks, by the path of what differs; a longer path wins.
const HELP: &str = include_str!("help.txt");

/// Says the safe way, where something breaks and nobody has said it yet.
pub fn help(it: &mut Difference) {
    if it.effect != Effect::Breaking || !it.help.is_empty() {
        return;
    }
    let path = general(&it.kind);
    let longest = HELP.lines().map(column).filter(|(known, _)| is_within(&path, known));
    it.help = longest.max_by_key(|(known, _)| known.len()).map_or("", |(_, help)| help).into();
}

/// A path of kinds as the tables have it.
fn general(path: &str) -> String {
    let path = path.replacen("function", "service", usize::from(path.starts_with("function")));
    path.replacen("queue", "topic", usize::from(path.starts_with("queue")))
}

/// The effect of a difference at a path of nodes and fields without their names (`service.scale.min`), and why. `order`
/// says whether the new value is smaller or greater than the old, where that has a meaning; `lost`, whether a word of a
/// text is gone.
pub fn of(path: &str, change: DifferenceKind, order: Option<Ordering>, lost: bool) -> (Effect, &'static str) {
    let path = general(path);
    let fits = |when: &str| match when {
        "any" => true,
        "less" => change == DifferenceKind::Changed && order == Some(Ordering::Less),
        "more" => change == DifferenceKind::Changed && order == Some(Ordering::Greater),
        "lost" => lost,
        happened => happened == change.as_str(),
    };
    let line = |path: &str| EFFECTS.iter().find(|line| line.about == path && fits(line.when));
    // What a route says of itself does to its clients what the gateway's word does to all.
    let common = || line(&format!("gateway.{}", path.strip_prefix("gateway.route.")?));
    line(&path).or_else(common).map_or((Effect::Safe, ""), |line| (line.effect, line.why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kind::KINDS;
    use crate::schema::Schema;

    /// A line that names nothing of the language would never hold.
    #[test]
    fn every_line_names_a_node_or_a_field() {
        for path in EFFECTS.iter().map(|line| line.about).chain(HELP.lines().map(|line| column(line).0)) {
            let (top, rest) = path.split_once('.').unwrap_or((path, ""));
            let tops = match top {
                "service" => vec!["service", "function"],
                "topic" => vec!["topic", "queue"],
                top => vec![top],
            };
            let kinds = KINDS.iter().filter(|kind| tops.contains(&kind.node));
            assert!(kinds.into_iter().any(|kind| has(kind, rest)), "{path}");
        }
    }

    /// A word that is none of these would never hold, and be taken for what breaks.
    #[test]
    fn every_line_says_when_and_what() {
        let tables = [include_str!("effects.txt"), include_str!("route/effects.txt")];
        for line in tables.iter().flat_map(|table| table.lines()).filter(|line| !line.is_empty()) {
            let (_, rest) = column(line);
            let ((when, rest), effects) = (column(rest), ["risky", "breaking"]);
            let (effect, why) = column(rest);
            assert!(["added", "removed", "any", "less", "more", "lost"].contains(&when), "{line}");
            assert!(effects.contains(&effect) && !why.is_empty(), "{line}");
        }
        let helps = HELP.lines().map(column);
        helps.for_each(|(path, help)| assert!(!help.is_empty(), "{path}"));
    }

    fn has(kind: &'static Schema, rest: &str) -> bool {
        let mut at: &Schema = kind;
        rest.split('.').filter(|step| !step.is_empty()).all(|step| match at.part(step) {
            Some(part) => {
                at = part;
                true
            }
            None => at.prop(step).is_some() || step == "order",
        })
    }

    #[test]
    fn smaller_and_greater_are_told_apart() {
        let of = |path, order| of(path, DifferenceKind::Changed, Some(order), false).0;
        assert_eq!(of("queue.partitions", Ordering::Less), Effect::Breaking);
        assert_eq!(of("topic.partitions", Ordering::Greater), Effect::Risky);
        assert_eq!(of("service.scale.max", Ordering::Greater), Effect::Safe);
    }
}
