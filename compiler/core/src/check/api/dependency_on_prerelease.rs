//! `dependency-on-prerelease`: built on what may still change.

use crate::check::support::versions::{Asking, asking};
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "dependency-on-prerelease",
    group: "api",
    level: Level::Warn,
    docs: r#"
## What it finds

A call whose version range only versions before their release satisfy (`2.0.0-beta.1`).

## Why it matters

Nothing is promised before the release: each next version may break the caller.

## Example

```kdl bad
service "billing" {
    build "services/billing"
    calls "orders" version="^2.0.0-beta" timeout="300ms"
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "2.0.0-beta.1"
        version "1.4.2"
    }
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
        version "2.0.0-beta.1"
        version "1.4.2"
    }
}
```

## When to allow it

When both are of one team and released together.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for it in asking(plan) {
        let Asking { service, call, written, fitting, .. } = it;
        let Some(newest) = fitting.first().filter(|_| fitting.iter().all(|it| !it.semver.pre.is_empty()))
        else {
            continue;
        };
        let (name, to, version) = (&service.name.value, &call.to.value, &newest.version.value);
        found.push(
            RULE.found(
                &call.at,
                format!(
                    "`{name}` asks `{to}` for {}, and only {version} fits, which is not released",
                    written.value
                ),
            )
            .label(written.span(), "asks for what may still change")
            .label(newest.version.span(), "before its release")
            .help("ask for a released version, or release it"),
        );
    }
}
