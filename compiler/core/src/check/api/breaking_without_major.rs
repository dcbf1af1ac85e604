//! `breaking-without-major`: clients break, and the number does not say so.

use crate::check::query::contracts::{bound, labelled, name, told};
use crate::check::query::listed;
use crate::check::{Context, Found, Rule};
use crate::contracts::history::Step;
use crate::contracts::readers::touched;
use bastide_contract::Change;
use bastide_report::finding::Level;
use bastide_report::version::{Bump, line, line_name};

pub const RULE: Rule = Rule::deny("breaking-without-major", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for step in ctx.history.steps.iter().filter(|step| step.required() == Bump::Major) {
        found.extend(if step.unstable() { note(ctx, step) } else { fault(ctx, step) });
    }
}

/// What broke although its number says that nothing does.
fn fault<'m>(ctx: &Context<'m>, step: &Step<'m>) -> Option<Found> {
    let (before, next) = (step.before.filter(|_| !step.announced())?, step.next()?);
    let changes: Vec<&Change> = step.changes(Bump::Major).collect();
    let (old, new) = (&before.version.value, &step.version.version.value);
    let whom = name(step.service, step.api);
    let message = match old == new {
        true => format!("{whom} is still {new} and breaks its clients: {}", told(&changes)),
        false => format!("{whom} {new} breaks clients of {old}: {}", told(&changes)),
    };
    let span = step.version.version.span();
    let found = RULE.found(&step.version.at, message).label(span, format!("takes {next}"));
    let (found, who) = callers(ctx, step, labelled(found, changes.iter().copied()), &changes);
    let kept = line_name(&before.semver);
    Some(found.edit(span, format!("\"{next}\"")).help(format!(
        "write `version \"{next}\"` (`--fix` does) and keep {old} beside it, `deprecated=` and with a `sunset=`, \
         as {kept}; or take the change back{who}"
    )))
}

/// What broke where nothing was promised yet, within one major.
fn note<'m>(ctx: &Context<'m>, step: &Step<'m>) -> Option<Found> {
    let (before, new) = (step.before?, &step.version.version);
    let kin = line(&before.semver) == line(&step.version.semver);
    // The same number for another contract is told as such.
    if !kin || before.semver == step.version.semver {
        return None;
    }
    let changes: Vec<&Change> = step.changes(Bump::Major).collect();
    let (whom, old) = (name(step.service, step.api), &before.version.value);
    let message = format!("{whom} {} breaks clients of {old}: {}", new.value, told(&changes));
    let found = RULE.found(&step.version.at, message).level(Level::Info);
    let found = labelled(found.label(new.span(), "nothing was promised yet"), changes.iter().copied());
    let (found, who) = callers(ctx, step, found, &changes);
    Some(found.help(format!("tell whoever tries it{who}")))
}

/// Adds the callers of the version before, and names those that would break.
fn callers<'m>(ctx: &Context<'m>, step: &Step<'m>, mut found: Found, changes: &[&Change]) -> (Found, String) {
    let mut broken = vec![];
    for (service, call) in bound(ctx, step) {
        let asks = call.version.as_ref().map_or("any version".into(), |at| at.value.clone());
        let breaks = touched(call, changes.iter().copied());
        let what = if breaks { "and would break" } else { "and reads nothing of what changed" };
        if breaks {
            broken.push(service.name.value.as_str());
        }
        let span = call.version.as_ref().map_or(call.to.span(), |at| at.span());
        found = found.label(span, format!("`{}` asks for {asks} {what}", service.name.value));
    }
    let who = if broken.is_empty() { String::new() } else { format!(" ({} would break)", listed(&broken)) };
    (found, who)
}
