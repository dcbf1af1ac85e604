//! `timeout-too-long`: nobody waits that long.

use crate::check::support::{place, routes};
use crate::check::{Context, Found, Rule};
use crate::report::Level;
use crate::units::Duration;

/// Longer than this nobody waits.
const MOST: Duration = Duration(30_000);

pub const RULE: Rule = Rule::new("timeout-too-long", Level::Info, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (_, route) in routes(ctx).filter(|(_, route)| route.protocol == "http") {
        let Some(timeout) = route.timeout.filter(|at| at.value > MOST) else { continue };
        let path = &route.path.value;
        found.push(
            RULE.found(&route.at, format!("clients of `{path}` may wait {}", timeout.value))
                .label(place(&timeout, route.path.span()), format!("more than {MOST}"))
                .help("write `timeout \"30s\"` or less and let long work run behind a queue"),
        );
    }
}
