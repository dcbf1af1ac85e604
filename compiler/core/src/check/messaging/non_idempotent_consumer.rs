//! `non-idempotent-consumer`: handled twice, done twice.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "non-idempotent-consumer",
    group: "messaging",
    level: Level::Deny,
    docs: r#"
## What it finds

A reader of a topic or queue that delivers at least once and that does not say by which field it tells a repetition.

## Why it matters

Every broker delivers a message again after a crash, a slow answer or a move of partitions.
Without a key to know it by, the mail goes out twice and the card is charged twice.

## Example

```kdl bad
resource "events" type="kafka"
topic "order-placed" on="events" { dead-letter after=5 }
service "orders" {
    build "services/orders"
    publishes "order-placed"
}
service "mailer" {
    build "services/mailer"
    subscribes "order-placed"
}
```

## Instead

```kdl good
resource "events" type="kafka"
topic "order-placed" on="events" { dead-letter after=5 }
service "orders" {
    build "services/orders"
    publishes "order-placed"
}
service "mailer" {
    build "services/mailer"
    subscribes "order-placed" idempotent-by="eventId"
}
```

## When to allow it

When handling a message twice changes nothing by its nature, such as overwriting a value with itself.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        for edge in service.subscribes.iter().filter(|edge| edge.idempotent_by.is_none()) {
            let Some(topic) = plan.model.topic(&edge.topic.value) else { continue };
            if topic.delivery.value != "at-least-once" {
                continue;
            }
            let (name, reader) = (&topic.name.value, &service.name.value);
            found.push(
                RULE.found(
                    &edge.at,
                    format!("`{reader}` cannot tell when `{name}` delivers a message again"),
                )
                .label(edge.topic.span(), "delivered at least once")
                .help("write `idempotent-by=\"eventId\"`: the field that is the same in a repetition"),
            );
        }
    }
}
