//! `retry-hides-errors`: measured where nobody stands.

use super::support::{routes, written};
use super::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "retry-hides-errors",
    group: "slo",
    level: Level::Info,
    docs: r#"
## What it finds

A service with a promise of availability behind a route with `retries`: its objective counts every try, its clients see only the last.

## Why it matters

The objective is missed while clients see nothing, or an outage of one instance pages somebody although each request was answered at the second try.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/catalog" to="catalog" { public; timeout "2s"; retries 2 }
}
service "catalog" {
    build "services/catalog"
    slo availability="99.9%"
}
```

## Instead

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/catalog" to="catalog" { public; timeout "2s"; retries 0 }
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
    for (_, route) in routes(plan) {
        let (Some(to), Some(retries)) = (&route.to, &route.retries) else { continue };
        let promise = plan.model.service(&to.value).and_then(|it| it.slo.as_ref()?.availability);
        let Some(promise) = promise.filter(|_| retries.value > 0 && written(retries)) else { continue };
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
