//! `route-conflict`: the same requests, two destinations.

use crate::check::support::matches::{Claim, claims};
use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    name: "route-conflict",
    group: "gateway",
    level: Level::Deny,
    docs: r#"
## What it finds

Two routes of a gateway that match the same requests, neither more exactly than the other, and lead to different places.
Versions in the path count: `/orders` at version 2 is `/v2/orders`.
Two that ask for different headers, or different query parameters, are not compared: only a request that carries both would match both.

## Why it matters

Which one wins is decided by the order in a list, by age or by name, and each engine decides differently.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/orders" to="orders" { public }
    route "/orders" to="legacy" method="GET POST" { public }
    route "/orders" to="archive" method="GET" { public }
}
service "orders" { build "services/orders" }
service "legacy" { build "services/legacy" }
service "archive" { build "services/archive" }
```

## Instead

Tell them apart: by a longer path, a method, a header or a query parameter.

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/orders" to="orders" { public }
    route "/orders" to="legacy" method="POST" { public }
    route "/orders" to="archive" method="GET" { public }
}
service "orders" { build "services/orders" }
service "legacy" { build "services/legacy" }
service "archive" { build "services/archive" }
```

## When to allow it

Never: to send some requests elsewhere, a route has `split`.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for table in claims(plan) {
        let mut told = BTreeSet::new();
        for rivals in table.values().filter(|rivals| rivals.len() > 1) {
            let first = &rivals[0];
            for other in rivals[1..].iter().filter(|other| !first.same_place(other)) {
                if told.insert((first.item, other.item)) {
                    found.push(finding(first, other));
                }
            }
        }
    }
}

fn finding(first: &Claim<'_>, other: &Claim<'_>) -> Found {
    let message = format!("{} goes to {} and to {}", first.requests(), first.place(), other.place());
    RULE.found(&other.route.at, message)
        .label(other.route.path.span(), format!("to {}", other.place()))
        .label(first.route.path.span(), format!("to {}, which stands first", first.place()))
        .help("tell them apart by path, `method=`, `header=` or `query=`, or remove one")
}
