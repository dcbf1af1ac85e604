//! A service or function as meant.

mod edges;
mod machine;
mod port;
mod run;

pub use edges::{After, Call, Publish, Subscribe, Use};
pub use machine::{Device, Gpu, Machine, Toleration};
pub use port::{Egress, HostPort, Port, transport};
pub use run::{Amount, Build, File, HELD, Health, Resources, Run, SecretRef, Shutdown, Sidecar, Volume};

use super::Slo;
use crate::tree::At;
use bastide_report::units::{Date, Duration, Rate, Share};
use serde::Serialize;

/// A program of ours.
#[derive(Clone, Debug, Serialize)]
pub struct Service {
    /// Its path in the spec.
    pub at: String,
    /// Its name.
    pub name: At<String>,
    /// Set for a function.
    pub function: Option<Function>,
    /// Team that answers for it.
    pub owner: String,
    /// Channel to reach the team.
    pub contact: String,
    /// Importance from 1.
    pub tier: Option<At<i64>>,
    /// Bounded context.
    pub context: Option<At<String>>,
    /// Layer.
    pub layer: Option<At<String>>,
    /// Network zone.
    pub zone: Option<At<String>>,
    /// No public route may lead here.
    pub internal: Option<At<bool>>,
    /// What runs.
    pub run: Run,
    /// What it offers.
    pub apis: Vec<Api>,
    /// Requests it makes.
    pub calls: Vec<Call>,
    /// Backing services.
    pub uses: Vec<Use>,
    /// What it waits for as it starts, and neither calls nor uses.
    pub after: Vec<After>,
    /// Topics and queues it writes.
    pub publishes: Vec<Publish>,
    /// Topics and queues it reads.
    pub subscribes: Vec<Subscribe>,
    /// Nodes that its texts refer to (`${orders-db.url}`), each where it does so first.
    #[serde(skip)]
    pub refers: Vec<At<String>>,
    /// What it reaches outside that is no external.
    pub egress: Vec<Egress>,
    /// How many run.
    pub scale: Scale,
    /// What it promises.
    pub slo: Option<Slo>,
    /// Admin processes.
    pub jobs: Vec<Job>,
    /// Where sessions live.
    pub session: Option<Session>,
    /// Metrics port and names.
    pub metrics: Metrics,
    /// Command that checks the source.
    pub lint: Option<String>,
    /// Command that tests it.
    pub test: Option<String>,
}

impl Service {
    /// The topics and queues that it writes, then those that it reads.
    pub fn topics(&self) -> impl Iterator<Item = &String> {
        let written = self.publishes.iter().map(|it| &it.topic.value);
        written.chain(self.subscribes.iter().map(|it| &it.topic.value))
    }

    /// The port that answers a caller: that of the api it names, where there is one of that name, else of the first;
    /// without any api the first port that is declared, of TCP if there is one, or that asks for its health.
    pub fn port(&self, api: Option<&str>) -> u16 {
        let named = |it: &&Api| api.is_none_or(|name| it.name.value == name);
        let own = self.first_port().map(|port| port.number).or(self.run.health.port);
        let own = own.filter(|_| self.apis.is_empty());
        self.apis
            .iter()
            .find(named)
            .or(self.apis.first())
            .map(|it| it.port.value as u16)
            .or(own)
            .unwrap_or(8_080)
    }

    /// The port that answers where there is no api.
    fn first_port(&self) -> Option<&Port> {
        let ports = &self.run.ports;
        ports.iter().find(|port| port.transport() == "TCP").or(ports.first())
    }

    /// What carries what is spoken at a port of it: TCP, UDP or both.
    pub fn transports(&self, number: u16) -> Vec<&'static str> {
        let api = self.apis.iter().any(|api| api.port.value == i64::from(number));
        let own = self.run.ports.iter().filter(|port| (port.number..=port.last()).contains(&number));
        let mut all: Vec<&str> = own.map(Port::transport).chain(api.then_some("TCP")).collect();
        all.sort_unstable();
        all.dedup();
        if all.is_empty() { vec!["TCP"] } else { all }
    }

    /// What a URL of it begins with.
    pub fn scheme(&self) -> &'static str {
        match self.first_port().filter(|_| self.apis.is_empty()).map(|port| port.protocol.as_str()) {
            Some("tcp") => "tcp",
            Some("udp") => "udp",
            _ => "http",
        }
    }
}

