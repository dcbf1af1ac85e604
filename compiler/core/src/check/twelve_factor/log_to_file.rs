//! `log-to-file`: a log nobody collects.

use crate::check::{Context, Found, Rule};
use bastide_report::source::Span;

pub const RULE: Rule = Rule::info("log-to-file", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in ctx.model.services.iter().filter(|it| !it.run.is_taken()) {
        let variables = service.run.env.iter().filter(|(name, at)| variable(name, &at.value));
        let variables = variables.map(|(name, at)| (at.span(), format!("`{name}` names a file")));
        let volumes = service.run.volumes.iter().filter(|volume| folder(&volume.path.value));
        let volumes = volumes.map(|volume| (volume.path.span(), "a folder for logs".to_string()));
        let places: Vec<(Span, String)> = variables.chain(volumes).collect();
        if places.is_empty() {
            continue;
        }
        RULE.found(&service.at, format!("`{}` writes its log to a file", service.name.value))
            .labels(places)
            .help("let it write to standard output, one JSON object a line, and remove this")
            .add_to(found);
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
