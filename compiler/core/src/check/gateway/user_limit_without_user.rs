//! `user-limit-without-user`: a limit by user where nobody says who the user is.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};
use crate::model::gateway::Limit;
use bastide_report::source::Span;

pub const RULE: Rule =
    Rule::deny("user-limit-without-user", check).believes(&[Belief::GATEWAY_AUTH, Belief::ROUTE_AUTH]);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for gateway in ctx.model.gateways.iter().filter(|gateway| !gateway.out) {
        let open = gateway.routes.iter().all(|route| gateway.auth_of(route).is_none());
        if open && !gateway.routes.is_empty() {
            let name = &gateway.name.value;
            tell(&gateway.at, &gateway.limits, (&format!("`{name}`"), gateway.name.span()), found);
        }
        for route in gateway.routes.iter().filter(|it| gateway.auth_of(it).is_none()) {
            let place = route.public.map_or(route.path.span(), |at| at.span());
            tell(&route.at, &route.limits, (&format!("`{}`", route.path.value), place), found);
        }
    }
}

fn tell(at: &str, limits: &[Limit], (name, open): (&str, Span), found: &mut Vec<Found>) {
    for limit in limits.iter().filter(|limit| limit.by == "user") {
        RULE.found(at, format!("{name} counts by user, and lets everybody in without a token"))
            .label(limit.rate.span(), "by user")
            .label(open, "no token says who it is")
            .help("write `by=\"client\"`, or ask for a token: `auth \"jwt\"` of the gateway, and no `public` of the route")
            .add_to(found);
    }
}
