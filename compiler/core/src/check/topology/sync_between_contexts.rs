//! `sync-between-contexts`: asked for what was told already.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sync-between-contexts",
    group: "topology",
    level: Level::Info,
    docs: r#"
## What it finds

A call between services of different `context`s whose callee also announces events: what is asked for may be told already.

## Why it matters

The caller is down whenever the callee is, though an event could have carried the fact before it was needed.

## Example

```kdl bad
resource "events" type="kafka"
topic "order-placed" on="events" { key "orderId"; outside }
service "orders" {
    build "services/orders"
    context "ordering"
    publishes "order-placed"
}
service "shipping" {
    build "services/shipping"
    context "delivery"
    calls "orders" timeout="300ms"
}
```

## Instead

```kdl good
resource "events" type="kafka"
topic "order-placed" on="events" { key "orderId"; dead-letter after=5 }
service "orders" {
    build "services/orders"
    context "ordering"
    publishes "order-placed"
}
service "shipping" {
    build "services/shipping"
    context "delivery"
    subscribes "order-placed" idempotent-by="eventId"
}
```

## When to allow it

Where the answer must be of this very moment.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        let Some(own) = &service.context else { continue };
        for call in service.calls.iter().filter(|call| !call.soft) {
            let Some(callee) = plan.model.service(&call.to.value) else { continue };
            let Some(other) = callee.context.as_ref().filter(|at| at.value != own.value) else { continue };
            let Some(event) = callee.publishes.first() else { continue };
            let (name, to, topic) = (&service.name.value, &callee.name.value, &event.topic.value);
            found.push(
                RULE.found(
                    &call.at,
                    format!(
                        "`{name}` ({}) waits for `{to}` ({}), which announces `{topic}`",
                        own.value, other.value
                    ),
                )
                .label(call.to.span(), "asked for across contexts")
                .label(event.topic.span(), "told here")
                .help(format!(
                    "write `subscribes \"{topic}\"` in `{name}` and keep what it needs, or `soft=#true`"
                )),
            );
        }
    }
}
