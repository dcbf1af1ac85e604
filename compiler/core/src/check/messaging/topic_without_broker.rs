//! `topic-without-broker`: messages on what carries none.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("topic-without-broker", check);

/// Classes of resource types that carry messages.
const CARRIERS: [&str; 2] = ["broker", "queue"];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for topic in &ctx.model.topics {
        let Some(resource) = ctx.model.resource(&topic.on.value) else { continue };
        if CARRIERS.contains(&&*resource.class) {
            continue;
        }
        let (name, on) = (&topic.name.value, &topic.on.value);
        let kind = if topic.queue { "queue" } else { "topic" };
        let broker = ctx.model.resources.iter().find(|it| CARRIERS.contains(&&*it.class));
        let help = match broker {
            Some(it) => format!("write `on=\"{}\"`", it.name.value),
            None => "declare one, `resource \"events\" type=\"kafka\"`, and write `on=\"events\"`".into(),
        };
        let message =
            format!("the {kind} `{name}` is on `{on}`, which is a {} and no broker", resource.class);
        RULE.found(&topic.at, message)
            .label(topic.on.span(), "carries no messages")
            .label(resource.name.span(), format!("a `{}`", resource.ty.value))
            .help(help)
            .add_to(found);
    }
}
