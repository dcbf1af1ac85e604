//! `stability-lowered`: less than was promised.

use crate::check::support::contracts::{callers, name};
use crate::check::support::listed;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "stability-lowered",
    group: "api",
    level: Level::Deny,
    docs: r#"
## What it finds

An api whose `stability` is lower than it was: `beta` where it was `stable`.
Found with `check --against` or `--baseline`.

## Why it matters

Clients were built on the promise. It cannot be taken back under the same name.

## Example

```kdl before
service "orders" {
    build "services/orders"
    api "orders" { version "1.4.2" }
}
```

```kdl bad
service "orders" {
    build "services/orders"
    api "orders" stability="beta" { version "1.4.2" }
}
```

## Instead

```kdl good
service "orders" {
    build "services/orders"
    api "orders" { version "1.4.2" }
    api "orders-next" stability="beta" port=8081 { version "2.0.0-beta.1" }
}
```

## When to allow it

When the api has no client.
"#,
    check,
};

fn rank(stability: &str) -> u8 {
    match stability {
        "alpha" => 0,
        "beta" => 1,
        _ => 2,
    }
}

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    // All versions of an api say the same of it.
    for step in plan
        .gate
        .steps
        .iter()
        .filter(|it| it.api.versions.first().is_some_and(|first| first.at == it.version.at))
    {
        let Some(was) = step.was.filter(|was| rank(&was.stability) > rank(&step.api.stability)) else {
            continue;
        };
        let (old, new) = (&was.stability, &step.api.stability);
        let callers = callers(plan, step.api);
        let names: Vec<&str> = callers.iter().map(|(service, _)| service.name.value.as_str()).collect();
        let who = if names.is_empty() { String::new() } else { format!("; {} relies on it", listed(&names)) };
        found.push(
            RULE.found(&step.api.at, format!("{} was {old} and is {new}", name(step.service, step.api)))
                .label(step.api.name.span(), format!("promises less than it did{who}"))
                .help(format!(
                    "keep `stability=\"{old}\"`, and offer what may still change as an api of its own"
                )),
        );
    }
}
