//! `gate-without-stack`: a gate that needs the system to run, and nowhere it could.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("gate-without-stack", check);

/// Gates that are run against the whole system, started in the pipeline.
const STACKED: [&str; 2] = ["integration", "load"];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let (delivery, models) = (&ctx.model.delivery, ctx.others.iter().copied().chain([ctx.model]));
    // Of environments that are not looked at nothing is known.
    let whole = ctx.others.len() + 1 >= ctx.model.environments.len();
    let composed = models.into_iter().any(|model| model.environment.platform == "compose");
    let Some(ci) = delivery.ci.as_ref().filter(|_| whole && !composed) else { return };
    for (word, gate) in delivery.asked().filter(|(_, gate)| STACKED.contains(&gate.value.as_str())) {
        RULE.found(
            &delivery.at,
            format!("the {word} `{}` needs a stack, and no environment is one", gate.value),
        )
        .label(gate.span(), "never runs")
        .label(ci.span(), "the pipeline starts what runs by compose")
        .help("write `environment \"dev\" platform=\"compose\"`, or leave it out")
        .add_to(found);
    }
}
