//! Topics and queues that a workload reads and writes, as platforms see them.

use crate::model::Model;
use crate::model::service::{Publish, Service, Subscribe};
use serde::Serialize;

/// A topic or queue that is read.
#[derive(Clone, Debug, Serialize)]
pub struct Consumed {
    /// Path of the edge in the spec.
    pub at: String,
    /// The topic or queue.
    pub topic: String,
    /// Its name on the broker.
    pub address: String,
    /// Consumer group.
    pub group: String,
    /// Queue it reads, on brokers that keep one for each group.
    pub queue: String,
    /// Partitions.
    pub partitions: i64,
    /// Broker.
    pub broker: String,
    /// Type of the broker.
    pub broker_type: String,
    /// In whose way others count its unread messages: `kafka`, `rabbitmq`; none if nobody can.
    pub unread: Option<String>,
    /// An exporter counts them for Prometheus.
    pub counted: bool,
    /// Host and port of the broker.
    pub broker_address: String,
    /// Operator of the broker.
    pub provider: Option<String>,
    /// Where messages go that could not be handled.
    pub dead_letter: Option<String>,
}

/// A topic or queue that is written.
#[derive(Clone, Debug, Serialize)]
pub struct Produced {
    /// Path of the edge in the spec.
    pub at: String,
    /// The topic or queue.
    pub topic: String,
    /// Its name on the broker.
    pub address: String,
    /// Broker.
    pub broker: String,
    /// Type of the broker.
    pub broker_type: String,
    /// Operator of the broker.
    pub provider: Option<String>,
}

/// What is written, by name.
pub fn produced(model: &Model, service: &Service) -> Vec<Produced> {
    let one = |it: &Publish| {
        let topic = model.topic(&it.topic.value)?;
        let broker = model.resource(&topic.on.value)?;
        Some(Produced {
            at: it.at.clone(),
            topic: topic.name.value.clone(),
            address: topic.address.clone(),
            broker: broker.name.value.clone(),
            broker_type: broker.ty.value.clone(),
            provider: broker.provider.clone(),
        })
    };
    service.publishes.iter().filter_map(one).collect()
}

/// What is read, by name.
pub fn consumed(model: &Model, service: &Service) -> Vec<Consumed> {
    let one = |it: &Subscribe| {
        let topic = model.topic(&it.topic.value)?;
        let broker = model.resource(&topic.on.value)?;
        Some(Consumed {
            at: it.at.clone(),
            topic: topic.name.value.clone(),
            address: topic.address.clone(),
            group: it.group.clone(),
            queue: topic.copy(&it.group),
            partitions: topic.partitions.value,
            broker: broker.name.value.clone(),
            broker_type: broker.ty.value.clone(),
            unread: broker.unread.clone(),
            counted: model.types.get(&broker.ty.value).is_some_and(|ty| ty.exporter),
            broker_address: format!("{}:{}", broker.host, broker.port),
            provider: broker.provider.clone(),
            dead_letter: topic.dead_letter.as_ref().map(|_| topic.aside(&it.group)),
        })
    };
    service.subscribes.iter().filter_map(one).collect()
}
