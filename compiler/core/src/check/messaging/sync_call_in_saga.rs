//! `sync-call-in-saga`: a step that waits for a stranger.

use crate::check::{Context, Found, Rule};
use crate::model::Step;
use std::collections::BTreeSet;

pub const RULE: Rule = Rule::warn("sync-call-in-saga", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for saga in &ctx.model.sagas {
        let members: BTreeSet<&str> = saga.steps.iter().map(|step| step.service.value.as_str()).collect();
        let mut told = BTreeSet::new();
        let inner = |step: &&Step| step.on.is_some() || saga.style == "orchestration";
        for step in saga.steps.iter().filter(inner).filter(|step| told.insert(step.service.value.as_str())) {
            let Some(service) = ctx.model.service(&step.service.value) else { continue };
            let hard =
                service.calls.iter().filter(|call| !call.soft && !members.contains(call.to.value.as_str()));
            for call in hard.filter(|call| ctx.model.service(&call.to.value).is_some()) {
                let (name, to) = (&service.name.value, &call.to.value);
                let message = format!(
                    "step `{}` of `{}` waits for `{to}`, which is no part of it",
                    step.name.value, saga.name.value
                );
                RULE.found(&saga.at, message)
                    .label(call.to.span(), format!("`{name}` cannot do without it"))
                    .label(step.name.span(), "the step")
                    .help(format!(
                        "make it a step of its own with an event, or write `soft=#true` for `{to}`"
                    ))
                    .add_to(found);
            }
        }
    }
}
