//! `topic-without-consumer`: said, and heard by nobody.

use crate::check::support::channels::ends;
use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("topic-without-consumer", Level::Warn, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let ends = ends(ctx);
    for topic in ctx.model.topics.iter().filter(|topic| !topic.outside) {
        let Some(ends) = ends.get(topic.name.value.as_str()).filter(|ends| ends.readers.is_empty()) else {
            continue;
        };
        let (name, kind) = (&topic.name.value, if topic.queue { "queue" } else { "topic" });
        let message = match ends.writers.is_empty() {
            true => format!("nobody writes or reads {kind} `{name}`"),
            false => format!("nobody reads {kind} `{name}`"),
        };
        let mut finding = RULE.found(&topic.at, message).label(topic.name.span(), "read by nobody");
        for (service, span) in ends.writers.iter().take(8) {
            finding = finding.label(*span, format!("`{}` writes it", service.name.value));
        }
        let verb = if topic.queue { "receives" } else { "subscribes" };
        found.push(
            finding.help(format!(
                "write `{verb} \"{name}\"` in its reader, `outside` in the {kind}, or remove it"
            )),
        );
    }
}
