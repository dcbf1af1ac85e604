//! Resources and their types as meant.

use super::{Slo, service::Run};
use crate::tree::{At, Origin};
use bastide_report::units::{Duration, Size};
use serde::Serialize;
use std::collections::BTreeMap;

/// A backing service.
#[derive(Clone, Debug, Serialize)]
pub struct Resource {
    /// Its path in the spec.
    pub at: String,
    /// Its name.
    pub name: At<String>,
    /// Team that owns the data.
    pub owner: Option<At<String>>,
    /// Name of its type.
    #[serde(rename = "type")]
    pub ty: At<String>,
    /// `database`, `cache`, `broker`, `queue`, `store` or `service`.
    pub class: String,
    /// Version as written.
    pub version: At<String>,
    /// Its major version.
    pub major: String,
    /// Image tag of this version.
    pub tag: String,
    /// Image in place of the type's.
    pub image: Option<At<String>>,
    /// Operator or managed form chosen by the target, if any.
    pub provider: Option<String>,
    /// The form it runs in writes its backup.
    #[serde(skip)]
    pub backs_up: bool,
    /// The form it runs in refuses who does not ask for TLS.
    #[serde(skip)]
    pub tls_only: bool,
    /// Somebody else runs it.
    pub external: Option<ExternalResource>,
    /// `consistency` or `availability`.
    pub favors: Option<At<String>>,
    /// Copies.
    pub replicas: At<i64>,
    /// `sync` or `async`.
    pub replication: Option<At<String>>,
    /// Space.
    pub storage: Option<At<Size>>,
    /// Processor time and memory of each copy.
    pub resources: Option<super::service::Resources>,
    /// Copies for the worst day.
    pub backup: Option<Backup>,
    /// Holds personal data.
    pub pii: Option<At<bool>>,
    /// Its data is encrypted where it lies.
    pub encrypted: bool,
    /// Connections it accepts.
    pub max_connections: Option<At<i64>>,
    /// Its type can be told how many it accepts.
    pub limits_connections: bool,
    /// Values of its type that its own start leaves out.
    #[serde(skip)]
    pub dropped: Vec<String>,
    /// Variables of its type that it says otherwise, each with the text of the type.
    #[serde(skip)]
    pub replaced: Vec<(String, At<String>, String)>,
    /// Values of the type's options.
    pub options: BTreeMap<String, serde_json::Value>,
    /// What it promises.
    pub slo: Option<Slo>,
    /// Its outputs.
    pub outputs: BTreeMap<String, Output>,
    /// How it runs as a container, with this resource's values filled in.
    pub run: Option<Run>,
    /// What runs is good for development alone, since it is this.
    #[serde(skip)]
    pub stand_in: Option<String>,
    /// Keeps data.
    pub stateful: bool,
    /// Secrets generated for it: name and length.
    pub generates: BTreeMap<String, i64>,
    /// Secret texts made from others.
    pub derives: BTreeMap<String, String>,
    /// Secrets its program reads from files: secret and variable.
    pub secret_files: Vec<(String, Option<String>)>,
    /// Fields that the server takes once.
    #[serde(skip)]
    pub once: Vec<Once>,
    /// Fields of topics and queues that it cannot keep, and why.
    #[serde(skip)]
    pub lacks: Vec<(String, String)>,
    /// Whose tools make its topics and queues before anybody uses them; none if it makes them itself.
    pub topics: Option<String>,
    /// Image with these tools, if the broker's own has none.
    pub topics_image: Option<String>,
    /// Its topics are made by a job beside it, not by itself as it starts.
    pub topics_by_job: bool,
    /// In whose way others count the messages that wait for a reader: `kafka`, `rabbitmq`; none if nobody can.
    pub unread: Option<String>,
    /// An exporter counts its messages for Prometheus.
    pub counted: bool,
    /// Its image brings the folders of its volumes, and they belong to its user.
    pub owns_volumes: bool,
    /// Labels of the pods an operator makes.
    pub pods: BTreeMap<String, String>,
    /// Port clients connect to.
    pub port: u16,
    /// Host clients connect to.
    pub host: String,
    /// Kubernetes secret that holds its secret outputs, and the key of each where it differs.
    pub secret: String,
    /// Keys of the secret.
    pub secret_keys: BTreeMap<String, String>,
    /// Files every client finds, kept by an operator.
    pub credentials: Vec<Credential>,
}

impl Resource {
    /// Why it cannot keep a field of the topics and queues it carries; none if it can.
    pub fn lacks(&self, field: &str) -> Option<&str> {
        let lacked = |it: &&(String, String)| it.0.strip_prefix("topic.") == Some(field);
        self.lacks.iter().find(lacked).map(|(_, why)| why.as_str())
    }

    /// Whether there are copies of it, made by the operator that runs it.
    pub fn copied(&self) -> bool {
        self.backup.is_some() && self.backs_up && self.external.is_none()
    }
}

/// A field that a server takes once: what is there stays as it was made.
#[derive(Clone, Debug)]
pub struct Once {
    /// `option.database`, `topic.priority`.
    pub field: String,
    /// Why.
    pub because: String,
    /// The safe way.
    pub help: String,
}

/// A file every client of an operator's resource finds.
#[derive(Clone, Debug, Serialize)]
pub struct Credential {
    /// Key in the secret, and name of the file.
    pub name: String,
    /// Secret that holds it; `${workload}` in it is the client.
    pub object: String,
    /// End of the variable that holds the path.
    pub env: String,
}

/// A resource somebody else runs.
#[derive(Clone, Debug, Serialize)]
pub struct ExternalResource {
    /// Path in the secret store.
    pub secret: Option<String>,
    /// Host.
    pub host: Option<String>,
    /// Port.
    pub port: Option<u16>,
}

/// Copies for the worst day.
#[derive(Clone, Debug, Serialize)]
pub struct Backup {
    /// Cron fields.
    pub schedule: Option<At<String>>,
    /// How long copies are kept.
    pub keep: Option<At<Duration>>,
    /// Most recent work that may be lost.
    pub rpo: Option<At<Duration>>,
    /// Longest time until it is back.
    pub rto: Option<At<Duration>>,
    /// Data restored in a second.
    pub restore: Option<At<Size>>,
    /// Where copies go.
    pub to: Option<String>,
    /// Secret-store path of the credentials.
    pub credentials: Option<String>,
}

/// A value others may use.
#[derive(Clone, Debug, Serialize)]
pub struct Output {
    /// The value; for secrets a text with `${password}` and the like in it.
    pub value: String,
    /// Never written as text.
    pub secret: bool,
    /// Where the type says so.
    #[serde(skip)]
    pub origin: Origin,
}

/// What a type means.
#[derive(Clone, Debug, Serialize)]
pub struct ResourceType {
    /// Its name.
    pub name: At<String>,
    /// One sentence.
    pub about: String,
    /// `database`, `cache`, `broker`, `queue`, `store` or `service`.
    pub class: String,
    /// Major version and image tag, oldest first.
    pub versions: Vec<(String, String)>,
    /// What a broker can promise: delivery, order, most replicas.
    pub delivery: Vec<String>,
    /// `key`, `queue` or `none`.
    pub order: String,
    /// An exporter counts the messages of a broker for Prometheus.
    #[serde(skip)]
    pub exporter: bool,
    /// Most copies of a message.
    pub max_replicas: Option<i64>,
    /// Operators that can run it.
    #[serde(skip)]
    pub providers: Vec<String>,
    /// Those of them that write backups.
    #[serde(skip)]
    pub backing_up: Vec<String>,
}
