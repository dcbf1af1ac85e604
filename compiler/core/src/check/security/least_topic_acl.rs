//! `least-topic-acl`: more than it declared.

use crate::check::{Found, Plan, Rule};
use crate::model::service::Service;
use bastide_report::finding::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "least-topic-acl",
    group: "security",
    level: Level::Deny,
    docs: r#"
## What it finds

A saga's step that makes a service write or read a topic it does not declare with `publishes` or `subscribes`.

## Why it matters

The rights on the broker are made from what is declared: the service would be refused, or somebody opens the broker for all.

## Example

```kdl bad
resource "events" type="kafka"
topic "order-placed" on="events" { key "orderId"; outside }
topic "order-cancelled" on="events" { key "orderId"; outside }
service "orders" { build "services/orders"; publishes "order-placed" }
saga "checkout" {
    step "place" service="orders" emits="order-placed" compensate="order-cancelled"
}
```

## Instead

```kdl good
resource "events" type="kafka"
topic "order-placed" on="events" { key "orderId"; outside }
topic "order-cancelled" on="events" { key "orderId"; outside }
service "orders" { build "services/orders"; publishes "order-placed" "order-cancelled" }
saga "checkout" {
    step "place" service="orders" emits="order-placed" compensate="order-cancelled"
}
```

## When to allow it

Never.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for saga in &plan.model.sagas {
        for step in &saga.steps {
            let Some(service) = plan.model.service(&step.service.value) else { continue };
            let written = step
                .emits
                .iter()
                .chain(&step.compensate)
                .map(|at| (at, "publishes", writes(service, &at.value)));
            let read = step.on.iter().map(|at| (at, "subscribes", reads(service, &at.value)));
            for (topic, word, _) in written.chain(read).filter(|(_, _, declared)| !declared) {
                let (name, topic_name) = (&service.name.value, &topic.value);
                found.push(
                    RULE.found(
                        &saga.at,
                        format!(
                            "`{name}` takes part in `{}` by `{topic_name}`, which it does not declare",
                            saga.name.value
                        ),
                    )
                    .label(topic.span(), format!("`{name}` has no right to it"))
                    .label(service.name.span(), format!("no `{word} \"{topic_name}\"`"))
                    .help(format!("write `{word} \"{topic_name}\"` in `{name}`")),
                );
            }
        }
    }
}

fn writes(service: &Service, topic: &str) -> bool {
    let emits = service.subscribes.iter().filter_map(|it| it.emits.as_ref());
    service.publishes.iter().map(|it| &it.topic).chain(emits).any(|at| at.value == topic)
}

fn reads(service: &Service, topic: &str) -> bool {
    service.subscribes.iter().any(|it| it.topic.value == topic)
}
