//! `public-route-without-auth`: open to everybody, and nobody said so.

use crate::check::support::routes;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "public-route-without-auth",
    group: "gateway",
    level: Level::Deny,
    docs: r#"
## What it finds

A route of a gateway without `auth` that does not say `public`.

## Why it matters

Routes are meant to be closed unless they say otherwise, and a gateway without `auth` has nothing to close them with.
Broken authentication is second in the OWASP list of API risks.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/orders" to="orders"
}
service "orders" { build "services/orders" }
```

## Instead

Say who may come in, or that everybody may.

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    auth "jwt" issuer="https://id.shop.example/" audience="shop" jwks="https://id.shop.example/jwks.json"
    route "/orders" to="orders"
    route "/catalog" to="orders" { public }
}
service "orders" { build "services/orders" }
```

## When to allow it

When something in front of the gateway checks tokens.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for (gateway, route) in routes(plan) {
        if gateway.auth.is_some() || route.public.is_some() || route.redirect.is_some() {
            continue;
        }
        let message = format!(
            "anybody may call `{}`: gateway `{}` asks for no token",
            route.path.value, gateway.name.value
        );
        found.push(
            RULE.found(&route.at, message)
                .label(route.path.span(), "does not say `public`")
                .label(gateway.name.span(), "has no `auth`")
                .help("write `auth \"jwt\" …` in the gateway, or `public` in the route"),
        );
    }
}
