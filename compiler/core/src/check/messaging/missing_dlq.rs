//! `missing-dlq`: no place for a message that cannot be handled.

use crate::check::support::channels::ends;
use crate::check::support::place;
use crate::check::{Found, Plan, Rule};
use crate::report::{Level, Spot};

/// The rule.
pub const RULE: Rule = Rule {
    name: "missing-dlq",
    group: "messaging",
    level: Level::Deny,
    docs: r#"
## What it finds

A topic or queue that is read, delivers until a message was handled, and has no `dead-letter`.

## Why it matters

A message its reader cannot handle comes back for ever and holds up all behind it, or, as in RabbitMQ 4 after 20 deliveries, is dropped in silence.

## Example

```kdl bad
resource "events" type="kafka"
topic "order-placed" on="events"
service "orders" {
    build "services/orders"
    publishes "order-placed"
}
service "mailer" {
    build "services/mailer"
    subscribes "order-placed" idempotent-by="eventId"
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

When the reader sets bad messages aside itself.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let ends = ends(plan);
    for topic in &plan.model.topics {
        let Some(ends) = ends.get(topic.name.value.as_str()) else { continue };
        if ends.readers.is_empty() || topic.dead_letter.is_some() || topic.delivery.value == "at-most-once" {
            continue;
        }
        let name = &topic.name.value;
        let message = format!("a message of `{name}` that cannot be handled has nowhere to go");
        let mut finding = RULE.found(&topic.at, message).label(
            place(&topic.delivery, topic.name.span()),
            format!("delivered {} and no `dead-letter`", topic.delivery.value),
        );
        for (service, edge) in ends.readers.iter().take(8) {
            finding = finding.label(edge.topic.span(), format!("`{}` reads it", service.name.value));
        }
        found.push(
            finding
                .edit_at(topic.name.span(), Spot::Child("dead-letter", "after"), "5")
                .help(format!("write `dead-letter after=5` in `{name}`")),
        );
    }
}
