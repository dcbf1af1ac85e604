//! `retention-below-rto`: gone before the reader is back.

use crate::check::support::place;
use crate::check::{Found, Plan, Rule};
use crate::model::messaging::Topic;
use crate::model::service::Service;
use crate::tree::At;
use bastide_report::finding::{Level, Spot};
use bastide_report::units::Duration;

/// The rule.
pub const RULE: Rule = Rule {
    name: "retention-below-rto",
    group: "messaging",
    level: Level::Warn,
    docs: r#"
## What it finds

A topic whose `retention` is shorter than the time the data of one of its readers may take to come back (`backup rto=`), or whose dead letters are kept for less time than its messages.

## Why it matters

After a restore the reader continues where it was, and the messages of the meantime are gone.

## Example

```kdl bad
resource "events" type="kafka"
topic "order-placed" on="events" { key "orderId"; retention "1h"; dead-letter after=5 }
resource "billing-db" type="postgres" { backup schedule="0 3 * * *" rto="4h" }
service "orders" { build "services/orders"; publishes "order-placed" }
service "billing" {
    build "services/billing"
    uses "billing-db"
    subscribes "order-placed" idempotent-by="eventId"
}
```

## Instead

```kdl good
resource "events" type="kafka"
topic "order-placed" on="events" { key "orderId"; retention "1d"; dead-letter after=5 }
resource "billing-db" type="postgres" { backup schedule="0 3 * * *" rto="4h" }
service "orders" { build "services/orders"; publishes "order-placed" }
service "billing" {
    build "services/billing"
    uses "billing-db"
    subscribes "order-placed" idempotent-by="eventId"
}
```

## When to allow it

When the reader can ask the writer for what it missed.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        let Some((store, rto)) = slowest(plan, service) else { continue };
        for read in &service.subscribes {
            let Some(topic) = plan.model.topic(&read.topic.value) else { continue };
            let kept = topic.retention;
            if topic.compact || kept.value >= rto.value {
                continue;
            }
            let message = format!(
                "`{store}` of `{}` may take {} to come back, `{}` keeps its messages for {}",
                service.name.value, rto.value, topic.name.value, kept.value
            );
            found.push(
                RULE.found(&topic.at, message)
                    .label(place(&kept, topic.name.span()), format!("gone after {}", kept.value))
                    .label(rto.span(), "back after this")
                    .write(
                        &kept,
                        topic.name.span(),
                        Spot::Child("retention", ""),
                        format!("\"{}\"", rto.value),
                    )
                    .help(format!("write `retention \"{}\"` or more", rto.value)),
            );
        }
    }
    plan.model.topics.iter().filter(|topic| !topic.compact).for_each(|topic| aside(topic, found));
}

/// The data of a service that takes longest to come back.
fn slowest<'m>(plan: &Plan<'m>, service: &Service) -> Option<(&'m str, At<Duration>)> {
    let stores = service.uses.iter().filter_map(|used| plan.model.resource(&used.resource.value));
    let times = stores.filter_map(|store| Some((store.name.value.as_str(), store.backup.as_ref()?.rto?)));
    times.max_by_key(|(_, rto)| rto.value)
}

/// What could not be handled must not vanish before what could.
fn aside(topic: &Topic, found: &mut Vec<Found>) {
    let Some(after) = topic.dead_letter.filter(|_| topic.dead_letter_retention < topic.retention.value)
    else {
        return;
    };
    let (kept, aside) = (topic.retention.value, topic.dead_letter_retention);
    found.push(
        RULE.found(
            &topic.at,
            format!("dead letters of `{}` are kept for {aside}, its messages for {kept}", topic.name.value),
        )
        .label(after.span(), "set aside, and gone first")
        .edit_at(after.span(), Spot::Property("retention"), format!("\"{kept}\""))
        .help(format!("write `dead-letter after={} retention=\"{kept}\"` or more", after.value)),
    );
}
