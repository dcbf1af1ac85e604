//! `even-quorum`: a voter more, no failure more.

use crate::check::{Found, Plan, Rule};
use crate::report::{Level, Spot};

/// The rule.
pub const RULE: Rule = Rule {
    name: "even-quorum",
    group: "data",
    level: Level::Warn,
    docs: r#"
## What it finds

A broker or queue with an even number of copies: its members vote.

## Why it matters

Four voters survive the loss of one, as three do, and two survive none.
Split in half, neither side has a majority and both stop.

## Example

```kdl bad
resource "events" type="kafka" { replicas 4 }
```

## Instead

```kdl good
resource "events" type="kafka" { replicas 3 }
```

## When to allow it

For the hours in which a member is being added.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for resource in plan.model.resources.iter().filter(|it| matches!(&*it.class, "broker" | "queue")) {
        let count = resource.replicas.value;
        if count % 2 != 0 || resource.external.is_some() {
            continue;
        }
        let odd = if count == 2 { 3 } else { count - 1 };
        let survives = (count - 1) / 2;
        found.push(
            RULE.found(
                &resource.at,
                format!(
                    "{count} voters of `{}` survive the loss of {survives}, as {} would",
                    resource.name.value,
                    count - 1
                ),
            )
            .label(resource.replicas.span(), "an even number")
            .write(&resource.replicas, resource.name.span(), Spot::Child("replicas", ""), odd.to_string())
            .help(format!("write `replicas {odd}`")),
        );
    }
}
