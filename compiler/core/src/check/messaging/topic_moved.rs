//! `topic-moved`: the same topic, and another stream.

use crate::check::{Found, Plan, Rule};
use crate::model::messaging::Topic;
use bastide_report::finding::Level;
use bastide_report::version::{line, parse};

/// The rule.
pub const RULE: Rule = Rule {
    name: "topic-moved",
    group: "messaging",
    level: Level::Deny,
    docs: r#"
## What it finds

A topic with another `key` or another `address` than it had, whose newest event is of the same major version.
Found with `check --against` or `--baseline`.

## Why it matters

With another key, messages that were in order are so no longer: older ones of a key lie in another partition.
With another address, writers and readers meet in two places until all of them have moved.

## Example

```kdl before
service "orders" { build "services/orders"; publishes "order-placed" outbox=#true }
service "invoices" { build "services/invoices"; subscribes "order-placed" idempotent-by="order_id" }
resource "events" type="kafka" version="4.0"
topic "order-placed" on="events" {
    key "order_id"
    partitions 6
    dead-letter after=5
    event "1.0.0" schema="contracts/order-placed.proto" compatibility="backward"
}
```

```proto before contracts/order-placed.proto
syntax = "proto3";
package shop.v1;
message OrderPlaced { string order_id = 1; int32 total = 2; }
```

```kdl bad
service "orders" { build "services/orders"; publishes "order-placed" outbox=#true }
service "invoices" { build "services/invoices"; subscribes "order-placed" idempotent-by="order_id" }
resource "events" type="kafka" version="4.0"
topic "order-placed" on="events" {
    key "total"
    partitions 6
    dead-letter after=5
    event "1.0.0" schema="contracts/order-placed.proto" compatibility="backward"
}
```

```proto contracts/order-placed.proto
syntax = "proto3";
package shop.v1;
message OrderPlaced { string order_id = 1; int32 total = 2; }
```

## Instead

```kdl good
service "orders" { build "services/orders"; publishes "order-placed" outbox=#true }
service "invoices" { build "services/invoices"; subscribes "order-placed" idempotent-by="order_id" }
resource "events" type="kafka" version="4.0"
topic "order-placed" on="events" {
    key "order_id"
    partitions 6
    dead-letter after=5
    event "1.0.0" schema="contracts/order-placed.proto" compatibility="backward"
}
```

## When to allow it

When the topic is empty, or all that read and write it stand still meanwhile.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for topic in &plan.model.topics {
        let before =
            plan.before.and_then(|it| it.topics.iter().find(|was| was.name.value == topic.name.value));
        let Some(was) = before.filter(|was| major(was) == major(topic)) else { continue };
        let name = &topic.name.value;
        let keys = (was.key.as_ref().map(|it| &it.value), topic.key.as_ref().map(|it| &it.value));
        if let (Some(old), new) = keys
            && new != Some(old)
        {
            let span = topic.key.as_ref().map_or(topic.name.span(), |key| key.span());
            let is = new.map_or("nothing".into(), |key| format!("`{key}`"));
            found.push(
                RULE.found(&topic.at, format!("`{name}` was ordered by `{old}`, and now by {is}"))
                    .label(span, "older messages lie by another key")
                    .help(format!(
                        "keep `key \"{old}\"`, or publish on a topic of its own and let readers move"
                    )),
            );
        }
        if was.address != topic.address {
            found.push(
                RULE.found(
                    &topic.at,
                    format!("`{name}` was `{}` on the broker, and is `{}`", was.address, topic.address),
                )
                .label(topic.name.span(), "is another topic there")
                .help(format!(
                    "keep `address \"{}\"`, or make a topic of its own and let readers move",
                    was.address
                )),
            );
        }
    }
}

fn major(topic: &Topic) -> Option<(u64, u64)> {
    topic.events.iter().filter_map(|it| parse(&it.version.value)).max().map(|it| line(&it))
}
