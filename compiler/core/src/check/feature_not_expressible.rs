//! `feature-not-expressible`: asked of an engine that cannot say it.

use super::support::routes;
use super::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "feature-not-expressible",
    group: "gateway",
    level: Level::Warn,
    docs: r#"
## What it finds

A route that asks its gateway's engine for something the engine does not have.
Envoy joins no answers: `aggregate` has no native form there.

## Why it matters

A wish that is dropped in silence looks like one that is kept.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/home" {
        public
        aggregate {
            part "orders" from="orders" path="/orders/recent"
            part "featured" from="catalog" path="/catalog/featured"
        }
    }
}
service "orders" { build "services/orders" }
service "catalog" { build "services/catalog" }
```

## Instead

A small service of your own joins the answers.

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/home" to="home" { public }
}
service "home" {
    build "services/home"
    calls "orders" "catalog" timeout="300ms"
}
service "orders" { build "services/orders" }
service "catalog" { build "services/catalog" }
```

## When to allow it

When the program that the target puts beside the gateway to join answers is good enough for you.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for (gateway, route) in
        routes(plan).filter(|(gateway, route)| gateway.engine == "envoy" && route.aggregate.is_some())
    {
        let message = format!("{} cannot join answers, as `{}` asks of it", gateway.engine, route.path.value);
        found.push(
            RULE.found(&route.at, message)
                .label(route.path.span(), "an aggregate")
                .label(gateway.name.span(), format!("runs on {}", gateway.engine))
                .help("let a service of your own join the answers, and route to it"),
        );
    }
}
