//! `public-route-without-auth`: open to everybody, and nobody said so.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule =
    Rule::deny("public-route-without-auth", check).believes(&[Belief::GATEWAY_AUTH, Belief::ROUTE_AUTH]);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (gateway, route) in ctx.routes() {
        if gateway.auth_of(route).is_some() || route.public.is_some() || route.redirect.is_some() {
            continue;
        }
        let message = format!(
            "anybody may call `{}`: gateway `{}` asks for no token",
            route.path.value, gateway.name.value
        );
        RULE.found(&route.at, message)
            .label(route.path.span(), "does not say `public`")
            .label(gateway.name.span(), "has no `auth`")
            .help("write `auth \"jwt\" …` in the gateway, or `public` in the route")
            .add_to(found);
    }
}
