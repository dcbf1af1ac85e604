//! `missing-timeout`: waiting for ever.

use crate::check::query::origin::place;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("missing-timeout", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (service, call) in ctx.calls().filter(|(_, call)| call.timeout.is_none_or(|at| at.value.0 == 0)) {
        let span = call.timeout.map_or(call.to.span(), |at| place(&at, call.to.span()));
        RULE.found(&call.at, format!("`{}` may wait for `{}` for ever", service.name.value, call.to.value))
            .label(span, "no end to the wait")
            .help("write `timeout=\"800ms\"`: what the answer is worth waiting for")
            .add_to(found);
    }
    for (_, route) in ctx.routes().filter(|(_, route)| !matches!(&*route.protocol, "websocket" | "sse")) {
        let Some(timeout) = route.timeout.filter(|at| at.value.0 == 0) else { continue };
        RULE.found(&route.at, format!("clients of `{}` may wait for ever", route.path.value))
            .label_value(&timeout, route.path.span(), "no end to the wait")
            .help("write `timeout \"15s\"`")
            .add_to(found);
    }
}
