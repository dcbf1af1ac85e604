//! `internal-exposed`: a way in to what should have none.

use crate::check::support::routes;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "internal-exposed",
    group: "gateway",
    level: Level::Warn,
    docs: r#"
## What it finds

A route, or a part or share of one, that leads to a service marked `internal`.

## Why it matters

The mark says that the service trusts its callers.
Clients are not among those it was written for.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/ledger" to="ledger" { public }
}
service "ledger" {
    build "services/ledger"
    internal
}
```

## Instead

Let a service that is made for clients ask it.

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/statements" to="statements" { public }
}
service "statements" {
    build "services/statements"
    calls "ledger" timeout="300ms"
}
service "ledger" {
    build "services/ledger"
    internal
}
```

## When to allow it

For a route that `require`s a claim only staff has, while a service for it is written.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for (gateway, route) in routes(plan) {
        let parts = route.aggregate.iter().flat_map(|it| it.parts.iter().map(|part| &part.from));
        let shares = route.split.iter().map(|(to, _)| to);
        for to in route.to.iter().chain(parts).chain(shares) {
            let Some(mark) = plan.model.service(&to.value).and_then(|service| service.internal) else {
                continue;
            };
            let message =
                format!("gateway `{}` leads to `{}`, which is internal", gateway.name.value, to.value);
            found.push(
                RULE.found(&route.at, message)
                    .label(to.span(), format!("reached by `{}`", route.path.value))
                    .label(mark.span(), "marked here")
                    .help("remove the route, or the mark"),
            );
        }
    }
}
