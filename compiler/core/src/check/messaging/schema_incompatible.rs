//! `schema-incompatible`: messages that somebody cannot read.

use crate::check::query::contracts::labelled;
use crate::check::{Context, Found, Rule};
use crate::contracts::history::EventStep;
use bastide_contract::{Change, Direction, Mode};
use bastide_report::version::Bump;

pub const RULE: Rule = Rule::deny("schema-incompatible", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    found.extend(ctx.history.events.iter().filter_map(finding));
}

/// The modes a word of the spec asks for, and whether of all versions.
fn asked(word: &str) -> (Vec<Mode>, bool) {
    let (mode, all) = word.strip_suffix("-transitive").map_or((word, false), |mode| (mode, true));
    let modes = match mode {
        "backward" => vec![Mode::Backward],
        "forward" => vec![Mode::Forward],
        "full" => vec![Mode::Backward, Mode::Forward],
        _ => vec![],
    };
    (modes, all)
}

fn finding(step: &EventStep<'_>) -> Option<Found> {
    let promised = step.event.compatibility.as_ref()?;
    let (modes, all) = asked(&promised.value);
    let comparison = step.comparison.filter(|it| it.looked() && (all || step.nearest))?;
    let lost: Vec<Mode> = modes.into_iter().filter(|mode| !comparison.holds(*mode)).collect();
    let first = lost.first()?;
    let (topic, new, old) = (&step.topic.name.value, &step.event.version.value, &step.earlier.version.value);
    let was = if new == old { format!("{old} as it was") } else { old.clone() };
    let fact = match (first, lost.len()) {
        (_, 2..) => format!("readers of {new} and {was} cannot read each other's messages"),
        (Mode::Backward, _) => format!("readers of {new} cannot read messages of {was}"),
        _ => format!("readers of {was} cannot read messages of {new}"),
    };
    let toward = |change: &&Change| match change.direction {
        Direction::Backward => lost.contains(&Mode::Backward),
        Direction::Forward => lost.contains(&Mode::Forward),
        _ => change.bump == Bump::Major,
    };
    let breaks = |change: &&Change| toward(change) && change.bump == Bump::Major;
    let mut changes: Vec<&Change> = comparison.changes.iter().filter(breaks).collect();
    if changes.is_empty() {
        changes = comparison.changes.iter().filter(toward).collect();
    }
    let found = RULE
        .found(&step.event.at, format!("in `{topic}`, {fact}"))
        .label(promised.span(), "promises that they can")
        .label(step.earlier.version.span(), if step.old { "was in the topic" } else { "is in the topic" });
    let why = changes.first().map_or(String::new(), |change| format!(": {}", change.message));
    let found = labelled(found, changes.into_iter());
    Some(found.help(format!("take the change back{why}; or publish it on a topic of its own")))
}
