//! `several-versions-in-knot`: a knot ties everybody to one version.

use crate::check::support::contracts::name;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "several-versions-in-knot",
    group: "api",
    level: Level::Deny,
    docs: r#"
## What it finds

An api with `strategy="knot"` and more than one version.

## Why it matters

With this strategy exactly one version runs, and every caller moves in the same change.
The other versions stand in the plan and run nowhere.

## Example

```kdl bad
service "orders" {
    build "services/orders"
    api "orders" strategy="knot" {
        version "2.0.0"
        version "1.4.2"
    }
}
```

## Instead

```kdl good
service "orders" {
    build "services/orders"
    api "orders" strategy="knot" {
        version "2.0.0"
    }
}
```

## When to allow it

Never: say another strategy.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        for api in service.apis.iter().filter(|api| api.strategy == "knot" && api.versions.len() > 1) {
            let newest = &api.versions[0].version;
            let mut it = RULE
                .found(
                    &api.at,
                    format!(
                        "{} is a knot of {} versions, and only {} runs",
                        name(service, api),
                        api.versions.len(),
                        newest.value
                    ),
                )
                .label(newest.span(), "runs");
            for other in api.versions.iter().skip(1) {
                it = it.label(other.version.span(), "runs nowhere");
            }
            found.push(it.help("remove the others, or say `strategy=\"compatible\"`, with which older majors run beside the newest"));
        }
    }
}
