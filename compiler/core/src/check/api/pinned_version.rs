//! `pinned-version`: stuck on the day of the next minor.

use crate::check::support::versions::{Asking, asking};
use crate::check::{Found, Plan, Rule};
use crate::contract::Bump;
use crate::report::Level;
use crate::version::next;

/// The rule.
pub const RULE: Rule = Rule {
    name: "pinned-version",
    group: "api",
    level: Level::Warn,
    docs: r#"
## What it finds

A call of an api with `strategy="compatible"` whose range leaves out the next minor version (`=1.4.2`, `~1.4`).

## Why it matters

With this strategy the newest version of a major takes the place of all earlier ones.
On the day of 1.5.0 nothing runs any more that the caller accepts, although it would work.

## Example

```kdl bad
service "billing" {
    build "services/billing"
    calls "orders" version="~1.4" timeout="300ms"
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
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
        version "1.4.2"
    }
}
```

## When to allow it

Never for long: an api that cannot be trusted to stay compatible should say `strategy="point-to-point"`.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for it in asking(plan) {
        let Asking { service, call, range, written, api, fitting } = it;
        let released = |it: &&crate::model::service::ApiVersion| it.semver.pre.is_empty();
        let Some(newest) = fitting.iter().copied().find(released).filter(|_| api.strategy == "compatible")
        else {
            continue;
        };
        let coming = next(&newest.semver, Bump::Minor);
        if range.matches(&coming) || newest.deprecated.is_some() {
            continue;
        }
        let (name, to, asked) = (&service.name.value, &call.to.value, &written.value);
        let caret = format!("^{}.{}", newest.semver.major, newest.semver.minor);
        found.push(
            RULE.found(
                &call.at,
                format!("`{name}` asks `{to}` for {asked}, which {coming} will not satisfy"),
            )
            .label(written.span(), format!("leaves out {coming}"))
            .edit(written.span(), format!("\"{caret}\""))
            .help(format!("write `version=\"{caret}\"` (`--fix` does)")),
        );
    }
}
