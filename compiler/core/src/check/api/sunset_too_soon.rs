//! `sunset-too-soon`: no time to move.

use crate::check::query::contracts::name;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::info("sunset-too-soon", check);

/// Days a version lives on after it was deprecated.
fn window(stability: &str) -> i64 {
    match stability {
        "alpha" => 0,
        "beta" => 31,
        _ => 180,
    }
}

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (service, api) in ctx.apis() {
        for it in &api.versions {
            let Some((from, until)) = it.deprecated.zip(it.sunset) else { continue };
            let (days, least) = (until.value.days() - from.value.days(), window(&api.stability));
            if days < 0 || days >= least {
                continue;
            }
            let (whom, version, stability) = (name(service, api), &it.version.value, &api.stability);
            RULE.found(&it.at, format!("{whom} {version} is gone {days} days after its deprecation"))
                .label(until.span(), format!("a {stability} api gives {least} days"))
                .label(from.span(), "clients are told to move from this day")
                .help(format!("let the sunset be {least} days after {} or later", from.value))
                .add_to(found);
        }
    }
}
