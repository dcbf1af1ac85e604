//! `topic-moved`: the same topic, and another stream.

use crate::check::{Context, Found, Rule};
use crate::model::messaging::Topic;
use bastide_report::version::{line, parse};

pub const RULE: Rule = Rule::deny("topic-moved", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for topic in &ctx.model.topics {
        let before = ctx.before.and_then(|it| it.topic(&topic.name.value));
        let Some(was) = before.filter(|was| major(was) == major(topic)) else { continue };
        let name = &topic.name.value;
        let keys = (was.key.as_ref().map(|it| &it.value), topic.key.as_ref().map(|it| &it.value));
        if let (Some(old), new) = keys
            && new != Some(old)
        {
            let span = topic.key.as_ref().map_or(topic.name.span(), |key| key.span());
            let is = new.map_or("nothing".into(), |key| format!("`{key}`"));
            RULE.found(&topic.at, format!("`{name}` was ordered by `{old}`, and now by {is}"))
                .label(span, "older messages lie by another key")
                .help(format!("keep `key \"{old}\"`, or publish on a topic of its own and let readers move"))
                .add_to(found);
        }
        if was.address != topic.address {
            let message = format!("`{name}` was `{}` on the broker, and is `{}`", was.address, topic.address);
            RULE.found(&topic.at, message)
                .label(topic.name.span(), "is another topic there")
                .help(format!(
                    "keep `address \"{}\"`, or make a topic of its own and let readers move",
                    was.address
                ))
                .add_to(found);
        }
    }
}

fn major(topic: &Topic) -> Option<(u64, u64)> {
    topic.events.iter().filter_map(|it| parse(&it.version.value)).max().map(|it| line(&it))
}
