//! `cap-mismatch`: what it should keep and how it copies do not fit.

use crate::check::{Context, Found, Rule};
use bastide_report::finding::Level;

pub const RULE: Rule = Rule::warn("cap-mismatch", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for resource in ctx.model.resources.iter().filter(|it| it.replicas.value > 1) {
        let (Some(favors), Some(replication)) = (&resource.favors, &resource.replication) else { continue };
        let name = &resource.name.value;
        let (message, cause, level, other) = match (favors.value.as_str(), replication.value.as_str()) {
            ("consistency", "async") => (
                format!("`{name}` favors consistency and may lose acknowledged writes"),
                "no write waits for a second copy",
                RULE.level,
                ("sync", "availability"),
            ),
            ("availability", "sync") => (
                format!("`{name}` favors availability and takes no writes while its second copy is away"),
                "each write waits for a second copy",
                Level::Warn,
                ("async", "consistency"),
            ),
            _ => continue,
        };
        RULE.found(&resource.at, message)
            .level(level)
            .label(replication.span(), cause)
            .label(favors.span(), "asked for here")
            .help(format!("write `replication=\"{}\"`, or `favors \"{}\"`", other.0, other.1))
            .add_to(found);
    }
}
