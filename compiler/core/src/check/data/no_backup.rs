//! `no-backup`: data that exists once.

use crate::check::{Found, Plan, Rule};
use crate::report::{Level, Spot};

/// The rule.
pub const RULE: Rule = Rule {
    name: "no-backup",
    group: "data",
    level: Level::Deny,
    docs: r#"
## What it finds

A database or store without `backup`.
Those that somebody else runs do not count.

## Why it matters

Copies that run beside each other all obey the same `DELETE`.
Without a backup a loss is final.

## Example

```kdl bad
resource "orders-db" type="postgres"
service "orders" {
    build "services/orders"
    uses "orders-db"
}
```

## Instead

```kdl good
resource "orders-db" type="postgres" {
    backup schedule="0 3 * * *" keep="14d"
}
service "orders" {
    build "services/orders"
    uses "orders-db"
}
```

## When to allow it

For data that can be made again from elsewhere.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for resource in plan.model.resources.iter().filter(|it| matches!(&*it.class, "database" | "store")) {
        if resource.backup.is_some() || resource.external.is_some() {
            continue;
        }
        found.push(
            RULE.found(&resource.at, format!("`{}` has no backup", resource.name.value))
                .label(resource.name.span(), "what is lost here is lost")
                .edit_at(
                    resource.name.span(),
                    Spot::Child("backup", "schedule"),
                    "\"0 3 * * *\" keep=\"14d\"",
                )
                .help("write `backup schedule=\"0 3 * * *\" keep=\"14d\"`"),
        );
    }
}
