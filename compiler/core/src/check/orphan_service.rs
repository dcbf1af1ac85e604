//! `orphan-service`: nobody comes here.

use super::support::routes;
use super::{Found, Plan, Rule};
use crate::model::service::Service;
use crate::report::Level;
use std::collections::BTreeSet;

/// The rule.
pub const RULE: Rule = Rule {
    name: "orphan-service",
    group: "topology",
    level: Level::Info,
    docs: r#"
## What it finds

A service that no route, call, topic, queue, schedule or job leads to, directly or over other services.
It is only asked where a gateway lets somebody in: elsewhere the clients may stand outside the spec.

## Why it matters

It costs, it must be patched, and it can be attacked, for nobody's use.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/cart" to="cart" { public }
}
service "cart" { build "services/cart" }
service "legacy-mailer" { build "services/legacy-mailer" }
```

## Instead

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/cart" to="cart" { public }
}
service "cart" { build "services/cart"; calls "mailer" timeout="300ms" }
service "mailer" { build "services/mailer" }
```

## When to allow it

For what clients inside the cluster call that this spec does not know.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let routed: BTreeSet<&str> = routes(plan).flat_map(|(_, route)| route.services()).collect();
    if routed.is_empty() {
        return;
    }
    let starts = |service: &&Service| routed.contains(service.name.value.as_str()) || starts_itself(service);
    let mut waiting: Vec<&Service> = plan.model.services.iter().filter(starts).collect();
    let mut reached: BTreeSet<&str> = waiting.iter().map(|it| it.name.value.as_str()).collect();
    while let Some(service) = waiting.pop() {
        for call in &service.calls {
            let Some(callee) = plan.model.service(&call.to.value) else { continue };
            if reached.insert(&callee.name.value) {
                waiting.push(callee);
            }
        }
    }
    for service in plan.model.services.iter().filter(|it| !reached.contains(it.name.value.as_str())) {
        let name = &service.name.value;
        found.push(
            RULE.found(&service.at, format!("nothing leads to `{name}`"))
                .label(service.name.span(), "no route, call, topic, queue, schedule or job")
                .help(format!("remove `{name}`, or write who needs it: `calls \"{name}\"`")),
        );
    }
}

/// Whether messages or a clock start it.
fn starts_itself(service: &Service) -> bool {
    let scheduled = service.jobs.iter().any(|job| job.schedule.is_some());
    service.function.is_some() || !service.subscribes.is_empty() || scheduled
}
