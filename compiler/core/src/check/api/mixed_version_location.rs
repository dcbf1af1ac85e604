//! `mixed-version-location`: two places to say one thing.

use crate::check::{Context, Found, Rule};
use crate::model::gateway::{Gateway, Route};
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::info("mixed-version-location", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut first: BTreeMap<&str, (&Gateway, &Route)> = BTreeMap::new();
    for (gateway, route) in ctx.routes() {
        if let Some(elsewhere) = elsewhere(gateway, route) {
            let message = format!(
                "`{}` takes versions {}, but this route names one {elsewhere}",
                gateway.name.value,
                location(gateway)
            );
            RULE.found(&route.at, message)
                .label(route.path.span(), "a second place")
                .help("let `versions` say where it stands, and write the route without it")
                .add_to(found);
            continue;
        }
        let Some(to) = &route.to else { continue };
        let versioned =
            ctx.model.service(&to.value).is_some_and(|it| it.apis.iter().any(|api| !api.versions.is_empty()));
        let (other, before) = *first.entry(&to.value).or_insert((gateway, route));
        if versioned && location(other) != location(gateway) {
            let message = format!(
                "versions of `{}` stand {} in `{}` and {} in `{}`",
                to.value,
                location(other),
                other.name.value,
                location(gateway),
                gateway.name.value
            );
            RULE.found(&route.at, message)
                .label(route.path.span(), "served here")
                .label(before.path.span(), "and here")
                .help("write the same `versions in=` in both gateways")
                .add_to(found);
        }
    }
}

fn location(gateway: &Gateway) -> &'static str {
    match &*gateway.versions.location {
        "header" => "in a header",
        "query" => "in the query",
        "media-type" => "in the media type",
        "subdomain" => "in the host",
        _ => "in the path",
    }
}

/// Where the route itself names a version, if that is not where the gateway takes it from.
fn elsewhere(gateway: &Gateway, route: &Route) -> Option<&'static str> {
    let versions = &gateway.versions;
    let number = |part: &str| {
        part.strip_prefix('v')
            .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    let in_path = versions.location.is_empty() || versions.location == "path";
    if !in_path && route.path.value.split('/').any(number) {
        return Some("in the path");
    }
    let says = |name: &str| {
        name.to_ascii_lowercase().replace('_', "-").ends_with("api-version")
            || name.eq_ignore_ascii_case(&versions.name)
    };
    if versions.location != "header" && route.header.as_ref().is_some_and(|(name, _)| says(name)) {
        return Some("in a header");
    }
    let query = |name: &str| name == "version" || name == "api-version" || name == versions.name;
    (versions.location != "query" && route.query.as_ref().is_some_and(|(name, _)| query(name)))
        .then_some("in the query")
}
