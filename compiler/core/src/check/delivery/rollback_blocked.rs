//! `rollback-blocked`: no way back.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "rollback-blocked",
    group: "delivery",
    level: Level::Warn,
    docs: r#"
## What it finds

A job after the release that no older release can work with (`reversible=#false`), in a delivery that can roll back by itself: `canary` or `blue-green`.

## Why it matters

When the new version fails, the way back leads to a version that no longer works.

## Example

```kdl bad
environment "prod" platform="kubernetes" { target "kubernetes" rollout="argo" }
delivery { rollout "canary" steps="20% 50%" pause="10m" }
service "orders" {
    build "services/orders"
    job "drop-columns" run="after-release" command="orders contract" reversible=#false
}
```

## Instead

```kdl good
environment "prod" platform="kubernetes" { target "kubernetes" rollout="argo" }
delivery { rollout "canary" steps="20% 50%" pause="10m" }
service "orders" {
    build "services/orders"
    job "add-columns" run="before-release" command="orders expand" reversible=#true
}
```

## When to allow it

When the version before is known to work without what is taken away.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let Some(rollout) = plan.model.delivery.rollout.as_ref().filter(|at| at.value != "rolling") else {
        return;
    };
    for service in &plan.model.services {
        for job in service.jobs.iter().filter(|job| job.run == "after-release") {
            let Some(reversible) = job.reversible.filter(|at| !at.value) else { continue };
            found.push(
                RULE.found(
                    &job.at,
                    format!("after `{}` no older `{}` can run", job.name.value, service.name.value),
                )
                .label(reversible.span(), "cannot be taken back")
                .label(rollout.span(), "means to go back by itself")
                .help("run it as a job of its own, by hand, one release later"),
            );
        }
    }
}
