//! `removed-before-sunset`: gone before the day it was promised until.

use crate::check::support::contracts::{callers, name};
use crate::check::support::listed;
use crate::check::{Found, Plan, Rule};
use crate::contract::gate::Gone;
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "removed-before-sunset",
    group: "api",
    level: Level::Deny,
    docs: r#"
## What it finds

A version of an api that the plan no longer has, before its day of sunset came, or without one.
Found with `check --against` or `--baseline`; the day is that of `--today`, and without it no day has come.
What nobody calls and no route leads to may go at any time.

## Why it matters

Clients plan by the day they were told.

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
        version "1.4.2" contract="contracts/orders-v1.graphql" deprecated="2026-12-01" sunset="2027-07-01"
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
    }
}
```

```graphql contracts/orders.graphql
type Query { order(id: ID!): Order }
type Order { id: ID! }
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
        version "1.4.2" contract="contracts/orders-v1.graphql" deprecated="2026-12-01" sunset="2027-07-01"
    }
}
```

```graphql contracts/orders-v1.graphql
type Query { order(id: ID!): Order }
type Order { id: ID! email: String! }
```

## When to allow it

When every client was asked and has moved.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    found.extend(plan.gate.gone.iter().filter_map(|gone| finding(plan, gone)));
}

fn finding(plan: &Plan<'_>, gone: &Gone<'_>) -> Option<Found> {
    let version = gone.version;
    let past = version.sunset.is_some_and(|at| plan.model.today.is_some_and(|today| at.value <= today));
    let unstable = !version.semver.pre.is_empty() || gone.api.stability == "alpha";
    if past || unstable || !reached(plan, gone) {
        return None;
    }
    let whom = name(gone.service, gone.api);
    let (number, path) = (&version.version.value, &gone.api.at);
    let (why, help) = match version.sunset {
        Some(at) => (
            format!("before its sunset on {}", at.value),
            format!("keep it until {}, or say with `--today` that the day has come", at.value),
        ),
        None => (
            "and nobody was told".to_string(),
            format!(
                "keep `version \"{number}\"` with its contract, `deprecated=` and a `sunset=`, and remove it after that day"
            ),
        ),
    };
    let mut found = RULE.found(path, format!("{whom} {number} is gone, {why}"));
    let place = gone.api_now.map(|api| api.name.span()).or(gone.now.map(|service| service.name.span()));
    found = found.label(place.unwrap_or(version.version.span()), "no longer has it");
    if let Some(at) = version.sunset.filter(|_| place.is_some()) {
        found = found.label(at.span(), "was promised until this day");
    } else if place.is_some() {
        found = found.label(version.version.span(), "was there");
    }
    let left = gone.api_now.map(|api| callers(plan, api)).unwrap_or_default();
    let asks = |call: &crate::model::service::Call| {
        call.range.as_ref().is_some_and(|it| it.matches(&version.semver))
    };
    let left: Vec<&str> =
        left.iter().filter(|(_, call)| asks(call)).map(|(service, _)| service.name.value.as_str()).collect();
    let who = if left.is_empty() { String::new() } else { format!("; {} still asks for it", listed(&left)) };
    Some(found.help(format!("{help}{who}")))
}

/// Whether somebody could get there: a caller or a route of the old plan.
fn reached(plan: &Plan<'_>, gone: &Gone<'_>) -> bool {
    let Some(before) = plan.before else { return false };
    let name = &gone.service.name.value;
    let called = before.services.iter().flat_map(|it| &it.calls).any(|call| call.to.value == *name);
    let routes = before.gateways.iter().filter(|it| !it.out).flat_map(|it| &it.routes);
    let parts = |route: &crate::model::gateway::Route| {
        let parts = route.aggregate.iter().flat_map(|it| it.parts.iter().map(|part| &part.from.value));
        parts.chain(route.to.iter().map(|to| &to.value)).any(|to| to == name)
    };
    called || routes.into_iter().any(parts)
}
