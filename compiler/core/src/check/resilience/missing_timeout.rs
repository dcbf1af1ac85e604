//! `missing-timeout`: waiting for ever.

use crate::check::belief::{Belief, Missing};
use crate::check::query::origin::place;
use crate::check::{Context, Found, Rule};
use crate::model::Model;
use bastide_report::units::Duration;

pub const RULE: Rule = Rule::warn("missing-timeout", check).believes(BELIEFS);

const BELIEFS: &[Belief] = &[
    Belief {
        field: "calls.timeout",
        without: |model, lost| {
            lost.services(model)
                .for_each(|service| service.calls.iter_mut().for_each(|call| lost.take(&mut call.timeout)))
        },
    },
    Belief { field: "route.timeout", without: routes_wait },
    Belief { field: "gateway.timeout", without: routes_wait },
];

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

/// Without a timeout clients wait for ever.
fn routes_wait(model: &mut Model, lost: &Missing<'_>) {
    lost.routes(model).filter_map(|route| route.timeout.as_mut()).for_each(|at| lost.put(at, Duration(0)));
}
