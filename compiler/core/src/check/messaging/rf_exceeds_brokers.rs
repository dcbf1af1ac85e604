//! `rf-exceeds-brokers`: more copies than places for them.

use crate::check::support::place;
use crate::check::{Found, Plan, Rule};
use crate::report::{Level, Spot};

/// The rule.
pub const RULE: Rule = Rule {
    name: "rf-exceeds-brokers",
    group: "messaging",
    level: Level::Deny,
    docs: r#"
## What it finds

On Kubernetes, a topic with more `replicas` than its broker has.

## Why it matters

No two copies live on one broker, so the topic cannot be made.

## Example

```kdl bad
environment "prod" platform="kubernetes"
resource "events" type="kafka"
topic "order-placed" on="events" { replicas 3; dead-letter after=5 }
service "orders" { build "services/orders"; publishes "order-placed" }
service "mailer" { build "services/mailer"; subscribes "order-placed" idempotent-by="eventId" }
```

## Instead

```kdl good
environment "prod" platform="kubernetes" { target "kubernetes" kafka="strimzi" }
resource "events" type="kafka" { replicas 3 }
topic "order-placed" on="events" { replicas 3; dead-letter after=5 }
service "orders" { build "services/orders"; publishes "order-placed" }
service "mailer" { build "services/mailer"; subscribes "order-placed" idempotent-by="eventId" }
```

## When to allow it

Never: the broker refuses it.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    if plan.model.environment.platform != "kubernetes" {
        return;
    }
    for topic in &plan.model.topics {
        let broker = plan.model.resource(&topic.on.value).filter(|it| it.external.is_none());
        let (Some(copies), Some(broker)) = (topic.replicas, broker) else { continue };
        if copies.value <= broker.replicas.value {
            continue;
        }
        let (name, on) = (&topic.name.value, &broker.name.value);
        found.push(
            RULE.found(
                &topic.at,
                format!("`{name}` wants {} copies, and `{on}` has {}", copies.value, broker.replicas.value),
            )
            .label(copies.span(), format!("{} copies", copies.value))
            .label(place(&broker.replicas, broker.name.span()), format!("{} here", broker.replicas.value))
            .write(
                &broker.replicas,
                broker.name.span(),
                Spot::Child("replicas", ""),
                copies.value.to_string(),
            )
            .help(format!("write `replicas {}` in `{on}`", copies.value)),
        );
    }
}
