//! `unversioned-public-api`: no way to ever change it.

use crate::check::support::routed;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unversioned-public-api",
    group: "api",
    level: Level::Deny,
    docs: r#"
## What it finds

An api with a contract, behind a route, that says no `version`.

## Why it matters

The first change that breaks clients has no number to announce it and no place to live beside the old one.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    body-limit "1Mi"
    route "/orders" to="orders" { public }
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.openapi.yaml"
    slo availability="99%"
}
```

## Instead

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    body-limit "1Mi"
    route "/orders" to="orders" { public }
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.openapi.yaml" { version "1.0.0" }
    slo availability="99%"
}
```

## When to allow it

For an api that is only served to pages of the same release.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let routed = routed(plan);
    for service in &plan.model.services {
        let Some(route) = routed.get(service.name.value.as_str()) else { continue };
        for api in service.apis.iter().filter(|api| api.versions.is_empty() && api.contract.is_some()) {
            let name = &api.name.value;
            found.push(
                RULE.found(&api.at, format!("clients reach `{name}`, which has no version"))
                    .label(api.name.span(), "no `version`")
                    .label(route.path.span(), "clients come here")
                    .help("write `version \"1.0.0\"` in it"),
            );
        }
    }
}
