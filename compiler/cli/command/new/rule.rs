//! `NAME`: the fault in a few words.

use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("NAME", Level::Warn, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        found
            .push(RULE.found(&service.at, "the fact").label(service.name.span(), "its part").help("one act"));
    }
}
