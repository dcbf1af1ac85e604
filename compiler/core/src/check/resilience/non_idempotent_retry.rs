//! `non-idempotent-retry`: trying again what must happen once.

use crate::check::support::place;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "non-idempotent-retry",
    group: "resilience",
    level: Level::Deny,
    docs: r#"
## What it finds

A call with `retries` that does not say it is idempotent.
Routes are never found: their retries are split by method, and POST and PATCH are only sent again if nothing was sent before.

## Why it matters

After a timeout nobody knows whether the callee did the work.
A second try then charges the card twice.

## Example

```kdl bad
service "checkout" {
    build "services/checkout"
    calls "payments" timeout="500ms" retries=2
}
service "payments" { build "services/payments" }
```

## Instead

Send a key with the request by which the callee knows a repetition, and say so; or do not try again.

```kdl good
service "checkout" {
    build "services/checkout"
    calls "payments" timeout="500ms" retries=2 idempotent=#true
}
service "payments" { build "services/payments" }
```

## When to allow it

Never: if the callee can take a request twice, `idempotent=#true` says it better.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        for call in service.calls.iter().filter(|call| !call.idempotent) {
            let Some(retries) = call.retries.filter(|at| at.value > 0) else { continue };
            let (from, to) = (&service.name.value, &call.to.value);
            let tries = times(retries.value + 1);
            let finding = RULE
                .found(&call.at, format!("`{from}` may send one request to `{to}` {tries}"))
                .label(place(&retries, call.to.span()), format!("sent again up to {}", times(retries.value)))
                .help("make the callee tell repetitions and write `idempotent=#true`, or write `retries=0`");
            found.push(finding);
        }
    }
}

fn times(count: i64) -> String {
    match count {
        1 => "once".into(),
        2 => "twice".into(),
        more => format!("{more} times"),
    }
}
