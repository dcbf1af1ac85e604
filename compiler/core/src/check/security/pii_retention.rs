//! `pii-retention`: personal data for ever.

use crate::check::belief::{Belief, Missing};
use crate::check::query::origin::place;
use crate::check::{Context, Found, Rule};
use crate::model::Model;
use bastide_report::units::Duration;

/// Longer than this is for ever.
const YEAR: Duration = Duration(365 * 86_400_000);
/// What nobody bounds.
const FOR_EVER: Duration = Duration(u64::MAX);

pub const RULE: Rule = Rule::warn("pii-retention", check).believes(BELIEFS);

const BELIEFS: &[Belief] = &[Belief { field: "topic.retention", without: kept_for_ever }];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for topic in ctx.model.topics.iter().filter(|topic| topic.pii) {
        let name = &topic.name.value;
        let kept = topic.retention;
        let how = match topic.compact {
            true => "for ever: it is compacted".to_string(),
            false if kept.value == FOR_EVER => "for as long as its broker likes".into(),
            false if kept.value > YEAR => format!("for {}", kept.value),
            false => continue,
        };
        RULE.found(&topic.at, format!("`{name}` keeps personal data {how}"))
            .label(place(&kept, topic.name.span()), "cannot be erased")
            .help("write `retention \"30d\"` without `compact`, and keep what must stay in a database")
            .add_to(found);
    }
}

/// A broker that keeps nothing keeps no personal data either.
fn kept_for_ever(model: &mut Model, lost: &Missing<'_>) {
    let lacking = model.resources.iter().filter(|it| it.lacks("retention").is_some());
    let lacking: Vec<String> = lacking.map(|it| it.name.value.clone()).collect();
    let topics = model.topics.iter_mut().filter(|it| !lacking.contains(&it.on.value));
    topics.for_each(|topic| lost.put(&mut topic.retention, FOR_EVER));
}
