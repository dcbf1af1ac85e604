//! `plaintext-public-listener`: read by everybody on the way.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "plaintext-public-listener",
    group: "gateway",
    level: Level::Deny,
    docs: r#"
## What it finds

On Kubernetes, a gateway for clients without `tls`.

## Why it matters

Tokens and data cross networks in clear text, and anybody on the way may change them.

## Example

```kdl bad
environment "prod" platform="kubernetes"
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/cart" to="cart" { public }
}
service "cart" { build "services/cart" }
```

## Instead

```kdl good
environment "prod" platform="kubernetes"
gateway "public" {
    host "api.shop.example"
    tls min="1.2" issuer="letsencrypt"
    limit "100/s"
    route "/cart" to="cart" { public }
}
service "cart" { build "services/cart" }
```

## When to allow it

When something in front of the gateway ends TLS.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    if plan.model.environment.platform != "kubernetes" {
        return;
    }
    for gateway in
        plan.model.gateways.iter().filter(|it| !it.out && it.tls.is_none() && !it.routes.is_empty())
    {
        let name = &gateway.name.value;
        found.push(
            RULE.found(&gateway.at, format!("clients talk to `{name}` in clear text"))
                .label(gateway.name.span(), "no `tls`")
                .help("write `tls min=\"1.2\" issuer=\"…\"` in the gateway"),
        );
    }
}
