//! `sunset-moved-earlier`: less time than was promised.

use crate::check::support::contracts::name;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sunset-moved-earlier",
    group: "api",
    level: Level::Deny,
    docs: r#"
## What it finds

A version whose day of sunset is earlier than it was.
Found with `check --against` or `--baseline`.

## Why it matters

Clients plan by the day they were told; a sunset may only move away.

## Example

```kdl before
service "billing" {
    build "services/billing"
    calls "orders" version="^2.0" timeout="300ms"
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "2.0.0"
        version "1.4.2" contract="contracts/orders-v1.graphql" deprecated="2026-12-01" sunset="2027-09-01"
    }
}
```

```graphql before contracts/orders.graphql
type Query { order(id: ID!): Order }
type Order { id: ID! }
```

```graphql before contracts/orders-v1.graphql
type Query { order(id: ID!): Order }
type Order { id: ID! email: String! }
```

```kdl bad
service "billing" {
    build "services/billing"
    calls "orders" version="^2.0" timeout="300ms"
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "2.0.0"
        version "1.4.2" contract="contracts/orders-v1.graphql" deprecated="2026-12-01" sunset="2027-07-01"
    }
}
```

```graphql contracts/orders.graphql
type Query { order(id: ID!): Order }
type Order { id: ID! }
```

```graphql contracts/orders-v1.graphql
type Query { order(id: ID!): Order }
type Order { id: ID! email: String! }
```

## Instead

```kdl good
service "billing" {
    build "services/billing"
    calls "orders" version="^2.0" timeout="300ms"
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "2.0.0"
        version "1.4.2" contract="contracts/orders-v1.graphql" deprecated="2026-12-01" sunset="2027-10-01"
    }
}
```

## When to allow it

When every client was asked.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for step in &plan.gate.steps {
        let same = step.was.and_then(|was| was.versions.iter().find(|it| it.semver == step.version.semver));
        let Some((old, new)) = same.and_then(|it| it.sunset).zip(step.version.sunset) else { continue };
        if new.value >= old.value {
            continue;
        }
        let (whom, version) = (name(step.service, step.api), &step.version.version.value);
        found.push(
            RULE.found(
                &step.version.at,
                format!("{whom} {version} is gone on {}, and {} was promised", new.value, old.value),
            )
            .label(new.span(), "earlier than it was")
            .label(old.span(), "as it was")
            .edit(new.span(), format!("\"{}\"", old.value))
            .help(format!("write `sunset=\"{}\"` (`--fix` does), or a later day", old.value)),
        );
    }
}
