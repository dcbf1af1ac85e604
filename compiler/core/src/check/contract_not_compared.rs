//! `contract-not-compared`: a gate that did not look.

use super::support::contracts::name;
use super::{Found, Plan, Rule};
use crate::contract::gate::{Step, contract};
use crate::contract::ledger::Text;
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "contract-not-compared",
    group: "api",
    level: Level::Deny,
    docs: r#"
## What it finds

An api version whose contract could not be compared with what it was: it is gone, or in another language now.
Found with `check --against` or `--baseline`.

## Why it matters

Nothing compared is not the same as nothing changed.

## Example

```kdl before
service "billing" {
    build "services/billing"
    calls "orders" version="^1.4" timeout="300ms"
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "1.4.2"
    }
}
```

```graphql before contracts/orders.graphql
type Query { order(id: ID!): Order }
type Order { id: ID! email: String! }
```

```kdl bad
service "billing" {
    build "services/billing"
    calls "orders" version="^1.4" timeout="300ms"
}
service "orders" {
    build "services/orders"
    api "orders" { version "1.4.2" }
}
```

## Instead

```kdl good
service "billing" {
    build "services/billing"
    calls "orders" version="^1.4" timeout="300ms"
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "1.4.2"
    }
}
```

```graphql contracts/orders.graphql
type Query { order(id: ID!): Order }
type Order { id: ID! email: String! }
```

## When to allow it

When the contract moved to another language and both were compared by hand.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    found.extend(plan.gate.steps.iter().filter_map(|step| finding(plan, step)));
}

fn finding(plan: &Plan<'_>, step: &Step<'_>) -> Option<Found> {
    let (was, before) = (step.was?, step.before?);
    let old = Text::old(contract(was, before).ok()?);
    let held = plan.ledger.held(&old)?;
    let (why, level) = match step.comparison {
        Some(comparison) if comparison.looked() => return None,
        Some(comparison) if comparison.unreadable() => {
            // What cannot be read now is told where it stands; what could not be read then cannot be mended.
            let then = |span: crate::source::Span| held.side.files.iter().any(|file| file.id == span.file);
            let denied = |it: &&crate::report::Finding| it.level == Level::Deny;
            let mut places = comparison.findings.iter().filter(denied).flat_map(|it| it.labels.first());
            if !places.all(|label| then(label.span)) {
                return None;
            }
            ("could not be read as it was".to_string(), Level::Warn)
        }
        Some(comparison) => {
            let why = comparison.skipped.first().map_or("has nothing to compare".into(), |it| it.why.clone());
            (format!("was not compared: {why}"), Level::Deny)
        }
        None => {
            let why = contract(step.api, step.version).err();
            if why.is_some() && step.api.contract.is_some() {
                return None;
            }
            (why.map_or("could not be read".into(), |_| "is gone".to_string()), Level::Deny)
        }
    };
    let whom = name(step.service, step.api);
    let named = step.version.contract.as_ref().or(step.api.contract.as_ref());
    let span = named.map_or(step.version.version.span(), |at| at.span());
    let version = &step.version.version.value;
    Some(
        RULE.found(&step.version.at, format!("the contract of {whom} {version} {why}"))
            .level(level)
            .label(span, "so nobody knows what changed")
            .help(format!(
                "name the contract that clients of {} rely on: `contract=\"…\"`",
                before.version.value
            )),
    )
}
