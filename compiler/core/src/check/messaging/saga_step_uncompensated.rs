//! `saga-step-uncompensated`: a step nobody can take back.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("saga-step-uncompensated", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for saga in &ctx.model.sagas {
        let pivot =
            saga.steps.iter().position(|step| step.pivot).unwrap_or(saga.steps.len().saturating_sub(1));
        let Some(after) = saga.steps.get(pivot) else { continue };
        for step in saga.steps[..pivot].iter().filter(|step| step.compensate.is_none()) {
            let (name, saga_name) = (&step.name.value, &saga.name.value);
            let message =
                format!("nothing takes back step `{name}` of saga `{saga_name}` when a later step fails");
            RULE.found(&saga.at, message)
                .label(step.name.span(), "no `compensate`")
                .label(after.name.span(), "may fail after it")
                .help(format!(
                    "write `compensate=\"…\"`: the event by which `{}` takes it back",
                    step.service.value
                ))
                .add_to(found);
        }
    }
}
