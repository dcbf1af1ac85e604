//! `retry-hides-errors`: measured where nobody stands.

use crate::check::support::{routes, written};
use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    name: "retry-hides-errors",
    group: "slo",
    level: Level::Info,
    docs: r#"
## What it finds

A service with a promise of availability that is measured by its own pods, behind a route with `retries`: the objective counts every try, clients see only the last.
A routed HTTP service is measured at the gateway, whose counter has one answer for each request, the one that was sent: there nothing hides.
Calls of gRPC are counted in the service, since a gateway sees 200 where a call fails.

## Why it matters

The objective is missed while clients see nothing, or an outage of one instance pages somebody although each request was answered at the second try.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/shop.Pricing" to="pricing" { public; timeout "2s"; retries 2 }
}
service "pricing" {
    build "services/pricing"
    api "pricing" style="grpc" port=9090 { version "2.0.0" }
    slo availability="99.9%"
}
```

## Instead

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/shop.Pricing" to="pricing" { public; timeout "2s"; retries 0 }
    route "/catalog" to="catalog" { public; timeout "2s"; retries 2 }
}
service "pricing" {
    build "services/pricing"
    api "pricing" style="grpc" port=9090 { version "2.0.0" }
    slo availability="99.9%"
}
service "catalog" {
    build "services/catalog"
    slo availability="99.9%"
}
```

## When to allow it

When the objective is meant to count tries, so that it sees the faults retries cover up.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let objectives = plan.views.objectives.iter();
    let tries = objectives.filter(|it| it.kind == "availability" && it.measured == "server");
    let of_tries: BTreeSet<&str> = tries.map(|it| it.service.as_str()).collect();
    for (_, route) in routes(plan) {
        let (Some(to), Some(retries)) = (&route.to, &route.retries) else { continue };
        let promise = plan.model.service(&to.value).and_then(|it| it.slo.as_ref()?.availability);
        let Some(promise) = promise.filter(|_| retries.value > 0 && written(retries)) else { continue };
        if !of_tries.contains(to.value.as_str()) {
            continue;
        }
        let message = format!(
            "the objective of `{}` counts up to {} tries for one request",
            to.value,
            retries.value + 1
        );
        found.push(
            RULE.found(&route.at, message)
                .label(retries.span(), "clients see only the last try")
                .label(promise.span(), "measured in the service")
                .help(
                    "write `retries 0`, or keep in mind that the objective is stricter than what clients see",
                ),
        );
    }
}
