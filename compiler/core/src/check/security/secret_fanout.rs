//! `secret-fanout`: one secret in many hands.

use crate::check::{Found, Plan, Rule};
use crate::model::service::{SecretRef, Service};
use bastide_report::finding::Level;
use std::collections::BTreeMap;

/// So many services with one secret are too many.
const MANY: usize = 3;

/// The rule.
pub const RULE: Rule = Rule {
    name: "secret-fanout",
    group: "security",
    level: Level::Warn,
    docs: r#"
## What it finds

A secret of the store that three or more services use.

## Why it matters

Whoever breaks into one of them has what all of them may do, and a new value must reach all at the same moment.

## Example

```kdl bad
service "cart" { build "services/cart"; secret "JWT_KEY" from="shop/jwt#key" }
service "orders" { build "services/orders"; secret "JWT_KEY" from="shop/jwt#key" }
service "reviews" { build "services/reviews"; secret "JWT_KEY" from="shop/jwt#key" }
```

## Instead

A secret for each, or one service that holds it and does the work for the others.

```kdl good
service "tokens" { build "services/tokens"; secret "JWT_KEY" from="shop/jwt#key" }
service "cart" { build "services/cart"; calls "tokens" timeout="100ms" }
service "orders" { build "services/orders"; calls "tokens" timeout="100ms" }
service "reviews" { build "services/reviews"; calls "tokens" timeout="100ms" }
```

## When to allow it

For a secret that opens nothing by itself, such as the key of an error tracker.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let mut users: BTreeMap<(&str, &str), Vec<(&Service, &SecretRef)>> = BTreeMap::new();
    for service in &plan.model.services {
        for secret in &service.run.secrets {
            users.entry((&secret.path, &secret.key)).or_default().push((service, secret));
        }
    }
    for ((path, key), mut users) in users {
        users.dedup_by_key(|(service, _)| service.name.value.as_str());
        if users.len() < MANY {
            continue;
        }
        let message = format!("the secret `{path}#{key}` is used by {} services", users.len());
        let mut finding = RULE.found(&users[0].0.at, message);
        for (service, secret) in users.iter().take(8) {
            finding = finding.label(secret.name.span(), format!("by `{}`", service.name.value));
        }
        found.push(
            finding.help("give each service a secret of its own, or let one do the work for the others"),
        );
    }
}
