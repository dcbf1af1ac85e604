//! `schema-compat-none`: history nobody can read.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use crate::units::Duration;

/// Kept longer than this, several versions lie in the topic.
const LONG: Duration = Duration(30 * 86_400_000);

/// The rule.
pub const RULE: Rule = Rule {
    name: "schema-compat-none",
    group: "messaging",
    level: Level::Warn,
    docs: r#"
## What it finds

An event with a schema whose `compatibility` is `none`, or reaches only to the version before (no `-transitive`) on a topic that is compacted or keeps messages for more than 30 days.

## Why it matters

Old messages wait in the topic: a reader that begins at the start meets versions nobody compared with its own.

## Example

```kdl bad
resource "events" type="kafka"
topic "order-placed" on="events" {
    key "orderId"
    event "1.2.0" schema="contracts/order-placed.avsc" compatibility="none"
    dead-letter after=5
}
service "orders" { build "services/orders"; publishes "order-placed" }
service "billing" { build "services/billing"; subscribes "order-placed" idempotent-by="eventId" }
```

## Instead

```kdl good
resource "events" type="kafka"
topic "order-placed" on="events" {
    key "orderId"
    event "1.2.0" schema="contracts/order-placed.avsc" compatibility="backward"
    dead-letter after=5
}
service "orders" { build "services/orders"; publishes "order-placed" }
service "billing" { build "services/billing"; subscribes "order-placed" idempotent-by="eventId" }
```

## When to allow it

While nobody but its own team reads the topic.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for topic in &plan.model.topics {
        let history = topic.compact || topic.retention.value > LONG;
        for event in topic.events.iter().filter(|event| event.schema.is_some()) {
            let Some(mode) = &event.compatibility else { continue };
            let name = &topic.name.value;
            let (message, better) = match mode.value.as_str() {
                "none" => (
                    format!("nothing says who can still read `{name}` after a change"),
                    "backward".to_string(),
                ),
                near if history && !near.ends_with("-transitive") => (
                    format!("`{name}` keeps all its versions, and `{near}` compares only with the last"),
                    format!("{near}-transitive"),
                ),
                _ => continue,
            };
            found.push(
                RULE.found(&topic.at, message)
                    .label(mode.span(), format!("`{}`", mode.value))
                    .edit(mode.span(), format!("\"{better}\""))
                    .help(format!("write `compatibility=\"{better}\"`")),
            );
        }
    }
}
