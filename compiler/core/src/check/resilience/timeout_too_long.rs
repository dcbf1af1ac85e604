//! `timeout-too-long`: nobody waits that long.

use crate::check::support::{place, routes};
use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use crate::units::Duration;

/// Longer than this nobody waits.
const MOST: Duration = Duration(30_000);

/// The rule.
pub const RULE: Rule = Rule {
    name: "timeout-too-long",
    group: "resilience",
    level: Level::Info,
    docs: r#"
## What it finds

A route with a timeout of more than 30 seconds that is no stream.

## Why it matters

The user has left, and the connection, its memory and what it locked are held for nobody.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/report" to="reports" { public; timeout "60s" }
}
service "reports" { build "services/reports"; shutdown delay="10s" grace="75s" }
```

## Instead

Answer 202 at once, with a place to ask for the result.

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/report" to="reports" { public; timeout "10s" }
}
service "reports" { build "services/reports" }
```

## When to allow it

For uploads and downloads of large files.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for (_, route) in routes(plan).filter(|(_, route)| route.protocol == "http") {
        let Some(timeout) = route.timeout.filter(|at| at.value > MOST) else { continue };
        let path = &route.path.value;
        found.push(
            RULE.found(&route.at, format!("clients of `{path}` may wait {}", timeout.value))
                .label(place(&timeout, route.path.span()), format!("more than {MOST}"))
                .help("write `timeout \"30s\"` or less and let long work run behind a queue"),
        );
    }
}
