//! `contract-not-compared`: a comparison that did not look.

use crate::check::query::contracts::name;
use crate::check::{Context, Found, Rule};
use crate::contracts::comparisons::Text;
use crate::contracts::history::{Step, contract};
use bastide_report::finding::Level;
use bastide_report::source::Span;

pub const RULE: Rule = Rule::deny("contract-not-compared", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    found.extend(ctx.history.steps.iter().filter_map(|step| finding(ctx, step)));
}

fn finding(ctx: &Context<'_>, step: &Step<'_>) -> Option<Found> {
    let (was, before) = (step.was?, step.before?);
    let (why, here) = why(ctx, step, &Text::old(contract(was, before).ok()?))?;
    let whom = name(step.service, step.api);
    let named = step.version.contract.as_ref().or(step.api.contract.as_ref());
    let span = named.map_or(step.version.version.span(), |at| at.span());
    let version = &step.version.version.value;
    let help = match here {
        true => {
            format!("name the contract that clients of {} rely on: `contract=\"…\"`", before.version.value)
        }
        false => "compare with a commit in which it can be read, or let it pass this once: \
                  `lint \"contract-not-compared\" level=\"allow\" because=\"…\"`"
            .to_string(),
    };
    Some(
        RULE.found(&step.version.at, format!("the contract of {whom} {version} {why}"))
            .label(span, "so nobody knows what changed")
            .help(help),
    )
}

/// Why nothing was compared, and whether it can be put right in the plan as it is.
fn why(ctx: &Context<'_>, step: &Step<'_>, old: &Text) -> Option<(String, bool)> {
    let Some(was) = ctx.comparisons.contract(old) else {
        return Some((format!("was not compared: `{}` was not there", old.path), false));
    };
    let Some(comparison) = step.comparison else {
        // A file that is not there is told as such, and an older version may share the api's contract.
        return match contract(step.api, step.version) {
            Err(_) if step.api.contract.is_none() => Some(("is gone".into(), true)),
            _ => None,
        };
    };
    if comparison.looked() {
        return None;
    }
    if comparison.unreadable() {
        // What cannot be read now is told where it stands.
        let then = |span: Span| was.side.files.iter().any(|file| file.id == span.file);
        let denied = comparison.findings.iter().filter(|it| it.level == Level::Deny);
        let mut places = denied.flat_map(|it| it.labels.first());
        return places.all(|label| then(label.span)).then(|| ("could not be read as it was".into(), false));
    }
    let why = comparison.skipped.first().map_or("there is nothing in it".into(), |it| it.why.clone());
    Some((format!("was not compared: {why}"), true))
}
