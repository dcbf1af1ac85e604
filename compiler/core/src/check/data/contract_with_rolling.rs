//! `contract-with-rolling`: old code over a new schema.

use crate::check::query::origin::written;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("contract-with-rolling", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let rollout = ctx.model.delivery.rollout.as_ref();
    let how = rollout.map_or("rolling", |at| at.value.as_str());
    for service in &ctx.model.services {
        for job in service.jobs.iter().filter(|job| job.run == "before-release") {
            let Some(reversible) = job.reversible.filter(|at| !at.value) else { continue };
            let (name, job_name) = (&service.name.value, &job.name.value);
            let chosen = rollout.filter(|at| written(at)).map(|at| at.span());
            RULE.found(&job.at, format!("old instances of `{name}` run on after `{job_name}`, and cannot"))
                .label(reversible.span(), "no older release can work with this")
                .labels(chosen.map(|span| (span, format!("`{how}`: both run side by side"))))
                .help("do it in a later release with `run=\"after-release\"`, when no old instance is left")
                .add_to(found);
        }
    }
}
