//! `version-went-down`: later is not less.

use crate::check::support::contracts::name;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use crate::version::{line, next};

/// The rule.
pub const RULE: Rule = Rule {
    name: "version-went-down",
    group: "api",
    level: Level::Deny,
    docs: r#"
## What it finds

A version of an api that is lower than the one it follows.
Found with `check --against` or `--baseline`.

## Why it matters

Clients that ask for `^1.4` got 1.4.2 yesterday and find nothing today.
Images and contracts of the lower number exist already, and are something else.

## Example

```kdl before
service "billing" {
    build "services/billing"
    calls "orders" version="^1.4" timeout="300ms"
}
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
service "billing" {
    build "services/billing"
    calls "orders" version="^1.3" timeout="300ms"
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "1.3.0"
    }
}
```

```graphql contracts/orders.graphql
type Query { order(id: ID!): Order }
type Order { id: ID! email: String! }
```

## Instead

```kdl good
service "billing" {
    build "services/billing"
    calls "orders" version="^1.3" timeout="300ms"
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "1.4.3"
    }
}
```

## When to allow it

When a release is taken back that nobody has seen.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for step in &plan.gate.steps {
        let heads = |it: &&crate::model::service::ApiVersion| line(&it.semver) == line(&step.version.semver);
        let newest = step.api.versions.iter().find(heads).is_some_and(|it| it.semver == step.version.semver);
        let Some(before) = step.before.filter(|it| newest && it.semver > step.version.semver) else {
            continue;
        };
        let (old, new) = (&before.version.value, &step.version.version.value);
        let whom = name(step.service, step.api);
        let least = next(&before.semver, step.required().max(bastide_report::version::Bump::Patch));
        let span = step.version.version.span();
        found.push(
            RULE.found(&step.version.at, format!("{whom} was {old} and is {new}"))
                .label(span, format!("less than {old}"))
                .edit(span, format!("\"{least}\""))
                .help(format!(
                    "write `version \"{least}\"` (`--fix` does), also for what takes a release back"
                )),
        );
    }
}
