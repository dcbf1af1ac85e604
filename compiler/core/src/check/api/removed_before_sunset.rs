//! `removed-before-sunset`: gone before the day it was promised until.

use crate::check::query::contracts::{callers, name};
use crate::check::query::listed;
use crate::check::{Context, Found, Rule};
use crate::contracts::history::Gone;

pub const RULE: Rule = Rule::deny("removed-before-sunset", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    found.extend(ctx.history.gone.iter().filter_map(|gone| finding(ctx, gone)));
}

fn finding(ctx: &Context<'_>, gone: &Gone<'_>) -> Option<Found> {
    let version = gone.version;
    let past = version.sunset.is_some_and(|at| ctx.model.today.is_some_and(|today| at.value <= today));
    let unstable = !version.semver.pre.is_empty() || gone.api.stability == "alpha";
    if past || unstable || !reached(ctx, gone) {
        return None;
    }
    let whom = name(gone.service, gone.api);
    let (number, path) = (&version.version.value, &gone.api.at);
    let (why, help) = match version.sunset {
        Some(at) => (
            format!("before its sunset on {}", at.value),
            format!("keep it until {}, or say with `--today` that the day has come", at.value),
        ),
        None => (
            "and nobody was told".to_string(),
            format!(
                "keep `version \"{number}\"` with its contract, `deprecated=` and a `sunset=`, and remove it after that day"
            ),
        ),
    };
    let mut found = RULE.found(path, format!("{whom} {number} is gone, {why}"));
    let place = gone.api_now.map(|api| api.name.span()).or(gone.now.map(|service| service.name.span()));
    found = found.label(place.unwrap_or(version.version.span()), "no longer has it");
    if let Some(at) = version.sunset.filter(|_| place.is_some()) {
        found = found.label(at.span(), "was promised until this day");
    } else if place.is_some() {
        found = found.label(version.version.span(), "was there");
    }
    let left = gone.api_now.map(|api| callers(ctx, api)).unwrap_or_default();
    let asks = |call: &crate::model::service::Call| {
        call.range.as_ref().is_some_and(|it| it.matches(&version.semver))
    };
    let left: Vec<&str> =
        left.iter().filter(|(_, call)| asks(call)).map(|(service, _)| service.name.value.as_str()).collect();
    let who = if left.is_empty() { String::new() } else { format!("; {} still asks for it", listed(&left)) };
    Some(found.help(format!("{help}{who}")))
}

/// Whether somebody could get there: a caller or a route of the old plan.
fn reached(ctx: &Context<'_>, gone: &Gone<'_>) -> bool {
    let Some(before) = ctx.before else { return false };
    let name = &gone.service.name.value;
    let called = before.services.iter().flat_map(|it| &it.calls).any(|call| call.to.value == *name);
    let routes = before.gateways.iter().filter(|it| !it.out).flat_map(|it| &it.routes);
    let parts = |route: &crate::model::gateway::Route| {
        let parts = route.aggregate.iter().flat_map(|it| it.parts.iter().map(|part| &part.from.value));
        parts.chain(route.to.iter().map(|to| &to.value)).any(|to| to == name)
    };
    called || routes.into_iter().any(parts)
}
