//! `cached-private-response`: one user's answer, kept for the next.

use crate::check::support::routes;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "cached-private-response",
    group: "gateway",
    level: Level::Deny,
    docs: r#"
## What it finds

A route with `cache` that asks for a token: its answers may depend on who asks.

## Why it matters

A cache in front hands the answer of one user to the next.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    auth "jwt" issuer="https://id.shop.example/" audience="shop" jwks="https://id.shop.example/jwks.json"
    route "/me" to="accounts" { cache "60s" }
}
service "accounts" { build "services/accounts" }
```

## Instead

Keep only what is the same for everybody.

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    auth "jwt" issuer="https://id.shop.example/" audience="shop" jwks="https://id.shop.example/jwks.json"
    route "/me" to="accounts"
    route "/terms" to="accounts" { public; cache "1h" }
}
service "accounts" { build "services/accounts" }
```

## When to allow it

When every user gets the same answer and the token only proves that they are one.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for (gateway, route) in routes(plan) {
        let Some(cache) = route.cache.filter(|_| gateway.auth.is_some() && route.public.is_none()) else {
            continue;
        };
        let message = format!("answers of `{}` are kept for {}, whoever asks", route.path.value, cache.value);
        found.push(
            RULE.found(&route.at, message)
                .label(cache.span(), "kept for the next user too")
                .label(route.path.span(), "asks for a token")
                .help("remove `cache`, or write `public` if the answer is the same for everybody"),
        );
    }
}
