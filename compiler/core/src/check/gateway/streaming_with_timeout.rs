//! `streaming-with-timeout`: a stream that is cut in the middle.

use crate::check::support::{routes, written};
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "streaming-with-timeout",
    group: "gateway",
    level: Level::Deny,
    docs: r#"
## What it finds

A route that speaks `websocket` or `sse` and has a `timeout`.
The default timeout of routes does not count: streams have none.

## Why it matters

A request timeout counts from the first byte, so each stream would be cut at that age, busy or not.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/live" to="notifications" protocol="websocket" { public; timeout "15s" }
}
service "notifications" { build "services/notifications" }
```

## Instead

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/live" to="notifications" protocol="websocket" { public }
}
service "notifications" { build "services/notifications" }
```

## When to allow it

Never: to end streams at some age, let the service close them and clients come back.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for (_, route) in routes(plan) {
        let Some(timeout) = route.timeout.filter(|at| written(at) && at.value.0 > 0) else { continue };
        let style = |name: &str| plan.model.service(name)?.apis.first().map(|api| api.style.as_str());
        let talks = route.to.as_ref().and_then(|to| style(&to.value)) == Some("websocket");
        let protocol = if talks && route.protocol == "http" { "websocket" } else { route.protocol.as_str() };
        if !matches!(protocol, "websocket" | "sse") {
            continue;
        }
        found.push(
            RULE.found(
                &route.at,
                format!("streams of `{}` would be cut after {}", route.path.value, timeout.value),
            )
            .label(timeout.span(), "counts from the first byte")
            .label(route.path.span(), format!("speaks {protocol}"))
            .help("remove the `timeout`"),
        );
    }
}
