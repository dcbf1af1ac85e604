//! `pii-retention`: personal data for ever.

use crate::check::support::place;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use crate::units::Duration;

/// Longer than this is for ever.
const YEAR: Duration = Duration(365 * 86_400_000);

/// The rule.
pub const RULE: Rule = Rule {
    name: "pii-retention",
    group: "security",
    level: Level::Warn,
    docs: r#"
## What it finds

A topic or queue with personal data (`pii`) that is compacted, or keeps messages for more than a year.

## Why it matters

Who asks to be forgotten must be: what a log keeps for ever cannot be erased from it.

## Example

```kdl bad
resource "events" type="kafka"
topic "users" on="events" {
    key "userId"
    pii
    compact
    outside
}
service "accounts" { build "services/accounts"; publishes "users" }
```

## Instead

```kdl good
resource "events" type="kafka"
topic "users" on="events" {
    key "userId"
    pii
    retention "30d"
    outside
}
service "accounts" { build "services/accounts"; publishes "users" }
```

## When to allow it

When each person's messages are encrypted with a key of their own that can be thrown away.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for topic in plan.model.topics.iter().filter(|topic| topic.pii) {
        let name = &topic.name.value;
        let kept = topic.retention;
        let how = match topic.compact {
            true => "for ever: it is compacted".to_string(),
            false if kept.value > YEAR => format!("for {}", kept.value),
            false => continue,
        };
        found.push(
            RULE.found(&topic.at, format!("`{name}` keeps personal data {how}"))
                .label(place(&kept, topic.name.span()), "cannot be erased")
                .help("write `retention \"30d\"` without `compact`, and keep what must stay in a database"),
        );
    }
}
