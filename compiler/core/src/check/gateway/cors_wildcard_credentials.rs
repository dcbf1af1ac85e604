//! `cors-wildcard-credentials`: every web page may read what a user may.

use crate::check::support::routes;
use crate::check::{Found, Plan, Rule};
use crate::model::gateway::Cors;
use bastide_report::finding::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "cors-wildcard-credentials",
    group: "gateway",
    level: Level::Deny,
    docs: r#"
## What it finds

`cors` that lets pages of any origin call with the user's cookies.

## Why it matters

Any page a user opens may then read the user's data here.
Browsers refuse `*` together with credentials, so engines answer with the caller's own origin: that is the same hole, and it works.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    cors origins="*" credentials=#true
    route "/cart" to="cart" { public }
}
service "cart" { build "services/cart" }
```

## Instead

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    cors origins="https://shop.example" credentials=#true
    route "/cart" to="cart" { public }
}
service "cart" { build "services/cart" }
```

## When to allow it

Never.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let gateways = plan.model.gateways.iter().filter_map(|it| it.cors.as_ref());
    let all = gateways.chain(routes(plan).filter_map(|(_, route)| route.cors.as_ref()));
    found.extend(all.filter(|cors| cors.credentials && cors.origins.iter().any(|it| it == "*")).map(finding));
}

fn finding(cors: &Cors) -> Found {
    RULE.found(&cors.at, "pages of any origin may call with the user's cookies")
        .label(cors.origin.span, "`origins=\"*\"` with `credentials=#true`")
        .help("name the origins: `origins=\"https://shop.example\"`, or remove `credentials`")
}
