//! `local-state`: a file only one instance has.

use crate::check::support::place;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "local-state",
    group: "twelve-factor",
    level: Level::Warn,
    docs: r#"
## What it finds

A service of which several instances run, with a volume that stays: what one writes, the others do not see. One that scales by itself is a `stateful-autoscale`.

## Why it matters

Processes are to be stateless (factor VI): two requests of one user meet two different instances.

## Example

```kdl bad
service "uploads" {
    build "services/uploads"
    volume "/var/uploads" size="10Gi"
    scale min=2 max=2
}
```

## Instead

```kdl good
resource "files" type="minio" { backup schedule="0 3 * * *" }
service "uploads" {
    build "services/uploads"
    uses "files"
    scale min=2 max=2
}
```

## When to allow it

For an index or cache that each instance fills by itself.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        let (min, max) = (service.scale.min, service.scale.max);
        let Some(volume) = service.run.volumes.iter().find(|volume| !volume.temporary && max.value > 1)
        else {
            continue;
        };
        if max.value > min.value {
            continue;
        }
        let name = &service.name.value;
        found.push(
            RULE.found(
                &service.at,
                format!(
                    "each of {} instances of `{name}` has a `{}` of its own",
                    max.value, volume.path.value
                ),
            )
            .label(volume.path.span(), "what one writes, the others do not see")
            .label(place(&max, service.name.span()), format!("{} instances", max.value))
            .help("keep it in a resource (`type=\"minio\"`, a database), or write `temporary=#true`"),
        );
    }
}
