//! `unbounded-queue`: as long as the broker holds.

use crate::check::{Found, Plan, Rule};
use crate::report::{Level, Spot};

/// The rule.
pub const RULE: Rule = Rule {
    name: "unbounded-queue",
    group: "messaging",
    level: Level::Warn,
    docs: r#"
## What it finds

A queue without `max-length`.

## Why it matters

When its reader stops, it grows until the broker runs out of memory, and then all queues of that broker stop.

## Example

```kdl bad
resource "jobs" type="rabbitmq"
queue "emails" on="jobs" { dead-letter after=5 }
service "receipts" { build "services/receipts"; sends "emails" }
service "mailer" { build "services/mailer"; receives "emails" idempotent-by="messageId" }
```

## Instead

```kdl good
resource "jobs" type="rabbitmq"
queue "emails" on="jobs" { max-length 100000; dead-letter after=5 }
service "receipts" { build "services/receipts"; sends "emails" }
service "mailer" { build "services/mailer"; receives "emails" idempotent-by="messageId" }
```

## When to allow it

When the broker limits its queues by a policy of its own.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for queue in plan.model.topics.iter().filter(|it| it.queue && it.max_length.is_none()) {
        let name = &queue.name.value;
        found.push(
            RULE.found(&queue.at, format!("`{name}` may grow until its broker is full"))
                .label(queue.name.span(), "no `max-length`")
                .edit_at(queue.name.span(), Spot::Child("max-length", ""), "100000")
                .help(format!("write `max-length 100000` in `{name}`: beyond it, senders wait")),
        );
    }
}
