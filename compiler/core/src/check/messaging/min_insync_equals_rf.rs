//! `min-insync-equals-rf`: one broker down, and nobody can write.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "min-insync-equals-rf",
    group: "messaging",
    level: Level::Deny,
    docs: r#"
## What it finds

A topic whose `in-sync` copies are as many as all its `replicas`, or more.

## Why it matters

Every write waits for all copies. While one broker restarts, and they all do for an upgrade, nothing can be written.

## Example

```kdl bad
resource "events" type="kafka" { replicas 3 }
topic "order-placed" on="events" { replicas 3 in-sync=3; dead-letter after=5 }
service "orders" { build "services/orders"; publishes "order-placed" }
service "mailer" { build "services/mailer"; subscribes "order-placed" idempotent-by="eventId" }
```

## Instead

Two of three survive the loss of one, and so do the writes.

```kdl good
resource "events" type="kafka" { replicas 3 }
topic "order-placed" on="events" { replicas 3 in-sync=2; dead-letter after=5 }
service "orders" { build "services/orders"; publishes "order-placed" }
service "mailer" { build "services/mailer"; subscribes "order-placed" idempotent-by="eventId" }
```

## When to allow it

Never: one copy less loses nothing that was acknowledged.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for topic in &plan.model.topics {
        let (Some(copies), Some(needed)) = (topic.replicas, topic.in_sync) else { continue };
        if needed.value < copies.value || copies.value < 2 {
            continue;
        }
        let message =
            format!("writes to `{}` stop when one of its {} copies is away", topic.name.value, copies.value);
        found.push(
            RULE.found(&topic.at, message)
                .label(needed.span(), format!("{} must have each message", needed.value))
                .label(copies.span(), format!("of {}", copies.value))
                .edit(needed.span(), (copies.value - 1).to_string())
                .help(format!("write `in-sync={}`", copies.value - 1)),
        );
    }
}
