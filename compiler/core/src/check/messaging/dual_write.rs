//! `dual-write`: two writes that a crash can tear apart.

use crate::check::query::channels::publishes;
use crate::check::{Context, Found, Rule};
use crate::model::service::{Service, Use};
use bastide_report::source::Span;

pub const RULE: Rule = Rule::warn("dual-write", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let database = |used: &&Use| {
        let class = ctx.model.resource(&used.resource.value).map(|it| it.class.as_str());
        !used.read_only && matches!(class, Some("database" | "store"))
    };
    for service in &ctx.model.services {
        let Some(store) = service.uses.iter().find(database) else { continue };
        for (topic, at, span) in unboxed(service) {
            let (name, store_name) = (&service.name.value, &store.resource.value);
            let message = format!(
                "`{name}` writes `{store_name}` and `{topic}`, and a crash between the two loses one"
            );
            RULE.found(at, message)
                .label(span, "written without an outbox")
                .label(store.resource.span(), "written too")
                .help("store the message with the data and write `outbox=#true`")
                .add_to(found);
        }
    }
}

/// What the service writes to topics and queues with no outbox: declared, or emitted by a handler and declared nowhere.
fn unboxed(service: &Service) -> impl Iterator<Item = (&str, &str, Span)> {
    let declared = service.publishes.iter().filter(|it| !it.outbox);
    let declared = declared.map(|it| (it.topic.value.as_str(), it.at.as_str(), it.topic.span()));
    let emitted = service.subscribes.iter().filter_map(|it| Some((it.emits.as_ref()?, it.at.as_str())));
    let emitted = emitted.filter(|(topic, _)| publishes(service, &topic.value).is_none());
    declared.chain(emitted.map(|(topic, at)| (topic.value.as_str(), at, topic.span())))
}
