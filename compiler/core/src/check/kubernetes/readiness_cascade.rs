//! `readiness-cascade`: one is down, so all are.

use crate::check::topology::start_order_cycle::circles;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "readiness-cascade",
    group: "kubernetes",
    level: Level::Warn,
    docs: r#"
## What it finds

A service whose readiness asks another service or an external (`health { asks … }`). A circle of such questions is a `start-order-cycle`.

## Why it matters

When the callee is down, every instance of the caller is taken out of service too, and with it everything that could have been answered.

## Example

```kdl bad
service "web" {
    build "services/web"
    calls "users" timeout="300ms"
    health { asks "users" }
}
service "users" { build "services/users" }
```

## Instead

```kdl good
service "web" {
    build "services/web"
    calls "users" timeout="300ms"
}
service "users" { build "services/users" }
```

## When to allow it

For a proxy that has nothing to say without its callee.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let circles = circles(plan);
    for service in &plan.model.services {
        let name = &service.name.value;
        let other = |at: &&crate::tree::At<String>| plan.model.resource(&at.value).is_none();
        for to in service.run.health.asks.iter().filter(other) {
            if circles.contains(&(name.as_str(), to.value.as_str())) {
                continue;
            }
            found.push(
                RULE.found(&service.at, format!("`{name}` is not ready while `{}` is down", to.value))
                    .label(to.span(), "asked before it is ready")
                    .help(format!(
                        "remove `asks \"{}\"` and answer what can be answered without it",
                        to.value
                    )),
            );
        }
    }
}
