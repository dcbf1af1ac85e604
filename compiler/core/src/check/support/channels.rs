//! Who writes and who reads each topic and queue.

use crate::check::Context;
use crate::model::service::{Publish, Service, Subscribe};
use bastide_report::source::Span;
use std::collections::BTreeMap;

/// The two ends of a topic or queue.
#[derive(Default)]
pub struct Ends<'m> {
    /// Who writes, and where it says so.
    pub writers: Vec<(&'m Service, Span)>,
    /// Who reads.
    pub readers: Vec<(&'m Service, &'m Subscribe)>,
}

/// The ends of all topics and queues, by name.
pub fn ends<'m>(ctx: &Context<'m>) -> BTreeMap<&'m str, Ends<'m>> {
    let mut all: BTreeMap<&str, Ends<'_>> = BTreeMap::new();
    for topic in &ctx.model.topics {
        all.insert(&topic.name.value, Ends::default());
    }
    for service in &ctx.model.services {
        for it in &service.publishes {
            all.entry(&it.topic.value).or_default().writers.push((service, it.topic.span()));
        }
        for it in &service.subscribes {
            all.entry(&it.topic.value).or_default().readers.push((service, it));
            if let Some(emits) = it.emits.as_ref().filter(|emits| publishes(service, &emits.value).is_none())
            {
                all.entry(&emits.value).or_default().writers.push((service, emits.span()));
            }
        }
    }
    all
}

/// The service's own word on what it writes to a topic.
pub fn publishes<'m>(service: &'m Service, topic: &str) -> Option<&'m Publish> {
    service.publishes.iter().find(|it| it.topic.value == topic)
}
