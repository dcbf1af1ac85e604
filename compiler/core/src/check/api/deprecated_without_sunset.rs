//! `deprecated-without-sunset`: told to go, not told when.

use crate::check::{Found, Plan, Rule};
use crate::model::service::{Api, ApiVersion};
use bastide_report::finding::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "deprecated-without-sunset",
    group: "api",
    level: Level::Deny,
    docs: r#"
## What it finds

A version that is deprecated without a day of sunset, or whose sunset lies before its deprecation.

## Why it matters

Clients plan by the `Sunset` header.
Without it they wait, and the old version runs for ever.

## Example

```kdl bad
service "users" {
    build "services/users"
    api "users" {
        version "2.0.0"
        version "1.4.0" deprecated="2026-09-01"
    }
}
```

## Instead

```kdl good
service "users" {
    build "services/users"
    api "users" {
        version "2.0.0"
        version "1.4.0" deprecated="2026-09-01" sunset="2027-03-01"
    }
}
```

## When to allow it

When the day is being negotiated, with `until` the day it must be known.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        for api in &service.apis {
            found.extend(api.versions.iter().filter_map(|it| finding(&service.name.value, api, it)));
        }
    }
}

fn finding(service: &str, api: &Api, it: &ApiVersion) -> Option<Found> {
    let deprecated = it.deprecated?;
    let (name, version) = (&api.name.value, &it.version.value);
    let whose = if name == service { format!("`{name}`") } else { format!("`{name}` of `{service}`") };
    match it.sunset {
        None => Some(
            RULE.found(
                &it.at,
                format!("{whose} {version} is deprecated, and nothing says until when it is there"),
            )
            .label(deprecated.span(), "clients are told to move from this day")
            .help("write `sunset=\"…\"`: the day it is gone"),
        ),
        Some(sunset) if sunset.value < deprecated.value => Some(
            RULE.found(
                &it.at,
                format!(
                    "{whose} {version} is gone on {} and deprecated only on {}",
                    sunset.value, deprecated.value
                ),
            )
            .label(sunset.span(), "gone from this day")
            .label(deprecated.span(), "clients are told to move from this day")
            .help("let the sunset be later than the deprecation"),
        ),
        Some(_) => None,
    }
}
