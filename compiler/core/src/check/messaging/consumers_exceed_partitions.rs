//! `consumers-exceed-partitions`: instances that never get a message.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};
use crate::model::messaging::Topic;
use crate::model::service::{Service, Subscribe};
use bastide_report::finding::Spot;
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::warn("consumers-exceed-partitions", check).believes(BELIEFS);

const BELIEFS: &[Belief] = &[Belief {
    field: "topic.partitions",
    without: |model, lost| model.topics.iter_mut().for_each(|topic| lost.put(&mut topic.partitions, 1)),
}];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut groups: BTreeMap<(&str, &str), Vec<(&Service, &Subscribe)>> = BTreeMap::new();
    for service in &ctx.model.services {
        for edge in &service.subscribes {
            groups.entry((&edge.topic.value, &edge.group)).or_default().push((service, edge));
        }
    }
    for ((topic, group), members) in groups {
        let Some(topic) = ctx.model.topic(topic).filter(|topic| !topic.queue && by_partition(ctx, topic))
        else {
            continue;
        };
        let most: i64 = members.iter().map(|(service, _)| service.scale.max.value).sum();
        if most > topic.partitions.value {
            found.push(finding(topic, group, &members, most));
        }
    }
}

/// Brokers that order by key do so by giving each partition to one reader.
fn by_partition(ctx: &Context<'_>, topic: &Topic) -> bool {
    let broker = ctx.model.resource(&topic.on.value);
    broker.and_then(|broker| ctx.model.type_of(broker)).is_some_and(|ty| ty.order == "key")
}

fn finding(topic: &Topic, group: &str, members: &[(&Service, &Subscribe)], most: i64) -> Found {
    let (name, partitions) = (&topic.name.value, topic.partitions.value);
    let message =
        format!("up to {most} instances of group `{group}` share the {partitions} partitions of `{name}`");
    let node = members.first().map_or(topic.at.as_str(), |(_, edge)| edge.at.as_str());
    let mut finding = RULE.found(node, message);
    for (service, edge) in members.iter().take(8) {
        let max = service.scale.max;
        finding = finding.label_value(
            &max,
            edge.topic.span(),
            format!("up to {} of `{}`", max.value, service.name.value),
        );
    }
    let fewer = match members {
        [_] => format!(", or `scale max={partitions}`"),
        _ => ", or let fewer instances run".into(),
    };
    finding
        .label_value(&topic.partitions, topic.name.span(), format!("{partitions} partitions"))
        .write(&topic.partitions, topic.name.span(), Spot::Child("partitions", ""), most.to_string())
        .help(format!("write `partitions {most}` in `{name}`{fewer}"))
}
