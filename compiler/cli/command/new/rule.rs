//! `NAME`: the fault in a few words.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("NAME", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        found
            .push(RULE.found(&service.at, "the fact").label(service.name.span(), "its part").help("one act"));
    }
}
