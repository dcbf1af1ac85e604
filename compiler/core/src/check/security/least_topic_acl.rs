//! `least-topic-acl`: more than it declared.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;

pub const RULE: Rule = Rule::deny("least-topic-acl", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for saga in &ctx.model.sagas {
        for step in &saga.steps {
            let Some(service) = ctx.model.service(&step.service.value) else { continue };
            let written = step
                .emits
                .iter()
                .chain(&step.compensate)
                .map(|at| (at, "publishes", writes(service, &at.value)));
            let read = step.on.iter().map(|at| (at, "subscribes", reads(service, &at.value)));
            for (topic, word, _) in written.chain(read).filter(|(_, _, declared)| !declared) {
                let (name, topic_name) = (&service.name.value, &topic.value);
                let message = format!(
                    "`{name}` takes part in `{}` by `{topic_name}`, which it does not declare",
                    saga.name.value
                );
                RULE.found(&saga.at, message)
                    .label(topic.span(), format!("`{name}` has no right to it"))
                    .label(service.name.span(), format!("no `{word} \"{topic_name}\"`"))
                    .help(format!("write `{word} \"{topic_name}\"` in `{name}`"))
                    .add_to(found);
            }
        }
    }
}

fn writes(service: &Service, topic: &str) -> bool {
    let emits = service.subscribes.iter().filter_map(|it| it.emits.as_ref());
    service.publishes.iter().map(|it| &it.topic).chain(emits).any(|at| at.value == topic)
}

fn reads(service: &Service, topic: &str) -> bool {
    service.subscribes.iter().any(|it| it.topic.value == topic)
}
