//! `rollback-blocked`: no way back.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("rollback-blocked", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let Some(rollout) = ctx.model.delivery.rollout.as_ref().filter(|at| at.value != "rolling") else {
        return;
    };
    for service in &ctx.model.services {
        for job in service.jobs.iter().filter(|job| job.run == "after-release") {
            let Some(reversible) = job.reversible.filter(|at| !at.value) else { continue };
            RULE.found(
                &job.at,
                format!("after `{}` no older `{}` can run", job.name.value, service.name.value),
            )
            .label(reversible.span(), "cannot be taken back")
            .label(rollout.span(), "means to go back by itself")
            .help("run it as a job of its own, by hand, one release later")
            .add_to(found);
        }
    }
}
