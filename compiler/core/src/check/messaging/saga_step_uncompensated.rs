//! `saga-step-uncompensated`: a step nobody can take back.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "saga-step-uncompensated",
    group: "messaging",
    level: Level::Deny,
    docs: r#"
## What it finds

A step of a saga without `compensate`, before the step marked `pivot`; without a pivot, before the last.

## Why it matters

If a later step fails, the saga can go neither forward nor back: stock stays reserved, money stays held.

## Example

```kdl bad
resource "events" type="kafka"
topic "stock-reserved" on="events" { dead-letter after=5 }
topic "order-paid" on="events" { outside }
service "stock" {
    build "services/stock"
    publishes "stock-reserved"
}
service "payments" {
    build "services/payments"
    subscribes "stock-reserved" idempotent-by="eventId" emits="order-paid"
}
saga "checkout" {
    step "reserve" service="stock" emits="stock-reserved"
    step "pay" service="payments" on="stock-reserved" emits="order-paid"
}
```

## Instead

```kdl good
resource "events" type="kafka"
topic "stock-reserved" on="events" { dead-letter after=5 }
topic "stock-released" on="events" { outside }
topic "order-paid" on="events" { outside }
service "stock" {
    build "services/stock"
    publishes "stock-reserved" "stock-released"
}
service "payments" {
    build "services/payments"
    subscribes "stock-reserved" idempotent-by="eventId" emits="order-paid"
}
saga "checkout" {
    step "reserve" service="stock" emits="stock-reserved" compensate="stock-released"
    step "pay" service="payments" on="stock-reserved" emits="order-paid"
}
```

## When to allow it

For a step that changes nothing, such as a check.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for saga in &plan.model.sagas {
        let pivot =
            saga.steps.iter().position(|step| step.pivot).unwrap_or(saga.steps.len().saturating_sub(1));
        let Some(after) = saga.steps.get(pivot) else { continue };
        for step in saga.steps[..pivot].iter().filter(|step| step.compensate.is_none()) {
            let (name, saga_name) = (&step.name.value, &saga.name.value);
            let message =
                format!("nothing takes back step `{name}` of saga `{saga_name}` when a later step fails");
            found.push(
                RULE.found(&saga.at, message)
                    .label(step.name.span(), "no `compensate`")
                    .label(after.name.span(), "may fail after it")
                    .help(format!(
                        "write `compensate=\"…\"`: the event by which `{}` takes it back",
                        step.service.value
                    )),
            );
        }
    }
}
