//! `probe-missing`: nobody asks how it is.

use crate::check::support::patched;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "probe-missing",
    group: "kubernetes",
    level: Level::Deny,
    docs: r#"
## What it finds

A patch that takes away the readiness or liveness probe of a container.
Without a patch every service has both, and one for its start.

## Why it matters

Requests go to instances that cannot answer, and one that hangs hangs for ever.

## Example

```kdl bad
environment "prod" platform="kubernetes" {
    patch "Deployment/orders" { set "spec.template.spec.containers[orders].readinessProbe" }
}
service "orders" { build "services/orders" }
```

## Instead

```kdl good
environment "prod" platform="kubernetes"
service "orders" {
    build "services/orders"
    health tcp=#true
}
```

## When to allow it

Never: ask what can be asked, if only by `tcp`.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for (patch, set) in patched(plan, &["Deployment", "StatefulSet", "Rollout"]) {
        let last = set.path.rsplit('.').next().unwrap_or_default();
        if set.value.is_some() || !matches!(last, "readinessProbe" | "livenessProbe") {
            continue;
        }
        found.push(
            RULE.found(
                &plan.model.environment.at,
                format!("the patch of `{}` takes away `{last}`", patch.object),
            )
            .label(set.origin.span, "nobody asks any more")
            .help("say how to ask in the service: `health ready=\"/readyz\"`, or `tcp=#true`"),
        );
    }
}
