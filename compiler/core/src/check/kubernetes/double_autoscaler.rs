//! `double-autoscaler`: two hands on one wheel.

use crate::check::support::patched;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "double-autoscaler",
    group: "kubernetes",
    level: Level::Deny,
    docs: r#"
## What it finds

A patch that makes a second autoscaler count the instances of a workload: a `scaleTargetRef` of an object that is moved to a workload with one of its own.
Without a patch each workload has one autoscaler: KEDA's for readers of topics and queues, else the horizontal pod autoscaler.

## Why it matters

Each takes back what the other did; the number of instances swings for ever.

## Example

```kdl bad
environment "prod" platform="kubernetes" {
    patch "HorizontalPodAutoscaler/web" { set "spec.scaleTargetRef.name" value="orders" }
}
service "web" { build "services/web"; scale min=2 max=4 cpu="70%" }
service "orders" { build "services/orders"; scale min=2 max=4 cpu="70%" }
```

## Instead

```kdl good
environment "prod" platform="kubernetes"
service "web" { build "services/web"; scale min=2 max=4 cpu="70%" }
service "orders" { build "services/orders"; scale min=2 max=4 cpu="70%" }
```

## When to allow it

Never.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for (patch, set) in patched(plan, &["HorizontalPodAutoscaler", "ScaledObject"]) {
        let own = patch.object.rsplit('/').next().unwrap_or_default();
        let Some(other) = set.value.as_ref().and_then(|value| value.as_str()) else { continue };
        if set.path != "spec.scaleTargetRef.name" || other == own {
            continue;
        }
        let grows = |it: &&crate::model::service::Service| it.scale.max.value > it.scale.min.value;
        let Some(service) = plan.model.service(other).filter(grows) else { continue };
        found.push(
            RULE.found(
                &plan.model.environment.at,
                format!("`{other}` is scaled by `{}` and by an autoscaler of its own", patch.object),
            )
            .label(set.origin.span, "a second one")
            .label(service.scale.max.span(), "scaled by this")
            .help("remove the patch, or write `scale` with equal `min` and `max`"),
        );
    }
}
