//! Topics and queues as meant.

use crate::tree::At;
use bastide_report::units::Duration;
use serde::Serialize;

/// A topic or a queue.
#[derive(Clone, Debug, Serialize)]
pub struct Topic {
    /// Its path in the spec.
    pub at: String,
    /// Its name.
    pub name: At<String>,
    /// A queue: each message goes to one receiver.
    pub queue: bool,
    /// Broker.
    pub on: At<String>,
    /// Name on the broker.
    pub address: String,
    /// Field that orders.
    pub key: Option<At<String>>,
    /// Readers of one group that can share the work.
    pub partitions: At<i64>,
    /// An exporter of its broker counts its messages for Prometheus.
    pub counted: bool,
    /// Copies of each message, as written.
    pub replicas: Option<At<i64>>,
    /// Copies that must have it before a write counts.
    pub in_sync: Option<At<i64>>,
    /// How long messages are kept.
    pub retention: At<Duration>,
    /// Versions of the message, newest first.
    pub events: Vec<Event>,
    /// How often a message may arrive.
    pub delivery: At<String>,
    /// Deliveries that may fail before it is set aside.
    pub dead_letter: Option<At<i64>>,
    /// How long messages set aside are kept.
    pub dead_letter_retention: Duration,
    /// First wait between deliveries.
    pub retry: Option<At<Duration>>,
    /// Later messages of the key wait too.
    pub retry_in_place: bool,
    /// Keep the last message of each key for ever.
    pub compact: bool,
    /// Personal data.
    pub pii: bool,
    /// Somebody outside publishes or reads it.
    pub outside: bool,
    /// Most messages a queue holds.
    pub max_length: Option<At<i64>>,
    /// Number of priorities of a queue.
    pub priority: Option<At<i64>>,
}

impl Topic {
    /// Name of what a group reads on brokers that keep a queue for each: the queue itself, or the group's copy of a topic.
    pub fn copy(&self, group: &str) -> String {
        if self.queue { self.address.clone() } else { format!("{}.{group}", self.address) }
    }

    /// Name of the place messages go that a group could not handle.
    pub fn aside(&self, group: &str) -> String {
        if self.queue { format!("{}.dlq", self.address) } else { format!("{}.{group}.dlq", self.address) }
    }
}

/// A version of the message.
#[derive(Clone, Debug, Serialize)]
pub struct Event {
    /// Its path in the spec.
    pub at: String,
    /// The version.
    pub version: At<String>,
    /// Schema file.
    pub schema: Option<At<String>>,
    /// Compatibility mode.
    pub compatibility: Option<At<String>>,
}
