//! `broker-lacks-field`: said of a topic or queue, and kept by no such broker.

use crate::check::query::origin::typed;
use crate::check::{Context, Found, Rule};
use crate::model::messaging::Topic;
use bastide_report::source::Span;

pub const RULE: Rule = Rule::warn("broker-lacks-field", check);

/// Where a topic says a field, if a person wrote it.
type Said = fn(&Topic) -> Option<Span>;

/// Fields that types may lack.
const FIELDS: &[(&str, Said)] = &[
    ("compact", |it| it.compact.then(|| it.name.span())),
    ("dead-letter", |it| it.dead_letter.as_ref().filter(|at| typed(at)).map(|at| at.span())),
    ("max-length", |it| it.max_length.as_ref().filter(|at| typed(at)).map(|at| at.span())),
    ("partitions", |it| typed(&it.partitions).then(|| it.partitions.span())),
    ("priority", |it| it.priority.as_ref().filter(|at| typed(at)).map(|at| at.span())),
    ("retention", |it| typed(&it.retention).then(|| it.retention.span())),
];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for topic in &ctx.model.topics {
        let Some(broker) = ctx.model.resource(&topic.on.value) else { continue };
        let said =
            FIELDS.iter().filter_map(|(field, said)| Some((*field, said(topic)?, broker.lacks(field)?)));
        let said: Vec<_> = said.collect();
        if said.is_empty() {
            continue;
        }
        let names = said.iter().map(|(field, ..)| format!("`{field}`")).collect::<Vec<_>>().join(", ");
        let message =
            format!("`{}` says {names}, which a {} does not keep", topic.name.value, broker.ty.value);
        let labels = said.into_iter().map(|(_, span, why)| (span, why));
        RULE.found(&topic.at, message)
            .labels(labels)
            .help("remove it, or choose a broker that keeps it")
            .add_to(found);
    }
}
