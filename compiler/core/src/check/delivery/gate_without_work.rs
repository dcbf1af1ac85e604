//! `gate-without-work`: a gate that asks nothing, and so always passes.

use crate::check::{Context, Found, Rule};
use crate::view::objective::Objective;

pub const RULE: Rule = Rule::warn("gate-without-work", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let (delivery, environment) = (&ctx.model.delivery, &ctx.model.environment);
    if delivery.ci.is_none() || environment.platform != "compose" {
        return;
    }
    let held = |it: &Objective| it.kind == "latency" && it.protocol == "http" && it.gateway.is_some();
    let asked = ctx.model.gateways.iter().any(|it| !it.out && !it.routes.is_empty());
    for (word, gate) in delivery.asked() {
        let (fact, help) = match gate.value.as_str() {
            "load" if !ctx.views.objectives.iter().any(held) => (
                "no service behind a gateway promises a latency",
                "write `slo latency=\"…\"` in a service that a route leads to, or leave it out",
            ),
            "integration" if !asked => {
                ("no gateway has a route to ask", "write the `route`s of a `gateway`, or leave the gate out")
            }
            _ => continue,
        };
        RULE.found(&delivery.at, format!("the {word} `{}` has nothing to ask: {fact}", gate.value))
            .label(gate.span(), "always passes")
            .help(help)
            .add_to(found);
    }
}
