//! `env-parity`: works here, breaks there.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "env-parity",
    group: "delivery",
    level: Level::Warn,
    docs: r#"
## What it finds

A resource that has another type or major version in one environment than in another.

## Why it matters

What was tested is not what runs: each database has its own idea of types, locks and time.

## Example

```kdl bad
environment "dev" platform="compose" {
    resource "orders-db" version="16"
}
environment "prod" platform="kubernetes"
resource "orders-db" type="postgres" version="17" { backup schedule="0 3 * * *" }
```

## Instead

```kdl good
environment "dev" platform="compose"
environment "prod" platform="kubernetes"
resource "orders-db" type="postgres" version="17" { backup schedule="0 3 * * *" }
```

## When to allow it

While an upgrade is on its way from one environment to the next.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let here = &plan.model.environment.name.value;
    // Each pair is told once, by the environment whose name comes first.
    for other in plan.others.iter().filter(|other| other.environment.name.value > *here) {
        for own in &plan.model.resources {
            let Some(their) = other.resource(&own.name.value) else { continue };
            if own.ty.value == their.ty.value && own.major == their.major {
                continue;
            }
            let there = &other.environment.name.value;
            let (mine, theirs) = (
                format!("{} {}", own.ty.value, own.version.value),
                format!("{} {}", their.ty.value, their.version.value),
            );
            let spans = match own.ty.value == their.ty.value {
                true => (
                    crate::check::support::place(&own.version, own.name.span()),
                    crate::check::support::place(&their.version, their.name.span()),
                ),
                false => (own.ty.span(), their.ty.span()),
            };
            found.push(
                RULE.found(
                    &own.at,
                    format!("`{}` is {mine} in `{here}` and {theirs} in `{there}`", own.name.value),
                )
                .label(spans.0, format!("in `{here}`"))
                .label(spans.1, format!("in `{there}`"))
                .help("let both environments have the same"),
            );
        }
    }
}
