//! `value-left-out`: a start of one's own that does not hand on what the type hands to its program.

use crate::check::{Context, Found, Rule};
use crate::model::resource::Resource;

pub const RULE: Rule = Rule::warn("value-left-out", check);

/// Connections that a server accepts which is told no number.
const USUAL: i64 = 100;

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for resource in &ctx.model.resources {
        let needed = |name: &&String| name.as_str() != "max-connections" || needs_more(resource);
        for name in resource.dropped.iter().filter(needed) {
            let own = &resource.name.value;
            RULE.found(&resource.at, format!("`{own}` is not told its `{name}`"))
                .label(resource.name.span(), "its own `command` or `entrypoint` leaves it out")
                .help(format!("write what it adds as `arguments \"…\"` behind those of the type, or put `${{{name}}}` into it"))
                .add_to(found);
        }
    }
}

/// Whether its clients open more connections than it accepts by itself, or somebody says how many.
fn needs_more(resource: &Resource) -> bool {
    let written = crate::check::query::origin::written;
    resource.max_connections.as_ref().is_some_and(|at| written(at) || at.value > USUAL)
}
