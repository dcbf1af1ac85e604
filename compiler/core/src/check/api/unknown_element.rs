//! `unknown-element`: reading what is not there.

use crate::check::{Found, Plan, Rule};
use crate::contract::elements::Known;
use crate::contract::gate::reads;
use crate::report::Level;
use crate::suggest::did_you_mean;

/// The rule.
pub const RULE: Rule = Rule {
    name: "unknown-element",
    group: "api",
    level: Level::Deny,
    docs: r#"
## What it finds

A `reads` of a call that names what the contract of the callee does not have.
Compared are operations of OpenAPI (`GET /orders/{id}`), with the fields of their answers (`#customer.email`); types and fields of GraphQL (`Order.email`);
services, methods, messages and fields of protobuf (`acme.v1.Orders/Get`).

## Why it matters

A change of what is read is said to break the caller, all others are not.
A name that is not there keeps the gate from saying so.

## Example

```kdl bad
service "billing" {
    build "services/billing"
    calls "orders" version="^1.4" timeout="300ms" { reads "Order.mail" }
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

## Instead

```kdl good
service "billing" {
    build "services/billing"
    calls "orders" version="^1.4" timeout="300ms" { reads "Order.email" }
}
service "orders" {
    build "services/orders"
    api "orders" contract="contracts/orders.graphql" {
        version "1.4.2"
    }
}
```

## When to allow it

When the contract is generated, and the caller is ahead of it.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for (text, call) in reads(plan.model) {
        for reads in &call.reads {
            let Some(Known::Missing(names)) = plan.ledger.known(&text, &reads.value) else { continue };
            let help = did_you_mean(&reads.value, names.iter().map(String::as_str));
            found.push(
                RULE.found(&call.at, format!("`{}` has no `{}`", text.path, reads.value))
                    .label(reads.span(), "is not in the contract")
                    .help(help.unwrap_or_else(|| "name an operation, type or field of the contract".into())),
            );
        }
    }
}