/// What makes a service a function.
#[derive(Clone, Debug, Serialize)]
pub struct Function {
    /// Longest run.
    pub limit: Option<At<Duration>>,
    /// Clock that starts it.
    pub schedule: Option<At<String>>,
}

/// What a service offers.
#[derive(Clone, Debug, Serialize)]
pub struct Api {
    /// Its path in the spec.
    pub at: String,
    /// Its name.
    pub name: At<String>,
    /// `rest`, `grpc`, `graphql` or `websocket`.
    pub style: String,
    /// Contract file.
    pub contract: Option<At<String>>,
    /// Port.
    pub port: At<i64>,
    /// Who may reach it beside those the spec names: `namespace`, `cluster` or `anywhere`.
    pub from: Option<String>,
    /// Where a development machine publishes it.
    pub publish: Option<At<HostPort>>,
    /// Path all operations begin with.
    pub path: Option<String>,
    /// How long it keeps idle connections open.
    pub keep_alive: Option<At<Duration>>,
    /// `stable`, `beta`, `alpha`.
    pub stability: String,
    /// `compatible`, `point-to-point` or `knot`.
    pub strategy: String,
    /// Living versions, newest first.
    pub versions: Vec<ApiVersion>,
    /// Optional fields of answers stay, too.
    pub keep_fields: bool,
}

impl Api {
    /// The version of this number. They are listed from the newest on.
    pub fn version(&self, number: &str) -> Option<&ApiVersion> {
        let semver = bastide_report::version::parse(number)?;
        let at = self.versions.binary_search_by(|own| semver.cmp(&own.semver)).ok()?;
        self.versions.get(at).filter(|own| own.version.value == number)
    }
}

/// A living version.
#[derive(Clone, Debug, Serialize)]
pub struct ApiVersion {
    /// Its path in the spec.
    pub at: String,
    /// The version.
    pub version: At<String>,
    /// Parsed.
    #[serde(skip)]
    pub semver: semver::Version,
    /// Contract of this version.
    pub contract: Option<At<String>>,
    /// Image of this version.
    pub image: Option<At<String>>,
    /// Folder of this version.
    pub build: Option<At<String>>,
    /// Clients are told to move from this day.
    pub deprecated: Option<At<Date>>,
    /// Gone from this day.
    pub sunset: Option<At<Date>>,
    /// Reads topics too; by default only the newest does.
    pub consumes: Option<bool>,
}

/// How many run.
#[derive(Clone, Debug, Serialize)]
pub struct Scale {
    /// Fewest.
    pub min: At<i64>,
    /// Most.
    pub max: At<i64>,
    /// Processor use to aim at.
    pub cpu: Option<At<Share>>,
    /// Unread messages per instance to aim at.
    pub lag: Option<At<i64>>,
    /// Database connections per instance.
    pub pool: At<i64>,
    /// Requests one instance can take.
    pub capacity: Option<At<Rate>>,
    /// Most requests expected.
    pub peak: Option<At<Rate>>,
    /// Highest rate held in the last load test.
    pub measured: Option<At<Rate>>,
}

/// An admin process.
#[derive(Clone, Debug, Serialize)]
pub struct Job {
    /// Its path in the spec.
    pub at: String,
    /// Its name.
    pub name: At<String>,
    /// `before-release`, `after-release` or `on-schedule`.
    pub run: String,
    /// Command.
    pub command: Vec<At<String>>,
    /// What it reaches outside; that of its service if it says nothing.
    pub egress: Vec<Egress>,
    /// Cron fields.
    pub schedule: Option<At<String>>,
    /// Longest run.
    pub timeout: Duration,
    /// Whether an older release can work on after it, if said.
    pub reversible: Option<At<bool>>,
}

/// Where sessions live.
#[derive(Clone, Debug, Serialize)]
pub struct Session {
    /// `none`, `sticky` or `store`.
    pub kind: At<String>,
    /// Resource that keeps them.
    pub store: Option<At<String>>,
}

/// Metrics port and names.
#[derive(Clone, Debug, Serialize)]
pub struct Metrics {
    /// Port.
    pub port: Option<u16>,
    /// Path.
    pub path: String,
    /// Counter of requests.
    pub requests: String,
    /// Histogram of durations in seconds.
    pub duration: String,
    /// Upper edges of the histogram, in seconds.
    pub buckets: Option<At<String>>,
}

/// Percent as a whole number, for autoscalers.
pub fn whole_percent(share: Share) -> u64 {
    share.0 / 10_000_000
}
