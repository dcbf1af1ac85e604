//! `no-rate-limit-public`: as many requests as anybody likes.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::info("no-rate-limit-public", check).on_kubernetes().believes(BELIEFS);

const BELIEFS: &[Belief] = &[
    Belief {
        field: "gateway.limit",
        without: |model, lost| lost.gateways(model).for_each(|gateway| gateway.limits.clear()),
    },
    Belief {
        field: "route.limit",
        without: |model, lost| lost.routes(model).for_each(|route| route.limits.clear()),
    },
];

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
