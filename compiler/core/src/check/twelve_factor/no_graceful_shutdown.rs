//! `no-graceful-shutdown`: killed in the middle.

use crate::check::support::{place, written};
use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use crate::units::Duration;

/// Less is no time to end anything.
const LEAST: Duration = Duration(2_000);

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-graceful-shutdown",
    group: "twelve-factor",
    level: Level::Warn,
    docs: r#"
## What it finds

A service whose `shutdown grace` is less than two seconds.

## Why it matters

Processes are disposable (factor IX) if they stop cleanly: what is in flight at the signal needs time to end.

## Example

```kdl bad
service "orders" {
    build "services/orders"
    shutdown grace="0s"
}
```

## Instead

```kdl good
service "orders" {
    build "services/orders"
    shutdown grace="30s"
}
```

## When to allow it

For a program that holds nothing in flight.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        let grace = service.run.shutdown.grace;
        if grace.value >= LEAST || !written(&grace) {
            continue;
        }
        found.push(
            RULE.found(
                &service.at,
                format!("`{}` is killed {} after it was asked to stop", service.name.value, grace.value),
            )
            .label(place(&grace, service.name.span()), "no time to end what was begun")
            .edit(grace.span(), "\"30s\"")
            .help("write `shutdown grace=\"30s\"`"),
        );
    }
}
