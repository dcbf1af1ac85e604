//! `feature-not-expressible`: asked of an engine that cannot say it.

use crate::check::{Context, Found, Rule};
use crate::model::gateway::Route;
use crate::model::service::Api;
use bastide_report::finding::Level;

pub const RULE: Rule = Rule::warn("feature-not-expressible", check);

/// What a gateway that leads out can carry.
const CARRIED: [&str; 6] = ["http", "https", "ws", "wss", "grpc", "grpcs"];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for gateway in ctx.model.gateways.iter().filter(|it| it.out) {
        for allowed in &gateway.allow {
            let Some(external) = ctx.model.external(&allowed.value) else { continue };
            let scheme = external.url.value.split("://").next().unwrap_or_default();
            if CARRIED.contains(&scheme) {
                continue;
            }
            let (name, own) = (&external.name.value, &gateway.name.value);
            RULE.found(&gateway.at, format!("`{own}` speaks HTTP, and `{name}` speaks {scheme}"))
                .level(Level::Deny)
                .label(allowed.span(), "its callers would speak HTTP to it")
                .label(external.url.span(), format!("`{scheme}://`"))
                .help(format!("take `{name}` out of `allow`: its callers then reach it directly"))
                .add_to(found);
        }
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

/// What a route speaks: its own word, else that of the api it leads to.
fn spoken<'a>(ctx: &'a Context<'_>, route: &'a Route) -> &'a str {
    let service = route.to.as_ref().and_then(|to| ctx.model.service(&to.value));
    let chosen = |api: &&Api| route.api.as_ref().is_none_or(|at| at.value == api.name.value);
    match service.and_then(|it| it.apis.iter().find(chosen)) {
        Some(api) if route.protocol == "http" => &api.style,
        _ => &route.protocol,
    }
}
