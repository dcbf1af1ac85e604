//! `schema-compat-none`: history nobody can read.

use crate::check::{Context, Found, Rule};
use bastide_report::units::Duration;

/// Kept longer than this, several versions lie in the topic.
const LONG: Duration = Duration(30 * 86_400_000);

pub const RULE: Rule = Rule::info("schema-compat-none", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for topic in &ctx.model.topics {
        let history = topic.compact || topic.retention.value > LONG;
        for event in topic.events.iter().filter(|event| event.schema.is_some()) {
            let Some(mode) = &event.compatibility else { continue };
            let name = &topic.name.value;
            let (message, better) = match mode.value.as_str() {
                "none" => (
                    format!("nothing says who can still read `{name}` after a change"),
                    "backward".to_string(),
                ),
                near if history && !near.ends_with("-transitive") => (
                    format!("`{name}` keeps all its versions, and `{near}` compares only with the last"),
                    format!("{near}-transitive"),
                ),
                _ => continue,
            };
            RULE.found(&topic.at, message)
                .label(mode.span(), format!("`{}`", mode.value))
                .edit(mode.span(), format!("\"{better}\""))
                .help(format!("write `compatibility=\"{better}\"`"))
                .add_to(found);
        }
    }
}
