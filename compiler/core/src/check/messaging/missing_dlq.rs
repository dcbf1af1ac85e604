//! `missing-dlq`: no place for a message that cannot be handled.

use crate::check::support::channels::ends;
use crate::check::support::place;
use crate::check::{Context, Found, Rule};
use crate::report::{Level, Spot};

pub const RULE: Rule = Rule::new("missing-dlq", Level::Deny, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let ends = ends(ctx);
    for topic in &ctx.model.topics {
        let Some(ends) = ends.get(topic.name.value.as_str()) else { continue };
        if ends.readers.is_empty() || topic.dead_letter.is_some() || topic.delivery.value == "at-most-once" {
            continue;
        }
        let name = &topic.name.value;
        let message = format!("a message of `{name}` that cannot be handled has nowhere to go");
        let mut finding = RULE.found(&topic.at, message).label(
            place(&topic.delivery, topic.name.span()),
            format!("delivered {} and no `dead-letter`", topic.delivery.value),
        );
        for (service, edge) in ends.readers.iter().take(8) {
            finding = finding.label(edge.topic.span(), format!("`{}` reads it", service.name.value));
        }
        found.push(
            finding
                .edit_at(topic.name.span(), Spot::Child("dead-letter", "after"), "5")
                .help(format!("write `dead-letter after=5` in `{name}`")),
        );
    }
}
