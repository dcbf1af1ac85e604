//! `order-vs-parallel`: an order that its own retries break.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("order-vs-parallel", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for topic in ctx.model.topics.iter().filter(|topic| !topic.retry_in_place) {
        let (Some(key), Some(retry)) = (&topic.key, topic.retry) else { continue };
        let message = format!(
            "a message of `{}` that is tried again is overtaken by later ones of its `{}`",
            topic.name.value, key.value
        );
        RULE.found(&topic.at, message)
            .label(retry.span(), format!("waits {} aside", retry.value))
            .label(key.span(), "promises order")
            .help("write `in-place=#true` at `retry`, or remove `key`")
            .add_to(found);
    }
}
