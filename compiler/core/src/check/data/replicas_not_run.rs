//! `replicas-not-run`: copies that are asked for and nobody makes.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "replicas-not-run",
    group: "data",
    level: Level::Warn,
    docs: r#"
## What it finds

On Kubernetes, a resource with more than one of `replicas` that runs as a container, so that one instance runs.

## Why it matters

Copies of data need a program that keeps them alike and chooses a new first one: an operator, or somebody who runs the resource.
The spec reads as if a node could fail, and the data is on one.

## Example

```kdl bad
environment "prod" platform="kubernetes"
resource "orders-db" type="postgres" {
    replicas 3
    backup schedule="0 3 * * *"
}
service "orders" {
    build "services/orders"
    uses "orders-db"
}
```

## Instead

```kdl good
environment "prod" platform="kubernetes" {
    target "kubernetes" postgres="cloudnative-pg"
}
resource "orders-db" type="postgres" {
    replicas 3
    backup schedule="0 3 * * *" to="s3://backups/orders" credentials="shop/backup"
}
service "orders" {
    build "services/orders"
    uses "orders-db"
}
```

## When to allow it

Where nothing depends on the copies, as in an environment for tests.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let environment = &plan.model.environment;
    if environment.platform != "kubernetes" {
        return;
    }
    let alone = |it: &&crate::model::resource::Resource| {
        it.run.is_some() && it.provider.is_none() && it.external.is_none() && it.replicas.value > 1
    };
    for resource in plan.model.resources.iter().filter(alone) {
        let (name, count, place) = (&resource.name.value, resource.replicas.value, &environment.name.value);
        let ty = &resource.ty.value;
        let operator = plan.model.types.get(ty).and_then(|it| it.providers.first());
        let help = match operator {
            Some(operator) => format!(
                "write `target \"kubernetes\" {ty}=\"{operator}\"` in `{place}`, or `replicas 1` for it"
            ),
            None => format!("let somebody else run it (`external`), or write `replicas 1` for `{place}`"),
        };
        found.push(
            RULE.found(&resource.at, format!("`{name}` asks for {count} copies, and runs as one container"))
                .label(resource.replicas.span(), format!("{count} copies"))
                .label(resource.name.span(), "no operator runs it")
                .help(help),
        );
    }
}
