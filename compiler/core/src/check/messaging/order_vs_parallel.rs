//! `order-vs-parallel`: an order that its own retries break.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("order-vs-parallel", check).believes(BELIEFS);

const BELIEFS: &[Belief] = &[Belief {
    field: "topic.retry.in-place",
    without: |model, lost| model.topics.iter_mut().for_each(|it| it.retry_in_place &= !lost.of(&it.name)),
}];

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
