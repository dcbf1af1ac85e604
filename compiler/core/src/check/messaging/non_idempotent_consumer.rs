//! `non-idempotent-consumer`: handled twice, done twice.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("non-idempotent-consumer", check).believes(BELIEFS);

const BELIEFS: &[Belief] = &[Belief {
    field: "topic.delivery",
    without: |model, lost| {
        model.topics.iter_mut().for_each(|it| lost.put(&mut it.delivery, "at-least-once".into()))
    },
}];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for edge in service.subscribes.iter().filter(|edge| edge.idempotent_by.is_none()) {
            let Some(topic) = ctx.model.topic(&edge.topic.value) else { continue };
            if topic.delivery.value != "at-least-once" {
                continue;
            }
            let (name, reader) = (&topic.name.value, &service.name.value);
            RULE.found(&edge.at, format!("`{reader}` cannot tell when `{name}` delivers a message again"))
                .label(edge.topic.span(), "delivered at least once")
                .help("write `idempotent-by=\"eventId\"`: the field that is the same in a repetition")
                .add_to(found);
        }
    }
}
