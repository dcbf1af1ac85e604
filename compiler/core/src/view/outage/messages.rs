//! What becomes of messages while something is down.

use crate::model::Model;
use crate::model::service::Service;
use crate::view::graph::{Graph, NodeKind};
use serde::Serialize;
use std::collections::BTreeSet;

/// What becomes of the messages of a topic or queue between it and a service.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// The topic or queue.
    pub topic: String,
    /// The service.
    pub service: String,
    /// What becomes of them.
    pub how: Held,
    /// How long the topic keeps them.
    pub kept: String,
}

/// What becomes of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Held {
    /// They wait for the service, which is down.
    Unread,
    /// The service keeps them in its outbox: the broker is down.
    Outbox,
    /// The service cannot write them, and has no outbox.
    Unsent,
    /// The service hears nothing new: who writes them is down, or the broker.
    Silent,
}

/// What becomes of the messages of all topics, by topic.
pub(super) fn messages(model: &Model, graph: &Graph, down: &BTreeSet<u32>) -> Vec<Message> {
    let is_down = |name: &str| graph.program(name).is_some_and(|at| down.contains(&at));
    let carried = |name: &str| {
        let node = graph.find(NodeKind::Topic, name).or_else(|| graph.find(NodeKind::Queue, name));
        node.is_some_and(|at| down.contains(&at))
    };
    let silent = silent(model, &is_down, &carried);
    let mut all = vec![];
    for topic in &model.topics {
        let name = &topic.name.value;
        let kept = topic.retention.value.to_string();
        let mut say = |service: &Service, how| {
            let (topic, service) = (name.clone(), service.name.value.clone());
            all.push(Message { topic, service, how, kept: kept.clone() });
        };
        for service in model.services.iter().filter(|it| !is_down(&it.name.value)) {
            for publish in service.publishes.iter().filter(|it| it.topic.value == *name && carried(name)) {
                say(service, if publish.outbox { Held::Outbox } else { Held::Unsent });
            }
        }
        for service in model.services.iter().filter(|it| reads(it, name)) {
            match is_down(&service.name.value) {
                true if !carried(name) => say(service, Held::Unread),
                false if silent.contains(name.as_str()) => say(service, Held::Silent),
                _ => {}
            }
        }
    }
    all
}

fn reads(service: &Service, topic: &str) -> bool {
    service.subscribes.iter().any(|it| it.topic.value == topic)
}

/// Topics that nobody can write: the broker is down, or all who write them; or they write only what they make of messages of
/// such a topic.
fn silent<'m>(
    model: &'m Model,
    is_down: &impl Fn(&str) -> bool,
    carried: &impl Fn(&str) -> bool,
) -> BTreeSet<&'m str> {
    let mut silent: BTreeSet<&str> =
        model.topics.iter().map(|it| it.name.value.as_str()).filter(|it| carried(it)).collect();
    loop {
        let before = silent.len();
        for topic in &model.topics {
            let name = topic.name.value.as_str();
            let mut writers = model
                .services
                .iter()
                .filter(|it| it.publishes.iter().any(|it| it.topic.value == name))
                .peekable();
            let mute = |service: &Service| {
                let mut from = service.subscribes.iter().filter(|it| emits(it, name)).peekable();
                is_down(&service.name.value)
                    || from.peek().is_some() && from.all(|it| silent.contains(it.topic.value.as_str()))
            };
            if writers.peek().is_some() && writers.all(mute) {
                silent.insert(name);
            }
        }
        if silent.len() == before {
            return silent;
        }
    }
}

fn emits(subscribe: &crate::model::service::Subscribe, topic: &str) -> bool {
    subscribe.emits.as_ref().is_some_and(|it| it.value == topic)
}
