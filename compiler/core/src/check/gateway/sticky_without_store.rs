//! `sticky-without-store`: a session that dies with its instance.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sticky-without-store",
    group: "gateway",
    level: Level::Warn,
    docs: r#"
## What it finds

A service with `session "sticky"`, without a `store`, that runs more than one instance.

## Why it matters

Each release, each scale-in and each crash logs users out and empties their baskets.

## Example

```kdl bad
service "cart" {
    build "services/cart"
    session "sticky"
    scale min=2 max=4
}
```

## Instead

```kdl good
resource "sessions" type="valkey"
service "cart" {
    build "services/cart"
    uses "sessions"
    session "store" store="sessions"
    scale min=2 max=4
}
```

## When to allow it

When a lost session costs nothing.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in plan.model.services.iter().filter(|service| service.scale.max.value > 1) {
        let Some(session) =
            service.session.as_ref().filter(|it| it.kind.value == "sticky" && it.store.is_none())
        else {
            continue;
        };
        let (name, max) = (&service.name.value, service.scale.max);
        let cache = plan.model.resources.iter().find(|it| it.class == "cache");
        let store = cache.map_or("sessions", |it| it.name.value.as_str());
        found.push(
            RULE.found(
                &service.at,
                format!("each of up to {} instances of `{name}` keeps sessions nobody else has", max.value),
            )
            .label(session.kind.span(), "a session ends with its instance")
            .label(
                crate::check::support::place(&max, service.name.span()),
                format!("up to {} instances", max.value),
            )
            .help(format!("write `session \"store\" store=\"{store}\"`")),
        );
    }
}
