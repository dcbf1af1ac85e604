//! `gate-without-work`: a gate that asks nothing, and so always passes.

use crate::check::{Context, Found, Rule};
use crate::model::resource::Resource;
use crate::view::objective::Objective;

pub const RULE: Rule = Rule::warn("gate-without-work", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let delivery = &ctx.model.delivery;
    if delivery.ci.is_none() {
        return;
    }
    for (word, gate) in delivery.asked() {
        let Some((fact, help)) = nothing(ctx, &gate.value) else { continue };
        RULE.found(&delivery.at, format!("the {word} `{}` has nothing to ask: {fact}", gate.value))
            .label(gate.span(), "always passes")
            .help(help)
            .add_to(found);
    }
}

/// Why it has nothing to ask here, and what to do.
fn nothing(ctx: &Context<'_>, gate: &str) -> Option<(&'static str, &'static str)> {
    let composed = ctx.model.environment.platform == "compose";
    let held = |it: &Objective| it.kind == "latency" && it.protocol == "http" && it.gateway.is_some();
    let asked = ctx.model.gateways.iter().any(|it| !it.out && !it.routes.is_empty());
    match gate {
        "load" if composed && !ctx.views.objectives.iter().any(held) => Some((
            "no service behind a gateway promises a latency",
            "write `slo latency=\"…\"` in a service that a route leads to, or leave it out",
        )),
        "integration" if composed && !asked => Some((
            "no gateway has a route to ask",
            "write the `route`s of a `gateway`, or leave the gate out",
        )),
        "restore-drill" if never_copied(ctx) => Some((
            "no resource has a `backup` that an operator makes",
            "write `backup …` in a resource and let an operator run it, as \
             `target \"kubernetes\" postgres=\"cloudnative-pg\"` does, or leave it out",
        )),
        _ => None,
    }
}

/// Whether all environments are known, and none has copies to bring back.
fn never_copied(ctx: &Context<'_>) -> bool {
    let mut models = ctx.others.iter().copied().chain([ctx.model]);
    ctx.others.len() + 1 >= ctx.model.environments.len()
        && !models.any(|model| model.resources.iter().any(Resource::copied))
}
