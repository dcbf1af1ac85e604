//! `keepalive-race`: both hang up at once.

use crate::check::support::routed;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use crate::units::Duration;

/// After this time the gateways close an idle connection to a service, as the targets write it.
const IDLE: Duration = Duration(30_000);

/// The rule.
pub const RULE: Rule = Rule {
    name: "keepalive-race",
    group: "resilience",
    level: Level::Warn,
    docs: r#"
## What it finds

An api whose `keep-alive` is not longer than the time after which the gateway closes an idle connection: 30 seconds.

## Why it matters

The service closes the connection while the gateway is sending the next request on it: a 502 that nobody can repeat.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/cart" to="cart" { public }
}
service "cart" {
    build "services/cart"
    api "cart" keep-alive="5s" { version "1.0.0" }
}
```

## Instead

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/cart" to="cart" { public }
}
service "cart" {
    build "services/cart"
    api "cart" keep-alive="75s" { version "1.0.0" }
}
```

## When to allow it

When the gateway repeats requests that met a closed connection and all of them are idempotent.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let routed = routed(plan);
    for service in plan.model.services.iter().filter(|it| routed.contains_key(it.name.value.as_str())) {
        for api in &service.apis {
            let Some(keep) = api.keep_alive.filter(|at| at.value <= IDLE) else { continue };
            let name = &service.name.value;
            found.push(
                RULE.found(
                    &api.at,
                    format!(
                        "`{name}` closes idle connections after {}, the gateway after {IDLE}",
                        keep.value
                    ),
                )
                .label(keep.span(), "closed here first")
                .edit(keep.span(), "\"75s\"")
                .help("let the service keep connections longer: `keep-alive=\"75s\"`"),
            );
        }
    }
}
