//! `migration-in-initcontainer`: every instance migrates.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "migration-in-initcontainer",
    group: "data",
    level: Level::Warn,
    docs: r#"
## What it finds

A service whose own command, or a sidecar of it, changes the schema: a word such as `migrate`, `flyway`, `liquibase`, `alembic` or `prisma`.

## Why it matters

It runs once for each instance, at each start and each scale-out: instances race, and a failed one keeps the others from coming up.

## Example

```kdl bad
service "orders" {
    build "services/orders"
    command "sh" "-c" "orders migrate && orders serve"
}
```

## Instead

```kdl good
service "orders" {
    build "services/orders"
    command "orders" "serve"
    job "migrate" run="before-release" command="orders migrate"
}
```

## When to allow it

For a program that takes a lock and of which one instance runs.
"#,
    check,
};

const TOOLS: [&str; 8] =
    ["migrate", "migration", "migrations", "flyway", "liquibase", "alembic", "prisma", "db:migrate"];

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        let name = &service.name.value;
        if let Some(word) = service.run.command.iter().find(|at| migrates(&at.value)) {
            found.push(
                finding(&service.at, name, "its own command").label(word.span(), "runs in each instance"),
            );
        }
        for sidecar in &service.run.sidecars {
            if sidecar.command.iter().any(|word| migrates(word)) || migrates(&sidecar.image) {
                let who = format!("its sidecar `{}`", sidecar.name);
                found.push(
                    finding(&service.at, name, &who).label(service.name.span(), "runs in each instance"),
                );
            }
        }
    }
}

fn migrates(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != ':')
        .any(|word| TOOLS.contains(&word.to_ascii_lowercase().as_str()))
}

fn finding(at: &str, name: &str, who: &str) -> Found {
    RULE.found(at, format!("each instance of `{name}` changes the schema by {who}"))
        .help("make it a job: `job \"migrate\" run=\"before-release\" command=\"…\"`")
}
