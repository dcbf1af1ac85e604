//! `feature-not-expressible`: asked of an engine that cannot say it.

use crate::check::{Context, Found, Rule};
use crate::model::gateway::{Gateway, Route};
use crate::model::service::Api;
use crate::tree::At;
use bastide_report::finding::Level;
use bastide_report::version;
use std::collections::BTreeSet;

pub const RULE: Rule = Rule::warn("feature-not-expressible", check);

/// What a gateway that leads out can carry.
const CARRIED: [&str; 6] = ["http", "https", "ws", "wss", "grpc", "grpcs"];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for gateway in &ctx.model.gateways {
        if gateway.out {
            gateway.allow.iter().for_each(|allowed| reached(ctx, gateway, allowed, found));
        }
        if gateway.versions.declared && gateway.versions.location == "subdomain" && gateway.hosts.is_empty() {
            let message = format!(
                "`{}` has versions by subdomain, and no host they could stand before",
                gateway.name.value
            );
            RULE.found(&gateway.at, message)
                .level(Level::Deny)
                .label(gateway.name.span(), "has no `host`")
                .help("write `host`, or another place for versions: `versions in=\"header\"`")
                .add_to(found);
        }
    }
    for (gateway, route) in ctx.routes() {
        called(ctx, gateway, route, found);
    }
    for (gateway, route) in ctx.routes().filter(|(gateway, _)| gateway.engine == "envoy") {
        let Some(limit) = &route.body_limit else { continue };
        let protocol = spoken(ctx, route);
        if !matches!(protocol, "websocket" | "grpc") {
            continue;
        }
        let message = format!(
            "{} limits no bodies of {protocol}, as `{}` asks of it",
            gateway.engine, route.path.value
        );
        RULE.found(&route.at, message)
            .label(limit.span(), "dropped")
            .label(gateway.name.span(), format!("runs on {}", gateway.engine))
            .help("let the service limit each message, and remove `body-limit`")
            .add_to(found);
    }
}

/// An external as a gateway reaches it.
fn reached(ctx: &Context<'_>, gateway: &Gateway, allowed: &At<String>, found: &mut Vec<Found>) {
    let own = &gateway.name.value;
    let Some(external) = ctx.model.external(&allowed.value) else { return };
    let (name, url) = (&external.name.value, &external.url.value);
    let (scheme, rest) = url.split_once("://").unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (message, help) = if !CARRIED.contains(&scheme) {
        let help = format!("take `{name}` out of `allow`: its callers then reach it directly");
        (format!("`{own}` speaks HTTP, and `{name}` speaks {scheme}"), help)
    } else if rest.contains(['?', '#']) || authority.contains('@') {
        let help = "write the address up to its path; callers say the rest".into();
        (format!("`{own}` puts a path before every request to `{name}`, and nothing else"), help)
    } else {
        return;
    };
    RULE.found(&gateway.at, message)
        .level(Level::Deny)
        .label(allowed.span(), "its callers would speak HTTP to it")
        .label(external.url.span(), format!("`{url}`"))
        .help(help)
        .add_to(found);
}

/// A call of gRPC is a service and a method: routes of it match no more, and change nothing of it.
fn called(ctx: &Context<'_>, gateway: &Gateway, route: &Route, found: &mut Vec<Found>) {
    if spoken(ctx, route) != "grpc" {
        return;
    }
    let path = &route.path;
    let deep = path.value.split('/').filter(|it| !it.is_empty()).count() > 2;
    let lines = ctx.views.table(&gateway.name.value).into_iter().flat_map(|table| &table.rules);
    let versions: BTreeSet<&str> =
        lines.filter(|rule| rule.at == route.at).filter_map(|rule| rule.version.as_deref()).collect();
    let out = !matches!(gateway.versions.location.as_str(), "header" | "subdomain");
    let many = gateway.versions.declared && out && living(ctx, route) > versions.len().max(1);
    let said = [
        (deep, path.span(), "is called by `/package.Service` or `/package.Service/Method`"),
        (route.rewrite.is_some(), path.span(), "has no path that `rewrite` could change"),
        (!route.methods.is_empty(), path.span(), "knows no `method` but POST"),
        (route.query.is_some(), path.span(), "has no `query`"),
        (many, path.span(), "says no version by path, query or media type: all but one are out of reach"),
    ];
    for (_, span, why) in said.into_iter().filter(|it| it.0) {
        RULE.found(&route.at, format!("`{}` speaks gRPC, which {why}", path.value))
            .level(Level::Deny)
            .label(span, "speaks gRPC")
            .label(gateway.name.span(), "calls come in here")
            .help("let clients say it in a header: `header=` of the route, `versions in=\"header\"` of the gateway")
            .add_to(found);
    }
}

/// How many lines of versions the api of a route has.
fn living(ctx: &Context<'_>, route: &Route) -> usize {
    let service = route.to.as_ref().and_then(|to| ctx.model.service(&to.value));
    let chosen = |api: &&Api| route.api.as_ref().is_none_or(|at| at.value == api.name.value);
    let api = service.and_then(|it| it.apis.iter().find(chosen));
    let lines: BTreeSet<_> =
        api.iter().flat_map(|api| &api.versions).map(|it| version::line_name(&it.semver)).collect();
    lines.len()
}

/// What a route speaks: its own word, else that of the api it leads to.
fn spoken<'a>(ctx: &'a Context<'_>, route: &'a Route) -> &'a str {
    let service = route.to.as_ref().and_then(|to| ctx.model.service(&to.value));
    let chosen = |api: &&Api| route.api.as_ref().is_none_or(|at| at.value == api.name.value);
    match service.and_then(|it| it.apis.iter().find(chosen)) {
        Some(api) if route.protocol == "http" => &api.style,
        _ => &route.protocol,
    }
}
