//! `min-insync-equals-rf`: one broker down, and nobody can write.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("min-insync-equals-rf", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for topic in &ctx.model.topics {
        let (Some(copies), Some(needed)) = (topic.replicas, topic.in_sync) else { continue };
        if needed.value < copies.value || copies.value < 2 {
            continue;
        }
        let message =
            format!("writes to `{}` stop when one of its {} copies is away", topic.name.value, copies.value);
        RULE.found(&topic.at, message)
            .label(needed.span(), format!("{} must have each message", needed.value))
            .label(copies.span(), format!("of {}", copies.value))
            .edit(needed.span(), (copies.value - 1).to_string())
            .help(format!("write `in-sync={}`", copies.value - 1))
            .add_to(found);
    }
}
