//! `no-circuit-breaker`: asking somebody outside who does not answer.

use crate::check::{Found, Plan, Rule};
use crate::report::{Level, Spot};

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-circuit-breaker",
    group: "resilience",
    level: Level::Warn,
    docs: r#"
## What it finds

A call to an external with `breaker=#false`.

## Why it matters

Every request waits for the whole timeout while the external is down, and the waiting ones take the place of those that need nothing from it.

## Example

```kdl bad
external "stripe" url="https://api.stripe.com"
service "payments" {
    build "services/payments"
    calls "stripe" timeout="2s" breaker=#false
}
```

## Instead

A breaker is on unless it is taken away.

```kdl good
external "stripe" url="https://api.stripe.com"
service "payments" {
    build "services/payments"
    calls "stripe" timeout="2s"
}
```

## When to allow it

When the client library has a breaker of its own.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        for call in service.calls.iter().filter(|call| !call.breaker) {
            if plan.model.external(&call.to.value).is_none() {
                continue;
            }
            let (name, to) = (&service.name.value, &call.to.value);
            found.push(
                RULE.found(&call.at, format!("`{name}` goes on asking `{to}` while it is down"))
                    .label(call.to.span(), "`breaker=#false`")
                    .edit_at(call.to.span(), Spot::Without("breaker"), "")
                    .help("remove `breaker=#false`"),
            );
        }
    }
}
