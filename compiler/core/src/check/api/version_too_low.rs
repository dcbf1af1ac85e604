//! `version-too-low`: more was promised, and the number does not say so.

use crate::check::query::contracts::{heaviest, labelled, name, told};
use crate::check::{Context, Found, Rule};
use crate::contracts::history::{EventStep, Step};
use bastide_contract::Change;
use bastide_report::version::{Bump, announces, next, parse};

pub const RULE: Rule = Rule::deny("version-too-low", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    // What breaks is told as such; where nothing was promised, only that one number is one contract.
    let own = |it: &&Step<'_>| it.required() < Bump::Major || it.unstable();
    for step in ctx.history.steps.iter().filter(own).filter(|it| !it.announced()) {
        // A number that went down is told as such.
        let same = step.before.is_some_and(|before| before.semver == step.version.semver);
        if same
            || step.required() < Bump::Major && step.before.is_some_and(|it| it.semver < step.version.semver)
        {
            found.extend(finding(step));
        }
    }
    found.extend(ctx.history.events.iter().filter(|step| step.nearest).filter_map(event));
}

fn finding(step: &Step<'_>) -> Option<Found> {
    let before = step.before?;
    let required = if step.unstable() { Bump::Patch } else { step.required() };
    let next = if step.unstable() { next(&before.semver, Bump::Patch) } else { step.next()? };
    let changes = heaviest(step);
    let (old, new) = (&before.version.value, &step.version.version.value);
    let whom = name(step.service, step.api);
    let message = match old == new {
        true => format!("{whom} is still {new}, and its contract changed: {}", told(&changes)),
        false => format!("{whom} {new} has more than {old} announced: {}", told(&changes)),
    };
    let found = RULE.found(&step.version.at, message);
    let span = step.version.version.span();
    Some(written(found, span, &next.to_string(), required, &changes))
}

/// An event; a change that its mode does not allow is told as such, whatever the number.
fn event(step: &EventStep<'_>) -> Option<Found> {
    let comparison = step.comparison?;
    let required =
        comparison.required().min(if step.event.compatibility.is_some() { Bump::Minor } else { Bump::Major });
    let (old, new) = (parse(&step.earlier.version.value)?, parse(&step.event.version.value)?);
    if announces(&old, &new, required) {
        return None;
    }
    let next = next(&old, required).to_string();
    let changes: Vec<&Change> = comparison.changes.iter().filter(|it| it.bump >= required).collect();
    let (topic, version) = (&step.topic.name.value, &step.event.version.value);
    let message = match step.earlier.version.value == *version {
        true => format!("event {version} of `{topic}` is not what it was: {}", told(&changes)),
        false => format!("event {version} of `{topic}` has more than {old} announced: {}", told(&changes)),
    };
    let found = RULE.found(&step.event.at, message);
    Some(written(found, step.event.version.span(), &next, required, &changes))
}

fn written(
    found: Found,
    span: bastide_report::source::Span,
    next: &str,
    required: Bump,
    changes: &[&Change],
) -> Found {
    labelled(found.label(span, format!("takes {next}")), changes.iter().copied())
        .edit(span, format!("\"{next}\""))
        .help(format!("write \"{next}\" (`--fix` does): it is a {} change", required.as_str()))
}
