//! `migration-in-initcontainer`: every instance migrates.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("migration-in-initcontainer", check);

const TOOLS: [&str; 8] =
    ["migrate", "migration", "migrations", "flyway", "liquibase", "alembic", "prisma", "db:migrate"];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let name = &service.name.value;
        let own = Some(&service.run).filter(|run| !run.is_taken());
        if let Some(word) = own.iter().flat_map(|run| &run.command).find(|at| migrates(&at.value)) {
            found.push(
                finding(&service.at, name, "its own command").label(word.span(), "runs in each instance"),
            );
        }
        for sidecar in &service.run.sidecars {
            if sidecar.command.iter().any(|word| migrates(&word.value)) || migrates(&sidecar.image) {
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
