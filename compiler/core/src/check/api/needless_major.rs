//! `needless-major`: a number that says more than it means.

use crate::check::support::contracts::name;
use crate::check::{Found, Plan, Rule};
use crate::contract::Bump;
use crate::report::Level;
use crate::version::{line, next};

/// The rule.
pub const RULE: Rule = Rule {
    name: "needless-major",
    group: "api",
    level: Level::Info,
    docs: r#"
## What it finds

A new major version of an api whose contract breaks nobody who used the one before.
Found with `check --against` or `--baseline`.

## Why it matters

Every client has to ask for the new range, read what changed, and test; the old major runs beside the new one until its sunset.

## Example

```kdl before
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "1.4.2"
    }
}
```

```graphql before contracts/orders.graphql
type Query { order(id: ID!): Order }
type Order { id: ID! email: String! }
```

```kdl bad
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "2.0.0"
        version "1.4.2" contract="contracts/orders-v1.graphql" deprecated="2027-01-01" sunset="2027-07-01"
    }
}
```

```graphql contracts/orders.graphql
type Query { order(id: ID!): Order }
type Order { id: ID! email: String! note: String }
```

```graphql contracts/orders-v1.graphql
type Query { order(id: ID!): Order }
type Order { id: ID! email: String! }
```

## Instead

```kdl good
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "1.5.0"
    }
}
```

## When to allow it

When it behaves in another way that the contract does not say.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for step in plan.gate.steps.iter().filter(|it| it.required() < Bump::Major) {
        let looked = step.comparison.is_some_and(|it| it.looked());
        let Some(before) = step.before.filter(|it| looked && it.semver.pre.is_empty()) else { continue };
        let (old, new) = (&before.semver, &step.version.semver);
        // Going to 1.0.0 is a promise of its own.
        if old.major == 0 || !new.pre.is_empty() || line(old) == line(new) || new < old {
            continue;
        }
        let (whom, enough) = (name(step.service, step.api), next(old, step.required()));
        found.push(
            RULE.found(&step.version.at, format!("{whom} {new} breaks nobody who used {old}"))
                .label(step.version.version.span(), format!("{enough} is enough"))
                .help(format!("write `version \"{enough}\"`, unless it behaves in another way")),
        );
    }
}
