//! `contract-with-rolling`: old code over a new schema.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "contract-with-rolling",
    group: "data",
    level: Level::Deny,
    docs: r#"
## What it finds

A job before the release that no older release can work with (`reversible=#false`), while old and new instances run side by side: every rollout but a stop of all.

## Why it matters

From the end of the job until the last old instance is gone, old code runs over a schema that has lost what it needs.

## Example

```kdl bad
environment "prod" platform="kubernetes"
service "orders" {
    build "services/orders"
    job "drop-columns" run="before-release" command="orders migrate" reversible=#false
}
```

## Instead

Expand first, in one release; contract when no old instance is left, in a later one.

```kdl good
environment "prod" platform="kubernetes"
service "orders" {
    build "services/orders"
    job "add-columns" run="before-release" command="orders migrate" reversible=#true
}
```

## When to allow it

When the service is stopped for the release.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    if plan.model.environment.platform != "kubernetes" {
        return;
    }
    let rollout = plan.model.delivery.rollout.as_ref();
    let how = rollout.map_or("rolling", |at| at.value.as_str());
    for service in &plan.model.services {
        for job in service.jobs.iter().filter(|job| job.run == "before-release") {
            let Some(reversible) = job.reversible.filter(|at| !at.value) else { continue };
            let (name, job_name) = (&service.name.value, &job.name.value);
            let mut finding = RULE
                .found(&job.at, format!("old instances of `{name}` run on after `{job_name}`, and cannot"))
                .label(reversible.span(), "no older release can work with this");
            if let Some(rollout) = rollout.filter(|at| crate::check::support::written(at)) {
                finding = finding.label(rollout.span(), format!("`{how}`: both run side by side"));
            }
            found.push(
                finding.help(
                    "do it in a later release with `run=\"after-release\"`, when no old instance is left",
                ),
            );
        }
    }
}
