//! `timeout-too-long`: nobody waits that long.

use crate::check::{Context, Found, Rule};
use bastide_report::units::Duration;

/// Longer than this nobody waits.
const MOST: Duration = Duration(30_000);

pub const RULE: Rule = Rule::info("timeout-too-long", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (_, route) in ctx.routes().filter(|(_, route)| route.protocol == "http" && route.redirect.is_none()) {
        let Some(timeout) = route.timeout.filter(|at| at.value > MOST) else { continue };
        let path = &route.path.value;
        RULE.found(&route.at, format!("clients of `{path}` may wait {}", timeout.value))
            .label_value(&timeout, route.path.span(), format!("more than {MOST}"))
            .help("write `timeout \"30s\"` or less and let long work run behind a queue")
            .add_to(found);
    }
}
