//! `too-many-versions`: each living version is a service.

use crate::check::support::contracts::{callers, name};
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// Versions that may run without a word.
const MOST: usize = 4;

/// The rule.
pub const RULE: Rule = Rule {
    name: "too-many-versions",
    group: "api",
    level: Level::Warn,
    docs: r#"
## What it finds

An api with `strategy="point-to-point"` of which more than four versions run.

## Why it matters

Each version is built, run, watched and mended by itself; the cost grows with their number, and so do the places for a fault.

## Example

```kdl bad
service "orders" {
    build "services/orders"
    api "orders" strategy="point-to-point" {
        version "1.4.0"
        version "1.3.0"
        version "1.2.0"
        version "1.1.0"
        version "1.0.0"
    }
}
```

## Instead

```kdl good
service "orders" {
    build "services/orders"
    api "orders" strategy="point-to-point" {
        version "1.4.0"
        version "1.3.0"
    }
}
```

## When to allow it

When clients pay for the version they are on.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        for api in
            service.apis.iter().filter(|api| api.strategy == "point-to-point" && api.versions.len() > MOST)
        {
            let callers = callers(plan, api);
            let bound = |it: &&crate::model::service::ApiVersion| {
                callers
                    .iter()
                    .any(|(_, call)| call.range.as_ref().is_none_or(|range| range.matches(&it.semver)))
            };
            let free: Vec<&str> =
                api.versions.iter().filter(|it| !bound(it)).map(|it| it.version.value.as_str()).collect();
            let help = match free.is_empty() {
                true => "move callers on, and say `sunset=` of the oldest".to_string(),
                false => format!("nothing in this plan asks for {}: say their `sunset=`", free.join(", ")),
            };
            found.push(
                RULE.found(&api.at, format!("{} versions of {} run", api.versions.len(), name(service, api)))
                    .label(api.name.span(), format!("each is a service of its own; {MOST} are plenty"))
                    .help(help),
            );
        }
    }
}
