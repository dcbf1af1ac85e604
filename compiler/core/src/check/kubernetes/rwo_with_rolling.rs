//! `rwo-with-rolling`: two that want one disk.

use crate::check::support::patched;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "rwo-with-rolling",
    group: "kubernetes",
    level: Level::Deny,
    docs: r#"
## What it finds

A patch that makes a workload with a disk of its own roll: the new instance waits for the disk the old one holds.
Without a patch a service with one claim stops before its successor starts, and several have a claim each.

## Why it matters

The release hangs for ever, half done.

## Example

```kdl bad
environment "prod" platform="kubernetes" {
    patch "Deployment/search" { set "spec.strategy.type" value="RollingUpdate" }
}
service "search" {
    build "services/search"
    volume "/index" size="10Gi"
    scale min=1 max=1
}
```

## Instead

```kdl good
environment "prod" platform="kubernetes"
service "search" {
    build "services/search"
    volume "/index" size="10Gi"
    scale min=1 max=1
}
```

## When to allow it

With a storage class whose disks several nodes may mount.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for (patch, set) in patched(plan, &["Deployment"]) {
        let name = patch.object.rsplit('/').next().unwrap_or_default();
        let Some(workload) = plan.views.workloads.iter().find(|it| it.name == name && it.stateful) else {
            continue;
        };
        let rolls = set.path == "spec.strategy.type"
            && set.value.as_ref().and_then(|it| it.as_str()) == Some("RollingUpdate");
        if rolls {
            let span = plan.model.service(&workload.service).map_or(set.origin.span, |it| it.name.span());
            found.push(
                RULE.found(
                    &plan.model.environment.at,
                    format!("the next `{name}` waits for the disk of the one before"),
                )
                .label(set.origin.span, "rolls")
                .label(span, "has a disk of its own")
                .help("remove the patch: it stops before its successor starts"),
            );
        }
    }
}
