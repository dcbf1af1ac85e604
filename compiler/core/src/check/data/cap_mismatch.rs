//! `cap-mismatch`: what it should keep and how it copies do not fit.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "cap-mismatch",
    group: "data",
    level: Level::Deny,
    docs: r#"
## What it finds

A resource of two or more copies that favors consistency and copies its data asynchronously; and, as a warning, one that favors availability and makes each write wait for a second copy.

## Why it matters

When the first copy of the one dies, the second takes over without the last writes: acknowledged work is gone, which is what `favors "consistency"` was to prevent.
The other takes no writes while its second copy is away, which is what `favors "availability"` was to prevent.

## Example

```kdl bad
resource "orders-db" type="postgres" {
    favors "consistency"
    replicas 3 replication="async"
    backup schedule="0 3 * * *"
}
resource "carts-db" type="postgres" {
    favors "availability"
    replicas 2 replication="sync"
    backup schedule="0 3 * * *"
}
```

## Instead

```kdl good
resource "orders-db" type="postgres" {
    favors "consistency"
    replicas 3 replication="sync"
    backup schedule="0 3 * * *"
}
resource "carts-db" type="postgres" {
    favors "availability"
    replicas 2 replication="async"
    backup schedule="0 3 * * *"
}
```

## When to allow it

Lost writes never: say `favors "availability"` if that is what is meant.
Waiting for a second copy, when so many copies run that one is always there.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for resource in plan.model.resources.iter().filter(|it| it.replicas.value > 1) {
        let (Some(favors), Some(replication)) = (&resource.favors, &resource.replication) else { continue };
        let name = &resource.name.value;
        let (message, cause, level, other) = match (favors.value.as_str(), replication.value.as_str()) {
            ("consistency", "async") => (
                format!("`{name}` favors consistency and may lose acknowledged writes"),
                "no write waits for a second copy",
                RULE.level,
                ("sync", "availability"),
            ),
            ("availability", "sync") => (
                format!("`{name}` favors availability and takes no writes while its second copy is away"),
                "each write waits for a second copy",
                Level::Warn,
                ("async", "consistency"),
            ),
            _ => continue,
        };
        found.push(
            RULE.found(&resource.at, message)
                .level(level)
                .label(replication.span(), cause)
                .label(favors.span(), "asked for here")
                .help(format!("write `replication=\"{}\"`, or `favors \"{}\"`", other.0, other.1)),
        );
    }
}
