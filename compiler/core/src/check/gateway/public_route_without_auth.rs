//! `public-route-without-auth`: open to everybody, and nobody said so.

use crate::check::support::routes;
use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("public-route-without-auth", Level::Deny, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (gateway, route) in routes(ctx) {
        if gateway.auth.is_some() || route.public.is_some() || route.redirect.is_some() {
            continue;
        }
        let message = format!(
            "anybody may call `{}`: gateway `{}` asks for no token",
            route.path.value, gateway.name.value
        );
        found.push(
            RULE.found(&route.at, message)
                .label(route.path.span(), "does not say `public`")
                .label(gateway.name.span(), "has no `auth`")
                .help("write `auth \"jwt\" …` in the gateway, or `public` in the route"),
        );
    }
}
