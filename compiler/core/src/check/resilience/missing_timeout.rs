//! `missing-timeout`: waiting for ever.

use crate::check::support::{place, routes};
use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("missing-timeout", Level::Deny, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for call in service.calls.iter().filter(|call| call.timeout.is_none_or(|at| at.value.0 == 0)) {
            let span = call.timeout.map_or(call.to.span(), |at| place(&at, call.to.span()));
            found.push(
                RULE.found(
                    &call.at,
                    format!("`{}` may wait for `{}` for ever", service.name.value, call.to.value),
                )
                .label(span, "no end to the wait")
                .help("write `timeout=\"800ms\"`: what the answer is worth waiting for"),
            );
        }
    }
    for (_, route) in routes(ctx).filter(|(_, route)| !matches!(&*route.protocol, "websocket" | "sse")) {
        let Some(timeout) = route.timeout.filter(|at| at.value.0 == 0) else { continue };
        found.push(
            RULE.found(&route.at, format!("clients of `{}` may wait for ever", route.path.value))
                .label(place(&timeout, route.path.span()), "no end to the wait")
                .help("write `timeout \"15s\"`"),
        );
    }
}
