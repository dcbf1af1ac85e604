//! `rollout-not-written`: a canary that is asked for and nobody makes.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("rollout-not-written", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let (environment, delivery) = (&ctx.model.environment, &ctx.model.delivery);
    let argo = serde_json::Value::from("argo");
    let by = environment.platform_option("rollout");
    if environment.platform != "kubernetes" || by.is_some_and(|(_, by)| *by == argo) {
        return;
    }
    let Some(rollout) = delivery.rollout.as_ref().filter(|at| at.value != "rolling") else { return };
    let name = &environment.name.value;
    RULE.found(
        "delivery",
        format!("`{}` is asked for, and `{name}` only replaces instances in turn", rollout.value),
    )
    .label(rollout.span(), "asked for here")
    .label(environment.name.span(), "runs without Argo Rollouts")
    .help(format!(
        "write `target \"kubernetes\" rollout=\"argo\"` in `{name}`, or `rollout \"rolling\"` for it"
    ))
    .add_to(found);
}
