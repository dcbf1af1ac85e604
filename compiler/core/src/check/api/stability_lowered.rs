//! `stability-lowered`: less than was promised.

use crate::check::query::contracts::{callers, name};
use crate::check::query::listed;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("stability-lowered", check);

fn rank(stability: &str) -> u8 {
    match stability {
        "alpha" => 0,
        "beta" => 1,
        _ => 2,
    }
}

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    // All versions of an api say the same of it.
    for step in ctx
        .history
        .steps
        .iter()
        .filter(|it| it.api.versions.first().is_some_and(|first| first.at == it.version.at))
    {
        let Some(was) = step.was.filter(|was| rank(&was.stability) > rank(&step.api.stability)) else {
            continue;
        };
        let (old, new) = (&was.stability, &step.api.stability);
        let callers = callers(ctx, step.api);
        let names: Vec<&str> = callers.iter().map(|(service, _)| service.name.value.as_str()).collect();
        let who = if names.is_empty() { String::new() } else { format!("; {} relies on it", listed(&names)) };
        RULE.found(&step.api.at, format!("{} was {old} and is {new}", name(step.service, step.api)))
            .label(step.api.name.span(), format!("promises less than it did{who}"))
            .help(format!("keep `stability=\"{old}\"`, and offer what may still change as an api of its own"))
            .add_to(found);
    }
}
