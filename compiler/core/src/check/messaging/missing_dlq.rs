//! `missing-dlq`: no place for a message that cannot be handled.

use crate::check::belief::{Belief, Missing};
use crate::check::query::origin::place;
use crate::check::{Context, Found, Rule};
use crate::model::Model;
use bastide_report::finding::Spot;

pub const RULE: Rule = Rule::warn("missing-dlq", check).believes(BELIEFS);

const BELIEFS: &[Belief] = &[
    Belief { field: "topic.dead-letter.after", without: nowhere_to_go },
    Belief { field: "queue.dead-letter.after", without: nowhere_to_go },
];

fn nowhere_to_go(model: &mut Model, lost: &Missing<'_>) {
    model.topics.iter_mut().for_each(|topic| lost.take(&mut topic.dead_letter));
}

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let ends = ctx.ends();
    for topic in &ctx.model.topics {
        let Some(ends) = ends.get(topic.name.value.as_str()) else { continue };
        if ends.readers.is_empty() || topic.dead_letter.is_some() || topic.delivery.value == "at-most-once" {
            continue;
        }
        let name = &topic.name.value;
        let message = format!("a message of `{name}` that cannot be handled has nowhere to go");
        let delivered = format!("delivered {} and no `dead-letter`", topic.delivery.value);
        let told = RULE
            .found(&topic.at, message)
            .label(place(&topic.delivery, topic.name.span()), delivered)
            .labels(ends.read("reads it"));
        let broker = ctx.model.resource(&topic.on.value);
        let told = if broker.is_some_and(|it| it.lacks("dead-letter").is_some()) {
            // Nothing would keep the promise.
            told.help("let the handler set it aside and say `delivery \"at-most-once\"`, or choose a broker that does")
        } else {
            told.edit_at(topic.name.span(), Spot::Child("dead-letter", "after"), "5")
                .help(format!("write `dead-letter after=5` in `{name}`"))
        };
        told.add_to(found);
    }
}
