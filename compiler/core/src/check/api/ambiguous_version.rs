//! `ambiguous-version`: more than one answers.

use crate::check::support::versions::{Asking, asking};
use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use crate::version::line;

/// The rule.
pub const RULE: Rule = Rule {
    name: "ambiguous-version",
    group: "api",
    level: Level::Info,
    docs: r#"
## What it finds

A call whose version range several running versions satisfy. It gets the newest of them.

## Why it matters

The caller says that it works with each of them. Which one it gets changes on the day another is added.

## Example

```kdl bad
service "billing" {
    build "services/billing"
    calls "orders" version=">=1.4, <3" timeout="300ms"
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "2.0.0"
        version "1.4.2"
    }
}
```

## Instead

```kdl good
service "billing" {
    build "services/billing"
    calls "orders" version="^2.0" timeout="300ms"
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "2.0.0"
        version "1.4.2"
    }
}
```

## When to allow it

While a caller moves from one version to the next.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for it in asking(plan).iter().filter(|it| it.fitting.len() > 1) {
        let Asking { service, call, written, fitting, .. } = it;
        let mut fitting = fitting.clone();
        // Versions of one line stand for each other.
        fitting.dedup_by_key(|it| line(&it.semver));
        let [newest, .., _] = fitting.as_slice() else { continue };
        let names: Vec<&str> = fitting.iter().map(|it| it.version.value.as_str()).collect();
        let (name, to, newest) = (&service.name.value, &call.to.value, &newest.version.value);
        found.push(
            RULE.found(
                &call.at,
                format!("`{name}` asks `{to}` for {}, and {} fit", written.value, names.join(", ")),
            )
            .label(written.span(), format!("gets {newest}"))
            .edit(written.span(), format!("\"^{newest}\""))
            .help(format!("ask for the one it was tested with: `version=\"^{newest}\"`")),
        );
    }
}
