//! `retention-below-rto`: gone before the reader is back.

use crate::check::belief::{Belief, Missing};
use crate::check::{Context, Found, Rule};
use crate::model::Model;
use crate::model::messaging::Topic;
use crate::model::service::Service;
use crate::tree::At;
use bastide_report::finding::Spot;
use bastide_report::units::Duration;

pub const RULE: Rule = Rule::warn("retention-below-rto", check).believes(BELIEFS);

const BELIEFS: &[Belief] = &[
    Belief { field: "topic.retention", without: kept_by_nobody },
    Belief { field: "queue.retention", without: kept_by_nobody },
];

fn kept_by_nobody(model: &mut Model, lost: &Missing<'_>) {
    model.topics.iter_mut().for_each(|topic| lost.put(&mut topic.retention, Duration(0)));
}

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let Some((store, rto)) = slowest(ctx, service) else { continue };
        for read in &service.subscribes {
            let Some(topic) = ctx.model.topic(&read.topic.value) else { continue };
            let kept = topic.retention;
            if topic.compact || kept.value >= rto.value {
                continue;
            }
            let message = format!(
                "`{store}` of `{}` may take {} to come back, `{}` keeps its messages for {}",
                service.name.value, rto.value, topic.name.value, kept.value
            );
            RULE.found(&topic.at, message)
                .label_value(&kept, topic.name.span(), format!("gone after {}", kept.value))
                .label_value(&rto, service.name.span(), "back after this")
                .write(&kept, topic.name.span(), Spot::Child("retention", ""), format!("\"{}\"", rto.value))
                .help(format!("write `retention \"{}\"` or more", rto.value))
                .add_to(found);
        }
    }
    ctx.model.topics.iter().filter(|topic| !topic.compact).for_each(|topic| aside(topic, found));
}

/// The data of a service that takes longest to come back.
fn slowest<'m>(ctx: &Context<'m>, service: &Service) -> Option<(&'m str, At<Duration>)> {
    let stores = service.uses.iter().filter_map(|used| ctx.model.resource(&used.resource.value));
    let times = stores.filter_map(|store| Some((store.name.value.as_str(), store.backup.as_ref()?.rto?)));
    times.max_by_key(|(_, rto)| rto.value)
}

/// What could not be handled must not vanish before what could.
fn aside(topic: &Topic, found: &mut Vec<Found>) {
    let Some(after) = topic.dead_letter.filter(|_| topic.dead_letter_retention < topic.retention.value)
    else {
        return;
    };
    let (kept, aside) = (topic.retention.value, topic.dead_letter_retention);
    let message =
        format!("dead letters of `{}` are kept for {aside}, its messages for {kept}", topic.name.value);
    RULE.found(&topic.at, message)
        .label(after.span(), "set aside, and gone first")
        .edit_at(after.span(), Spot::Property("retention"), format!("\"{kept}\""))
        .help(format!("write `dead-letter after={} retention=\"{kept}\"` or more", after.value))
        .add_to(found);
}
