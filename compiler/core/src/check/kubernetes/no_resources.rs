//! `no-resources`: nothing reserved.

use crate::check::support::patched;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-resources",
    group: "kubernetes",
    level: Level::Deny,
    docs: r#"
## What it finds

A patch that takes away what a container reserves: its `resources`, or the requests in them.
Without a patch every container reserves processor time and memory and has a limit of memory.

## Why it matters

The scheduler packs it anywhere, and it is the first to be killed when a node runs out of memory.

## Example

```kdl bad
environment "prod" platform="kubernetes" {
    patch "Deployment/orders" { set "spec.template.spec.containers[orders].resources" }
}
service "orders" { build "services/orders" }
```

## Instead

```kdl good
environment "prod" platform="kubernetes"
service "orders" {
    build "services/orders"
    resources cpu="250m" memory="256Mi"
}
```

## When to allow it

Never: reserve little, but something.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for (patch, set) in patched(plan, &["Deployment", "StatefulSet", "Rollout", "Job", "CronJob"]) {
        let gone = set.value.is_none()
            && (set.path.ends_with(".resources")
                || set.path.contains(".resources.requests")
                || set.path.ends_with(".resources.limits.memory"));
        if gone {
            found.push(
                RULE.found(
                    &plan.model.environment.at,
                    format!("the patch of `{}` takes away what it reserves", patch.object),
                )
                .label(set.origin.span, "nothing reserved")
                .help("say what it needs in the service: `resources cpu=\"250m\" memory=\"256Mi\"`"),
            );
        }
    }
}
