//! `order-vs-parallel`: an order that its own retries break.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "order-vs-parallel",
    group: "messaging",
    level: Level::Deny,
    docs: r#"
## What it finds

A topic with a `key`, so that messages arrive in order, and a `retry` that is not `in-place`.

## Why it matters

A message that waits to be tried again is overtaken by later ones of its key: the order is cancelled before it is placed.

## Example

```kdl bad
resource "events" type="kafka"
topic "order-placed" on="events" { key "orderId"; retry delay="10s"; dead-letter after=5 }
service "orders" { build "services/orders"; publishes "order-placed" }
service "mailer" { build "services/mailer"; subscribes "order-placed" idempotent-by="eventId" }
```

## Instead

Let later messages of the key wait too, or give up the order.

```kdl good
resource "events" type="kafka"
topic "order-placed" on="events" { key "orderId"; retry delay="10s" in-place=#true; dead-letter after=5 }
service "orders" { build "services/orders"; publishes "order-placed" }
service "mailer" { build "services/mailer"; subscribes "order-placed" idempotent-by="eventId" }
```

## When to allow it

When the reader compares versions and drops what is old.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for topic in plan.model.topics.iter().filter(|topic| !topic.retry_in_place) {
        let (Some(key), Some(retry)) = (&topic.key, topic.retry) else { continue };
        let message = format!(
            "a message of `{}` that is tried again is overtaken by later ones of its `{}`",
            topic.name.value, key.value
        );
        found.push(
            RULE.found(&topic.at, message)
                .label(retry.span(), format!("waits {} aside", retry.value))
                .label(key.span(), "promises order")
                .help("write `in-place=#true` at `retry`, or remove `key`"),
        );
    }
}
