//! `stateful-autoscale`: scaled in with what it keeps.

use crate::check::support::place;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "stateful-autoscale",
    group: "kubernetes",
    level: Level::Warn,
    docs: r#"
## What it finds

A service with a volume that stays, or a sticky session, whose number of instances changes by itself.

## Why it matters

When the load falls, instances are taken away with the data and sessions only they have.

## Example

```kdl bad
environment "prod" platform="kubernetes"
service "search" {
    build "services/search"
    volume "/index" size="10Gi"
    scale min=2 max=6 cpu="70%"
}
```

## Instead

```kdl good
environment "prod" platform="kubernetes"
service "search" {
    build "services/search"
    volume "/index" size="10Gi" temporary=#true
    scale min=2 max=6 cpu="70%"
}
```

## When to allow it

When each instance can make its data again from elsewhere.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        let (min, max) = (service.scale.min, service.scale.max);
        let Some(volume) =
            service.run.volumes.iter().find(|volume| !volume.temporary && max.value > min.value)
        else {
            continue;
        };
        let name = &service.name.value;
        found.push(
            RULE.found(
                &service.at,
                format!("`{name}` shrinks to {} instances, each with data of its own", min.value),
            )
            .label(volume.path.span(), "stays with its instance")
            .label(place(&max, service.name.span()), format!("from {} to {}", min.value, max.value))
            .help(format!("write `scale min={0} max={0}`, or keep the data in a resource", max.value)),
        );
    }
}
