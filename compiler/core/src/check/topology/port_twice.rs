//! `port-twice`: two listeners on one port.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use crate::source::Span;
use std::collections::BTreeMap;

/// The rule.
pub const RULE: Rule = Rule {
    name: "port-twice",
    group: "topology",
    level: Level::Deny,
    docs: r#"
## What it finds

A service with two apis, or an api and a further `port`, on one port number.

## Why it matters

One program cannot listen twice on a port, and Kubernetes refuses a Service that names it twice.

## Example

```kdl bad
service "orders" {
    build "services/orders"
    api "orders" port=8080
    api "admin" port=8080
}
```

## Instead

```kdl good
service "orders" {
    build "services/orders"
    api "orders" port=8080
    api "admin" port=8081
}
```

## When to allow it

Never. One listener that serves two apis is one `api`.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        let apis = service.apis.iter().map(|api| (api.port.value, &api.name.value, api.name.span()));
        let ports =
            service.run.ports.iter().map(|port| (i64::from(port.number), &port.name, port.origin.span));
        let mut taken: BTreeMap<i64, (&String, Span)> = BTreeMap::new();
        for (number, name, span) in apis.chain(ports) {
            let Some((first, there)) = taken.insert(number, (name, span)) else { continue };
            found.push(
                RULE.found(
                    &service.at,
                    format!("`{first}` and `{name}` of `{}` both listen on {number}", service.name.value),
                )
                .label(span, format!("on {number} too"))
                .label(there, format!("on {number}"))
                .help(format!("give `{name}` another port")),
            );
        }
    }
}
