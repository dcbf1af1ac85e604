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

/// Most writers or readers a finding shows.
const SHOWN: usize = 8;

impl Ends<'_> {
    /// The first writers, each with what it does.
    pub fn written(&self, verb: &str) -> impl Iterator<Item = (Span, String)> {
        self.writers.iter().take(SHOWN).map(move |(it, span)| (*span, format!("`{}` {verb}", it.name.value)))
    }

    /// The first readers, each with what it does.
    pub fn read(&self, verb: &str) -> impl Iterator<Item = (Span, String)> {
        let readers = self.readers.iter().take(SHOWN);
        readers.map(move |(it, edge)| (edge.topic.span(), format!("`{}` {verb}", it.name.value)))
    }
}

impl<'m> Context<'m> {
    /// The ends of all topics and queues, by name.
    pub fn ends(&self) -> BTreeMap<&'m str, Ends<'m>> {
        let mut all: BTreeMap<&str, Ends<'_>> = BTreeMap::new();
        for topic in &self.model.topics {
            all.insert(&topic.name.value, Ends::default());
        }
        for service in &self.model.services {
            for it in &service.publishes {
                all.entry(&it.topic.value).or_default().writers.push((service, it.topic.span()));
            }
            for it in &service.subscribes {
                all.entry(&it.topic.value).or_default().readers.push((service, it));
                let emits = it.emits.as_ref().filter(|emits| publishes(service, &emits.value).is_none());
                if let Some(emits) = emits {
                    all.entry(&emits.value).or_default().writers.push((service, emits.span()));
                }
            }
        }
        all
    }
}

/// The service's own word on what it writes to a topic.
pub fn publishes<'m>(service: &'m Service, topic: &str) -> Option<&'m Publish> {
    service.publishes.iter().find(|it| it.topic.value == topic)
}
