//! `log-to-file`: a log nobody collects.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use crate::source::Span;

/// The rule.
pub const RULE: Rule = Rule {
    name: "log-to-file",
    group: "twelve-factor",
    level: Level::Warn,
    docs: r#"
## What it finds

A service that is told to write its log to a file: a variable such as `LOG_FILE` or `LOG_PATH` that names a path, or a volume below `/var/log` or named `logs`.

## Why it matters

Logs are a stream of events on standard output (factor XI): a file fills the disk of the container and is gone with it.

## Example

```kdl bad
service "orders" {
    build "services/orders"
    env { LOG_FILE "/var/log/orders.log" }
}
```

## Instead

```kdl good
service "orders" {
    build "services/orders"
    env { LOG_LEVEL "info" }
}
```

## When to allow it

For an audit log that a sidecar takes away.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        let variables = service.run.env.iter().filter(|(name, at)| variable(name, &at.value));
        let variables = variables.map(|(name, at)| (at.span(), format!("`{name}` names a file")));
        let volumes = service.run.volumes.iter().filter(|volume| folder(&volume.path.value));
        let volumes = volumes.map(|volume| (volume.path.span(), "a folder for logs".to_string()));
        let places: Vec<(Span, String)> = variables.chain(volumes).collect();
        if places.is_empty() {
            continue;
        }
        let mut finding =
            RULE.found(&service.at, format!("`{}` writes its log to a file", service.name.value));
        for (span, text) in places {
            finding = finding.label(span, text);
        }
        found.push(finding.help("let it write to standard output, one JSON object a line, and remove this"));
    }
}

fn variable(name: &str, value: &str) -> bool {
    if !value.starts_with(['/', '.']) || value.starts_with("/dev/std") {
        return false;
    }
    let name = name.to_ascii_uppercase();
    let words: Vec<&str> = name.split('_').collect();
    let log = words.iter().any(|word| matches!(*word, "LOG" | "LOGS" | "LOGFILE" | "LOGGING"));
    let file = words.iter().any(|word| matches!(*word, "FILE" | "PATH" | "DIR" | "LOGFILE" | "FOLDER"));
    log && file
}

fn folder(path: &str) -> bool {
    path.starts_with("/var/log") || path.split('/').any(|part| matches!(part, "logs" | "log"))
}
