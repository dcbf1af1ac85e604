//! `routed-past-sunset`: a way to what should be gone.

use crate::check::support::contracts::name;
use crate::check::support::routes;
use crate::check::support::versions::served;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "routed-past-sunset",
    group: "api",
    level: Level::Deny,
    docs: r#"
## What it finds

A version that a route leads to although its day of sunset has come. The day is that of `--today`.

## Why it matters

Clients were told that it is gone, and those that did not listen never learn it.

## Example

```kdl bad
gateway "public" {
    host "shop.example"
    tls issuer="letsencrypt"
    versions in="path"
    limit "100/s"
    route "/orders" to="orders" { public }
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "2.0.0"
        version "1.4.2" deprecated="2026-05-01" sunset="2026-12-01"
    }
}
```

## Instead

```kdl good
gateway "public" {
    host "shop.example"
    tls issuer="letsencrypt"
    versions in="path"
    limit "100/s"
    route "/orders" to="orders" { public }
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "2.0.0"
    }
}
```

## When to allow it

While the last clients move, with `until`.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let Some(today) = plan.model.today else { return };
    for service in &plan.model.services {
        for api in &service.apis {
            for it in served(api) {
                let Some(sunset) = it.sunset.filter(|at| at.value <= today) else { continue };
                let leads = |route: &crate::model::gateway::Route| {
                    let range =
                        route.version.as_ref().and_then(|at| bastide_report::version::range(&at.value));
                    route.to.as_ref().is_some_and(|to| to.value == service.name.value)
                        && route.api.as_ref().is_none_or(|at| at.value == api.name.value)
                        && range.is_none_or(|range| range.matches(&it.semver))
                };
                let Some((_, route)) = routes(plan).find(|(_, route)| leads(route)) else { continue };
                let (whom, version) = (name(service, api), &it.version.value);
                found.push(
                    RULE.found(
                        &it.at,
                        format!(
                            "{whom} {version} is past its sunset, and `{}` leads to it",
                            route.path.value
                        ),
                    )
                    .label(sunset.span(), "this day has come")
                    .label(route.path.span(), "leads to it")
                    .help(format!("remove `version \"{version}\"`, or move its sunset and tell the clients")),
                );
            }
        }
    }
}
