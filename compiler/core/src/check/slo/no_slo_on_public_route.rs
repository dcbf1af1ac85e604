//! `no-slo-on-public-route`: nobody said how good it must be.

use crate::check::support::routed;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-slo-on-public-route",
    group: "slo",
    level: Level::Warn,
    docs: r#"
## What it finds

A service that a route leads to and that promises nothing: no `slo`.

## Why it matters

Without an objective nothing can be alerted on, no canary judged, and no release held back.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/checkout" to="checkout" { public }
}
service "checkout" { build "services/checkout" }
```

## Instead

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/checkout" to="checkout" { public }
}
service "checkout" {
    build "services/checkout"
    slo availability="99.5%"
}
```

## When to allow it

For a service that is being tried out.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let routed = routed(plan);
    for service in plan.model.services.iter().filter(|service| service.slo.is_none()) {
        let name = &service.name.value;
        let Some(route) = routed.get(name.as_str()) else { continue };
        let path = &route.path.value;
        found.push(
            RULE.found(&service.at, format!("clients reach `{name}` by `{path}`, and it promises nothing"))
                .label(service.name.span(), "no `slo`")
                .label(route.path.span(), "clients come here")
                .help("write what it can hold: `slo availability=\"99.5%\"`"),
        );
    }
}
