//! `topic-without-producer`: waiting for what nobody says.

use crate::check::support::channels::ends;
use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("topic-without-producer", Level::Deny, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let ends = ends(ctx);
    for topic in ctx.model.topics.iter().filter(|topic| !topic.outside) {
        let Some(ends) = ends.get(topic.name.value.as_str()) else { continue };
        if !ends.writers.is_empty() || ends.readers.is_empty() {
            continue;
        }
        let (name, kind) = (&topic.name.value, if topic.queue { "queue" } else { "topic" });
        let verb = if topic.queue { "sends" } else { "publishes" };
        let mut finding = RULE.found(&topic.at, format!("nobody writes {kind} `{name}`"));
        finding = finding.label(topic.name.span(), "written by nobody");
        for (service, edge) in ends.readers.iter().take(8) {
            finding = finding.label(edge.topic.span(), format!("`{}` waits for it", service.name.value));
        }
        found.push(
            finding.help(format!("write `{verb} \"{name}\"` in its writer, or `outside` in the {kind}")),
        );
    }
}
