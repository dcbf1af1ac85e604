//! `no-rate-limit-public`: as many requests as anybody likes.

use crate::check::support::routes;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-rate-limit-public",
    group: "gateway",
    level: Level::Warn,
    docs: r#"
## What it finds

A route that anybody may call, without a limit of its own or of its gateway.

## Why it matters

One client, by malice or by a bug, takes what all others need, and what it costs is yours.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    route "/login" to="accounts" { public }
}
service "accounts" { build "services/accounts" }
```

## Instead

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s" burst=50 by="client"
    route "/login" to="accounts" { public; limit "5/m" by="client" }
}
service "accounts" { build "services/accounts" }
```

## When to allow it

When something in front of the gateway limits clients.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for (gateway, route) in routes(plan) {
        let open = route.public.is_some() || gateway.auth.is_none();
        if !open || !route.limits.is_empty() || !gateway.limits.is_empty() || route.redirect.is_some() {
            continue;
        }
        let message = format!("anybody may call `{}` as often as they like", route.path.value);
        found.push(
            RULE.found(&route.at, message)
                .label(route.path.span(), "no `limit`, here or in the gateway")
                .help("write `limit \"100/s\" by=\"client\"` in the gateway"),
        );
    }
}
