//! `feature-not-expressible`: asked of an engine that cannot say it.

use super::support::routes;
use super::{Found, Plan, Rule};
use crate::model::gateway::Route;
use crate::model::service::Api;
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "feature-not-expressible",
    group: "gateway",
    level: Level::Warn,
    docs: r#"
## What it finds

A route that asks its gateway's engine for something the engine does not have.
Envoy measures a body by waiting for its end, so it has no `body-limit` for websockets and gRPC, whose bodies have none.

## Why it matters

A wish that is dropped in silence looks like one that is kept.

## Example

```kdl bad
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/live" to="notifications" protocol="websocket" {
        public
        body-limit "64Ki"
    }
}
service "notifications" { build "services/notifications" }
```

## Instead

The service limits each message itself.

```kdl good
gateway "public" {
    host "api.shop.example"
    limit "100/s"
    route "/live" to="notifications" protocol="websocket" { public }
}
service "notifications" { build "services/notifications" }
```

## When to allow it

When the limit is written down for an engine to come, and the service holds it until then.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for (gateway, route) in routes(plan).filter(|(gateway, _)| gateway.engine == "envoy") {
        let Some(limit) = &route.body_limit else { continue };
        let protocol = spoken(plan, route);
        if !matches!(protocol, "websocket" | "grpc") {
            continue;
        }
        let message = format!(
            "{} limits no bodies of {protocol}, as `{}` asks of it",
            gateway.engine, route.path.value
        );
        found.push(
            RULE.found(&route.at, message)
                .label(limit.span(), "dropped")
                .label(gateway.name.span(), format!("runs on {}", gateway.engine))
                .help("let the service limit each message, and remove `body-limit`"),
        );
    }
}

/// What a route speaks: its own word, else that of the api it leads to.
fn spoken<'a>(plan: &'a Plan<'_>, route: &'a Route) -> &'a str {
    let service = route.to.as_ref().and_then(|to| plan.model.service(&to.value));
    let chosen = |api: &&Api| route.api.as_ref().is_none_or(|at| at.value == api.name.value);
    match service.and_then(|it| it.apis.iter().find(chosen)) {
        Some(api) if route.protocol == "http" => &api.style,
        _ => &route.protocol,
    }
}
