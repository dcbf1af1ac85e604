//! `NAME`: the fault in a few words.

use super::{Found, Plan, Rule};
use bastide_report::finding::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "NAME",
    group: "topology",
    level: Level::Warn,
    docs: "
## What it finds

## Why it matters

## Example

```kdl bad
```

## Instead

```kdl good
```

## When to allow it
",
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        found
            .push(RULE.found(&service.at, "the fact").label(service.name.span(), "its part").help("one act"));
    }
}
