//! `required-version-unsatisfied`: asking for what nobody serves.

use crate::check::query::versions::served;
use crate::check::{Context, Found, Rule};
use crate::contracts::history::Step;
use crate::contracts::readers::touched;
use crate::model::service::{Api, Call};
use crate::tree::At;
use bastide_report::finding::Level;
use bastide_report::version::Bump;

pub const RULE: Rule = Rule::deny("required-version-unsatisfied", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (service, call) in ctx.calls() {
        if let (Some(range), Some(api)) = (&call.version, ctx.model.api_of(call)) {
            let who = format!("`{}`", service.name.value);
            let missed = finding(&call.at, &who, &call.to.value, range, api);
            found.extend(missed.map(|found| unaffected(ctx, call, api, range, found)));
        }
    }
    for (_, route) in ctx.routes() {
        let (Some(range), Some(to)) = (&route.version, &route.to) else { continue };
        let apis = ctx.model.service(&to.value).map_or(&[][..], |service| &service.apis);
        let api = apis.iter().find(|api| route.api.as_ref().is_none_or(|at| at.value == api.name.value));
        if let Some(api) = api {
            found.extend(finding(&route.at, &format!("route `{}`", route.path.value), &to.value, range, api));
        }
    }
}

/// A caller that reads nothing of what broke works with what took the place of its version: it only has to say so.
fn unaffected(ctx: &Context<'_>, call: &Call, api: &Api, range: &At<String>, found: Found) -> Found {
    let asked = |step: &&Step<'_>| {
        let had =
            step.before.is_some_and(|it| call.range.as_ref().is_some_and(|range| range.matches(&it.semver)));
        step.api.at == api.at && had && step.comparison.is_some_and(|it| it.looked())
    };
    let Some(step) = ctx.history.steps.iter().find(asked) else { return found };
    if touched(call, step.changes(Bump::Major)) {
        return found;
    }
    let new = &step.version.semver;
    let (message, range_text) = (found.finding.message.clone(), format!("^{}.{}", new.major, new.minor));
    let mut found = found.level(Level::Warn).edit(range.span(), format!("\"{range_text}\""));
    found.finding.message = format!("{message}; it reads nothing of what changed");
    found.help(format!("write `version=\"{range_text}\"` (`--fix` does)"))
}

fn finding(at: &str, who: &str, callee: &str, range: &At<String>, api: &Api) -> Option<Found> {
    let wanted = bastide_report::version::range(&range.value)?;
    let served = served(api);
    if served.iter().any(|it| wanted.matches(&it.semver)) {
        return None;
    }
    let versions: Vec<&str> = served.iter().map(|it| it.version.value.as_str()).take(6).collect();
    let served_text = if versions.is_empty() {
        "says no version".into()
    } else {
        format!("serves {}", versions.join(", "))
    };
    let finding = RULE
        .found(at, format!("{who} needs `{callee}` {}, which {served_text}", range.value))
        .label(range.span(), "nothing fits")
        .label(
            served.first().map_or(api.name.span(), |it| it.version.span()),
            if versions.is_empty() { "no `version` here" } else { "the newest" },
        );
    Some(finding.help(match served.first() {
        Some(newest) => format!(
            "ask for what is there, `version=\"^{}.{}\"`, or serve what is asked for",
            newest.semver.major, newest.semver.minor
        ),
        None => format!("write the versions of `{}`, or remove `version=`", api.name.value),
    }))
}
