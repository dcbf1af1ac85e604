//! `no-retry-budget`: as many retries as there are failures.

use crate::check::support::written;
use crate::check::{Found, Plan, Rule};
use crate::report::{Level, Spot};

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-retry-budget",
    group: "resilience",
    level: Level::Info,
    docs: r#"
## What it finds

An idempotent call to a service or external with `retries` and no `budget`.
One that is not idempotent is a `non-idempotent-retry`.

## Why it matters

When everything fails, every request is repeated: the callee gets a multiple of its load in the moment it is down.
A budget ends retries when they are more than a share of all requests.

## Example

```kdl bad
service "web" {
    build "services/web"
    calls "catalog" timeout="200ms" retries=2 idempotent=#true
}
service "catalog" { build "services/catalog" }
```

## Instead

```kdl good
service "web" {
    build "services/web"
    calls "catalog" timeout="200ms" retries=2 idempotent=#true budget="20%"
}
service "catalog" { build "services/catalog" }
```

## When to allow it

When the client library keeps a budget by itself.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        for call in service.calls.iter().filter(|call| call.budget.is_none() && call.idempotent) {
            let Some(retries) = call.retries.filter(|at| at.value > 0 && written(at)) else { continue };
            let message = format!(
                "`{}` repeats requests to `{}` up to {} times, however many fail",
                service.name.value, call.to.value, retries.value
            );
            found.push(
                RULE.found(&call.at, message)
                    .label(retries.span(), format!("up to {} times the load in an outage", retries.value + 1))
                    .edit_at(retries.span(), Spot::Property("budget"), "\"20%\"")
                    .help("write `budget=\"20%\"`"),
            );
        }
    }
}
