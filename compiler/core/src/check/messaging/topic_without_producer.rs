//! `topic-without-producer`: waiting for what nobody says.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("topic-without-producer", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let ends = ctx.ends();
    for topic in ctx.model.topics.iter().filter(|topic| !topic.outside) {
        let Some(ends) = ends.get(topic.name.value.as_str()) else { continue };
        if !ends.writers.is_empty() || ends.readers.is_empty() {
            continue;
        }
        let (name, kind) = (&topic.name.value, if topic.queue { "queue" } else { "topic" });
        let verb = if topic.queue { "sends" } else { "publishes" };
        RULE.found(&topic.at, format!("nobody writes {kind} `{name}`"))
            .label(topic.name.span(), "written by nobody")
            .labels(ends.read("waits for it"))
            .help(format!("write `{verb} \"{name}\"` in its writer, or `outside` in the {kind}"))
            .add_to(found);
    }
}
