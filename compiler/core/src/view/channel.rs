//! Channels: what each broker must hold before anybody uses it: topics, queues, the copies groups read, dead letters.

use super::workload::Running;
use crate::model::Model;
use crate::model::messaging::Topic;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// One thing a broker holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Channel {
    /// Broker.
    pub broker: String,
    /// Name on the broker.
    pub name: String,
    /// `topic`, `queue`, `group` (what a group reads of a topic, for brokers that keep a queue for each) or `dead-letter`.
    pub role: String,
    /// Topic or queue of the spec.
    pub topic: String,
    /// Its path in the spec.
    pub at: String,
    /// Name on the broker of the topic or queue it belongs to.
    pub of: String,
    /// Group that reads it, or whose messages are set aside there.
    pub group: Option<String>,
    /// Readers of one group that can share the work.
    pub partitions: i64,
    /// How long messages are kept, in ms.
    pub retention_ms: u64,
    /// Keeps the last message of each key for ever.
    pub compact: bool,
    /// Most messages.
    pub max_length: Option<i64>,
    /// Number of priorities.
    pub priority: Option<i64>,
    /// Where messages go that could not be handled.
    pub dead_letter: Option<String>,
    /// Deliveries that may fail before.
    pub attempts: Option<i64>,
}

/// All channels, by broker and name.
pub fn channels(model: &Model, runs: &[Running<'_>]) -> Vec<Channel> {
    let groups = groups(runs);
    let none = BTreeSet::new();
    let read = |topic: &Topic| groups.get(topic.name.value.as_str()).unwrap_or(&none);
    let mut all: Vec<Channel> = model.topics.iter().flat_map(|topic| of_topic(topic, read(topic))).collect();
    all.sort();
    all.dedup();
    all
}

/// Groups that read each topic, sorted.
fn groups<'m>(runs: &'m [Running<'_>]) -> BTreeMap<&'m str, BTreeSet<String>> {
    let mut groups: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for read in runs.iter().filter(|run| run.consumes).flat_map(|run| &run.service.subscribes) {
        groups.entry(&read.topic.value).or_default().insert(read.group.clone());
    }
    groups
}

fn of_topic(topic: &Topic, groups: &BTreeSet<String>) -> Vec<Channel> {
    let role = if topic.queue { "queue" } else { "topic" };
    let own = channel(topic, role, &topic.address);
    let aside = |name: String, group: Option<String>| Channel {
        group,
        retention_ms: topic.dead_letter_retention.0,
        compact: false,
        max_length: None,
        priority: None,
        ..channel(topic, "dead-letter", &name)
    };
    let attempts = topic.dead_letter.map(|at| at.value);
    if topic.queue {
        let name = attempts.map(|_| topic.aside(""));
        let own = Channel { attempts, dead_letter: name.clone(), ..own };
        return std::iter::once(own).chain(name.map(|name| aside(name, None))).collect();
    }
    let mut all = vec![own];
    for group in groups {
        let name = attempts.map(|_| topic.aside(group));
        let copy = channel(topic, "group", &topic.copy(group));
        let group = Some(group.clone());
        all.push(Channel { group: group.clone(), attempts, dead_letter: name.clone(), ..copy });
        all.extend(name.map(|name| aside(name, group)));
    }
    all
}

fn channel(topic: &Topic, role: &str, name: &str) -> Channel {
    Channel {
        broker: topic.on.value.clone(),
        name: name.into(),
        role: role.into(),
        topic: topic.name.value.clone(),
        at: topic.at.clone(),
        of: topic.address.clone(),
        group: None,
        partitions: topic.partitions.value,
        retention_ms: topic.retention.value.0,
        compact: topic.compact,
        max_length: topic.max_length.map(|at| at.value),
        priority: topic.priority.map(|at| at.value),
        dead_letter: None,
        attempts: None,
    }
}
