//! `no-rate-limit-public`: as many requests as anybody likes.

use crate::check::support::routes;
use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("no-rate-limit-public", Level::Warn, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (gateway, route) in routes(ctx) {
        let open = route.public.is_some() || gateway.auth.is_none();
        if !open || !route.limits.is_empty() || !gateway.limits.is_empty() || route.redirect.is_some() {
            continue;
        }
        let message = format!("anybody may call `{}` as often as they like", route.path.value);
        found.push(
            RULE.found(&route.at, message)
                .label(route.path.span(), "no `limit`, here or in the gateway")
                .help("write `limit \"100/s\" by=\"client\"` in the gateway"),
        );
    }
}
