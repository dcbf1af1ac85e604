//! `topic-without-consumer`: said, and heard by nobody.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("topic-without-consumer", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let ends = ctx.ends();
    for topic in ctx.model.topics.iter().filter(|topic| !topic.outside) {
        let Some(ends) = ends.get(topic.name.value.as_str()).filter(|ends| ends.readers.is_empty()) else {
            continue;
        };
        let (name, kind) = (&topic.name.value, if topic.queue { "queue" } else { "topic" });
        let message = match ends.writers.is_empty() {
            true => format!("nobody writes or reads {kind} `{name}`"),
            false => format!("nobody reads {kind} `{name}`"),
        };
        let verb = if topic.queue { "receives" } else { "subscribes" };
        RULE.found(&topic.at, message)
            .label(topic.name.span(), "read by nobody")
            .labels(ends.written("writes it"))
            .help(format!("write `{verb} \"{name}\"` in its reader, `outside` in the {kind}, or remove it"))
            .add_to(found);
    }
}
