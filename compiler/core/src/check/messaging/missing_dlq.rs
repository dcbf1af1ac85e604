//! `missing-dlq`: no place for a message that cannot be handled.

use crate::check::{Context, Found, Rule};
use bastide_report::finding::Spot;

pub const RULE: Rule = Rule::deny("missing-dlq", check);

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
        RULE.found(&topic.at, message)
            .label_value(&topic.delivery, topic.name.span(), delivered)
            .labels(ends.read("reads it"))
            .edit_at(topic.name.span(), Spot::Child("dead-letter", "after"), "5")
            .help(format!("write `dead-letter after=5` in `{name}`"))
            .add_to(found);
    }
}
