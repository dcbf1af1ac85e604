//! `no-rate-limit-public`: as many requests as anybody likes.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("no-rate-limit-public", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (gateway, route) in ctx.routes() {
        let open = gateway.auth_of(route).is_none();
        if !open || !route.limits.is_empty() || !gateway.limits.is_empty() || route.redirect.is_some() {
            continue;
        }
        let message = format!("anybody may call `{}` as often as they like", route.path.value);
        RULE.found(&route.at, message)
            .label(route.path.span(), "no `limit`, here or in the gateway")
            .help("write `limit \"100/s\" by=\"client\"` in the gateway")
            .add_to(found);
    }
}
