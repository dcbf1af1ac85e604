//! `pii-retention`: personal data for ever.

use crate::check::{Context, Found, Rule};
use bastide_report::units::Duration;

/// Longer than this is for ever.
const YEAR: Duration = Duration(365 * 86_400_000);

pub const RULE: Rule = Rule::warn("pii-retention", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for topic in ctx.model.topics.iter().filter(|topic| topic.pii) {
        let name = &topic.name.value;
        let kept = topic.retention;
        let how = match topic.compact {
            true => "for ever: it is compacted".to_string(),
            false if kept.value > YEAR => format!("for {}", kept.value),
            false => continue,
        };
        RULE.found(&topic.at, format!("`{name}` keeps personal data {how}"))
            .label_value(&kept, topic.name.span(), "cannot be erased")
            .help("write `retention \"30d\"` without `compact`, and keep what must stay in a database")
            .add_to(found);
    }
}
