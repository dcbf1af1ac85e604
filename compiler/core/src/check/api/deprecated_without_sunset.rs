//! `deprecated-without-sunset`: told to go, not told when.

use crate::check::{Context, Found, Rule};
use crate::model::service::{Api, ApiVersion};

pub const RULE: Rule = Rule::warn("deprecated-without-sunset", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (service, api) in ctx.apis() {
        found.extend(api.versions.iter().filter_map(|it| finding(&service.name.value, api, it)));
    }
}

fn finding(service: &str, api: &Api, it: &ApiVersion) -> Option<Found> {
    let deprecated = it.deprecated?;
    let (name, version) = (&api.name.value, &it.version.value);
    let whose = if name == service { format!("`{name}`") } else { format!("`{name}` of `{service}`") };
    match it.sunset {
        None => Some(
            RULE.found(
                &it.at,
                format!("{whose} {version} is deprecated, and nothing says until when it is there"),
            )
            .label(deprecated.span(), "clients are told to move from this day")
            .help("write `sunset=\"…\"`: the day it is gone"),
        ),
        Some(sunset) if sunset.value < deprecated.value => Some(
            RULE.found(
                &it.at,
                format!(
                    "{whose} {version} is gone on {} and deprecated only on {}",
                    sunset.value, deprecated.value
                ),
            )
            .label(sunset.span(), "gone from this day")
            .label(deprecated.span(), "clients are told to move from this day")
            .help("let the sunset be later than the deprecation"),
        ),
        Some(_) => None,
    }
}
