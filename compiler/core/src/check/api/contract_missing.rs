//! `contract-missing`: nothing to compare.

use crate::check::support::asked;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "contract-missing",
    group: "api",
    level: Level::Warn,
    docs: r#"
## What it finds

An api that is called or routed to and names no `contract`, nor does its newest version.
A service without an `api` node is not asked for one.

## Why it matters

Whether a change breaks its consumers cannot be computed; they learn it from their errors.

## Example

```kdl bad
service "web" { build "services/web"; calls "stock" timeout="300ms" }
service "stock" {
    build "services/stock"
    api "stock" style="grpc" { version "1.0.0" }
}
```

## Instead

```kdl good
service "web" { build "services/web"; calls "stock" timeout="300ms" }
service "stock" {
    build "services/stock"
    api "stock" contract="contracts/stock.proto" { version "1.0.0" }
}
```

## When to allow it

For an api that only its own team calls.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let asked = asked(plan);
    for service in &plan.model.services {
        let Some((span, caller)) = asked.get(service.name.value.as_str()) else { continue };
        let who = caller
            .map_or("clients depend on it".into(), |caller| format!("`{}` depends on it", caller.name.value));
        for api in service.apis.iter().filter(|api| api.contract.is_none()) {
            // Without a version it is the usual api of a service of two lines.
            let Some(newest) = api.versions.first().filter(|it| it.contract.is_none()) else { continue };
            let name = &api.name.value;
            found.push(
                RULE.found(&api.at, format!("`{name}` {} has no contract", newest.version.value))
                    .label(api.name.span(), "no `contract`")
                    .label(*span, who.clone())
                    .help(format!("write `contract=\"contracts/{name}{}\"`", ending(&api.style))),
            );
        }
    }
}

fn ending(style: &str) -> &'static str {
    match style {
        "grpc" => ".proto",
        "graphql" => ".graphql",
        "websocket" => ".asyncapi.yaml",
        _ => ".openapi.yaml",
    }
}
