//! `mount-twice`: two things at one place of a file system.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use crate::source::Span;
use std::collections::BTreeMap;

/// The folder every container has for passing data.
const SCRATCH: &str = "/tmp";

/// The rule.
pub const RULE: Rule = Rule {
    name: "mount-twice",
    group: "topology",
    level: Level::Deny,
    docs: r#"
## What it finds

A service with a `volume` or `file` at a path where another one is already, or with a volume that stays at `/tmp`, where every container has passing data.

## Why it matters

A container cannot have two things in one place: Docker and Kubernetes refuse to start it.

## Example

```kdl bad
service "images" {
    build "services/images"
    scale min=1 max=1
    volume "/tmp" size="5Gi"
}
```

## Instead

```kdl good
service "images" {
    build "services/images"
    scale min=1 max=1
    volume "/tmp" size="5Gi" temporary=#true
}
```

## When to allow it

Never.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        let name = &service.name.value;
        let mut taken: BTreeMap<&str, Span> = BTreeMap::new();
        let volumes = service.run.volumes.iter().map(|it| &it.path);
        for path in volumes.chain(service.run.files.iter().map(|it| &it.path)) {
            let Some(first) = taken.insert(path.value.trim_end_matches('/'), path.span()) else { continue };
            found.push(
                RULE.found(&service.at, format!("`{name}` has two things at `{}`", path.value))
                    .label(path.span(), "again here")
                    .label(first, "first here")
                    .help("give one of them another path"),
            );
        }
        let scratch = |path: &str| path.trim_end_matches('/') == SCRATCH;
        for volume in service.run.volumes.iter().filter(|it| !it.temporary && scratch(&it.path.value)) {
            found.push(
                RULE.found(&service.at, format!("`{name}` wants to keep `{SCRATCH}`"))
                    .label(volume.path.span(), "every container has this folder for passing data")
                    .help("write `temporary=#true`, or keep the data under another path"),
            );
        }
    }
}
