//! `topic-without-producer`: waiting for what nobody says.

use crate::check::support::channels::ends;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "topic-without-producer",
    group: "messaging",
    level: Level::Deny,
    docs: r#"
## What it finds

A topic or queue that somebody reads and nobody in the spec writes, and that is not marked `outside`.

## Why it matters

Its readers wait for ever, and nothing about them looks broken.

## Example

```kdl bad
resource "events" type="kafka"
topic "stock-low" on="events" { dead-letter after=5 }
service "purchasing" {
    build "services/purchasing"
    subscribes "stock-low" idempotent-by="eventId"
}
```

## Instead

```kdl good
resource "events" type="kafka"
topic "stock-low" on="events" { dead-letter after=5 }
service "purchasing" {
    build "services/purchasing"
    subscribes "stock-low" idempotent-by="eventId"
}
service "warehouse" {
    build "services/warehouse"
    publishes "stock-low"
}
```

## When to allow it

While the writer is being built; if it is not part of the spec, `outside` says so.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let ends = ends(plan);
    for topic in plan.model.topics.iter().filter(|topic| !topic.outside) {
        let Some(ends) = ends.get(topic.name.value.as_str()) else { continue };
        if !ends.writers.is_empty() || ends.readers.is_empty() {
            continue;
        }
        let (name, kind) = (&topic.name.value, if topic.queue { "queue" } else { "topic" });
        let verb = if topic.queue { "sends" } else { "publishes" };
        let mut finding = RULE.found(&topic.at, format!("nobody writes {kind} `{name}`"));
        finding = finding.label(topic.name.span(), "written by nobody");
        for (service, edge) in ends.readers.iter().take(8) {
            finding = finding.label(edge.topic.span(), format!("`{}` waits for it", service.name.value));
        }
        found.push(
            finding.help(format!("write `{verb} \"{name}\"` in its writer, or `outside` in the {kind}")),
        );
    }
}
