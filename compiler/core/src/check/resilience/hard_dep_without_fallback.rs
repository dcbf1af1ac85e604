//! `hard-dep-without-fallback`: the important one hangs on the unimportant one.

use crate::check::support::behind_routes;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "hard-dep-without-fallback",
    group: "resilience",
    level: Level::Warn,
    docs: r#"
## What it finds

A service behind a route that cannot do without a service of a lower `tier` (1 is the highest).

## Why it matters

The core is then exactly as available as what nobody is woken up for.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/checkout" to="checkout" { public }
}
service "checkout" {
    build "services/checkout"
    tier 1
    calls "recommender" timeout="200ms"
}
service "recommender" { build "services/recommender"; tier 3 }
```

## Instead

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/checkout" to="checkout" { public }
}
service "checkout" {
    build "services/checkout"
    tier 1
    calls "recommender" timeout="200ms" soft=#true
}
service "recommender" { build "services/recommender"; tier 3 }
```

## When to allow it

When the tier of the callee is to be raised.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let behind = behind_routes(plan);
    for service in plan.model.services.iter().filter(|it| behind.contains(it.name.value.as_str())) {
        let Some(own) = service.tier else { continue };
        for call in service.calls.iter().filter(|call| !call.soft) {
            let Some(callee) = plan.model.service(&call.to.value) else { continue };
            let Some(tier) = callee.tier.filter(|tier| tier.value > own.value) else { continue };
            let (name, to) = (&service.name.value, &callee.name.value);
            found.push(
                RULE.found(
                    &call.at,
                    format!("`{name}` of tier {} cannot do without `{to}` of tier {}", own.value, tier.value),
                )
                .label(call.to.span(), "needed for every answer")
                .label(tier.span(), format!("tier {}", tier.value))
                .help(format!(
                    "write `soft=#true` and answer without `{to}`, or raise it: `tier {}`",
                    own.value
                )),
            );
        }
    }
}
