//! `version-gap`: a step nobody can take.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "version-gap",
    group: "api",
    level: Level::Warn,
    docs: r#"
## What it finds

An api whose living versions leave out a major number between them.

## Why it matters

Clients of the old version cannot move step by step: the one that would have told them what is deprecated is not there.

## Example

```kdl bad
service "orders" {
    build "services/orders"
    api "orders" {
        version "3.0.0"
        version "1.4.0" deprecated="2027-02-01" sunset="2027-09-01"
    }
}
```

## Instead

```kdl good
service "orders" {
    build "services/orders"
    api "orders" {
        version "3.0.0"
        version "2.6.0" deprecated="2027-02-01" sunset="2027-12-01"
        version "1.4.0" deprecated="2027-02-01" sunset="2027-09-01"
    }
}
```

## When to allow it

When no release ever bore that number.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for api in plan.model.services.iter().flat_map(|service| &service.apis) {
        for pair in api.versions.windows(2) {
            let (new, old) = (&pair[0], &pair[1]);
            if new.semver.major.saturating_sub(old.semver.major) < 2 {
                continue;
            }
            let missing = old.semver.major + 1;
            let message = format!(
                "`{}` serves {} and {}, but nothing of {missing}",
                api.name.value, old.version.value, new.version.value
            );
            found.push(
                RULE.found(&api.at, message)
                    .label(new.version.span(), "clients should come here")
                    .label(old.version.span(), "from here")
                    .help(format!(
                        "serve the last `{missing}.x` beside them until `{}` is gone",
                        old.version.value
                    )),
            );
        }
    }
}
