//! `sync-call-in-saga`: a step that waits for a stranger.

use crate::check::{Found, Plan, Rule};
use crate::model::Step;
use bastide_report::finding::Level;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    name: "sync-call-in-saga",
    group: "messaging",
    level: Level::Warn,
    docs: r#"
## What it finds

A step of a saga that an event starts, or that a lead commands, whose service makes a hard call to a service that is no part of the saga.
The first step of a choreography answers a client and may ask whom it likes.

## Why it matters

The saga was made so that no step waits for another; now it is as slow and as often down as that callee, in the middle of a transaction.

## Example

```kdl bad
resource "events" type="kafka"
topic "order-placed" on="events" { key "orderId"; dead-letter after=5 }
topic "paid" on="events" { key "orderId"; outside }
topic "order-cancelled" on="events" { key "orderId"; outside }
topic "refunded" on="events" { key "orderId"; outside }
service "orders" { build "services/orders"; publishes "order-placed" "order-cancelled" }
service "payments" {
    build "services/payments"
    subscribes "order-placed" idempotent-by="eventId" emits="paid"
    publishes "paid" "refunded"
    calls "fraud" timeout="2s"
}
service "fraud" { build "services/fraud" }
saga "checkout" {
    step "place" service="orders" emits="order-placed" compensate="order-cancelled"
    step "pay" service="payments" on="order-placed" emits="paid" compensate="refunded"
}
```

## Instead

```kdl good
resource "events" type="kafka"
topic "order-placed" on="events" { key "orderId"; dead-letter after=5 }
topic "paid" on="events" { key "orderId"; outside }
topic "order-cancelled" on="events" { key "orderId"; outside }
topic "refunded" on="events" { key "orderId"; outside }
service "orders" { build "services/orders"; publishes "order-placed" "order-cancelled" }
service "payments" {
    build "services/payments"
    subscribes "order-placed" idempotent-by="eventId" emits="paid"
    publishes "paid" "refunded"
    calls "fraud" timeout="2s" soft=#true
}
service "fraud" { build "services/fraud" }
saga "checkout" {
    step "place" service="orders" emits="order-placed" compensate="order-cancelled"
    step "pay" service="payments" on="order-placed" emits="paid" compensate="refunded"
}
```

## When to allow it

When the call belongs to other work of that service, not to the step.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for saga in &plan.model.sagas {
        let members: BTreeSet<&str> = saga.steps.iter().map(|step| step.service.value.as_str()).collect();
        let mut told = BTreeSet::new();
        let inner = |step: &&Step| step.on.is_some() || saga.style == "orchestration";
        for step in saga.steps.iter().filter(inner).filter(|step| told.insert(step.service.value.as_str())) {
            let Some(service) = plan.model.service(&step.service.value) else { continue };
            let hard =
                service.calls.iter().filter(|call| !call.soft && !members.contains(call.to.value.as_str()));
            for call in hard.filter(|call| plan.model.service(&call.to.value).is_some()) {
                let (name, to) = (&service.name.value, &call.to.value);
                found.push(
                    RULE.found(
                        &saga.at,
                        format!(
                            "step `{}` of `{}` waits for `{to}`, which is no part of it",
                            step.name.value, saga.name.value
                        ),
                    )
                    .label(call.to.span(), format!("`{name}` cannot do without it"))
                    .label(step.name.span(), "the step")
                    .help(format!(
                        "make it a step of its own with an event, or write `soft=#true` for `{to}`"
                    )),
                );
            }
        }
    }
}
