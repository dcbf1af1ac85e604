//! `cap-mismatch`: what it should keep and how it copies do not fit.

use super::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "cap-mismatch",
    group: "data",
    level: Level::Deny,
    docs: r#"
## What it finds

A resource that favors consistency and copies its data asynchronously, to two or more copies.

## Why it matters

When the first copy dies, the second takes over without the last writes: acknowledged work is gone, which is what `favors "consistency"` was to prevent.

## Example

```kdl bad
resource "orders-db" type="postgres" {
    favors "consistency"
    replicas 3 replication="async"
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
```

## When to allow it

Never: say `favors "availability"` if that is what is meant.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for resource in plan.model.resources.iter().filter(|it| it.replicas.value > 1) {
        let favors = resource.favors.as_ref().filter(|at| at.value == "consistency");
        let replication = resource.replication.as_ref().filter(|at| at.value == "async");
        let (Some(favors), Some(replication)) = (favors, replication) else { continue };
        found.push(
            RULE.found(
                &resource.at,
                format!("`{}` favors consistency and may lose acknowledged writes", resource.name.value),
            )
            .label(replication.span(), "no write waits for a second copy")
            .label(favors.span(), "asked for here")
            .help("write `replication=\"sync\"`, or `favors \"availability\"`"),
        );
    }
}
