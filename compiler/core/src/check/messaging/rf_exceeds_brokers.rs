//! `rf-exceeds-brokers`: more copies than places for them.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};
use bastide_report::finding::Spot;

pub const RULE: Rule = Rule::deny("rf-exceeds-brokers", check).on_kubernetes().believes(BELIEFS);

const BELIEFS: &[Belief] = &[
    Belief::REPLICAS,
    Belief {
        field: "topic.replicas",
        without: |model, lost| model.topics.iter_mut().for_each(|topic| lost.take(&mut topic.replicas)),
    },
];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for topic in &ctx.model.topics {
        let broker = ctx.model.resource(&topic.on.value).filter(|it| it.external.is_none());
        let (Some(copies), Some(broker)) = (topic.replicas, broker) else { continue };
        if copies.value <= broker.replicas.value {
            continue;
        }
        let (name, on) = (&topic.name.value, &broker.name.value);
        let message =
            format!("`{name}` wants {} copies, and `{on}` has {}", copies.value, broker.replicas.value);
        RULE.found(&topic.at, message)
            .label_value(&copies, topic.name.span(), format!("{} copies", copies.value))
            .label_value(&broker.replicas, broker.name.span(), format!("{} here", broker.replicas.value))
            .write(
                &broker.replicas,
                broker.name.span(),
                Spot::Child("replicas", ""),
                copies.value.to_string(),
            )
            .help(format!("write `replicas {}` in `{on}`", copies.value))
            .add_to(found);
    }
}
