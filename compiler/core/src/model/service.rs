//! A service or function as meant.
//!
//! One list of fields, each with its meaning: longer than a file should be, and harder to read in two.

use super::Slo;
use crate::tree::{At, Origin};
use bastide_report::units::{Cpu, Date, Duration, Rate, Share, Size};
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
    /// Topics and queues it writes.
    pub publishes: Vec<Publish>,
    /// Topics and queues it reads.
    pub subscribes: Vec<Subscribe>,
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
    /// The port that answers a caller: that of the api it names, where there is one of that name, else of the first;
    /// without any api the first port that is declared, or that asks for its health.
    pub fn port(&self, api: Option<&str>) -> u16 {
        let named = |it: &&Api| api.is_none_or(|name| it.name.value == name);
        let own = self.run.ports.first().map(|port| port.number).or(self.run.health.port);
        let own = own.filter(|_| self.apis.is_empty());
        self.apis
            .iter()
            .find(named)
            .or(self.apis.first())
            .map(|it| it.port.value as u16)
            .or(own)
            .unwrap_or(8_080)
    }

    /// What a URL of it begins with.
    pub fn scheme(&self) -> &'static str {
        let plain = self.apis.is_empty() && self.run.ports.first().is_some_and(|port| port.protocol == "tcp");
        if plain { "tcp" } else { "http" }
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

/// What is needed to run one container: shared by services and resource types.
#[derive(Clone, Debug, Serialize)]
pub struct Run {
    /// Folder it is built from.
    pub build: Option<Build>,
    /// Image, for what is not built here.
    pub image: Option<At<String>>,
    /// Whether `build` or `image` stands there, be it unreadable.
    #[serde(skip)]
    pub made: bool,
    /// Program in place of the image's own entry point and command: of resource types only.
    pub entrypoint: Vec<At<String>>,
    /// Command in place of the image's own; its entry point stays.
    pub command: Vec<At<String>>,
    /// Further ports.
    pub ports: Vec<Port>,
    /// Variables as written.
    #[serde(serialize_with = "as_map")]
    pub env: Vec<(String, At<String>)>,
    /// Secrets by reference.
    pub secrets: Vec<SecretRef>,
    /// Files to mount.
    pub files: Vec<File>,
    /// Folders that stay.
    pub volumes: Vec<Volume>,
    /// Processor time and memory.
    pub resources: Resources,
    /// Health questions.
    pub health: Health,
    /// How it stops.
    pub shutdown: Shutdown,
    /// Numeric user.
    pub user: At<i64>,
    /// Numeric group.
    pub group: i64,
    /// May write to its own file system.
    pub writable: bool,
    /// Helper containers.
    pub sidecars: Vec<Sidecar>,
    /// Labels.
    #[serde(serialize_with = "as_map")]
    pub labels: Vec<(String, At<String>)>,
}

/// Pairs as a map, so that one is found by its name: `run.labels["cost-center"]`.
fn as_map<T: Serialize, S: serde::Serializer>(pairs: &[(String, T)], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map(pairs.iter().map(|(name, value)| (name, value)))
}

/// A folder an image is built from.
#[derive(Clone, Debug, Serialize)]
pub struct Build {
    /// The folder, from the project's root.
    pub context: At<String>,
    /// Dockerfile in it.
    pub dockerfile: Option<String>,
    /// Stage.
    pub target: Option<String>,
}

/// A port.
#[derive(Clone, Debug, Serialize)]
pub struct Port {
    /// Name.
    pub name: String,
    /// TCP port.
    pub number: u16,
    /// `http`, `grpc` or `tcp`.
    pub protocol: String,
    /// Who may reach it beside those the spec names: `namespace`, `cluster` or `anywhere`.
    pub from: Option<String>,
    /// Where it is declared.
    #[serde(skip)]
    pub origin: Origin,
}

/// A secret of the store.
#[derive(Clone, Debug, Serialize)]
pub struct SecretRef {
    /// Name.
    pub name: At<String>,
    /// Path in the store.
    pub path: String,
    /// Key there.
    pub key: String,
    /// Arrives as a variable, not as a file.
    pub as_env: bool,
}

/// A configuration file.
#[derive(Clone, Debug, Serialize)]
pub struct File {
    /// Where it is mounted.
    pub path: At<String>,
    /// Project file that holds its text.
    pub from: Option<At<String>>,
    /// Its text.
    pub text: Option<At<String>>,
}

/// Names of what a pod holds beside the volumes of the spec.
pub const HELD: &[&str] = &["definitions", "files", "secrets"];

/// A folder that outlives the container.
#[derive(Clone, Debug, Serialize)]
pub struct Volume {
    /// Where it is mounted.
    pub path: At<String>,
    /// Name of what holds the data.
    pub name: At<String>,
    /// Space.
    pub size: Size,
    /// Lives only as long as the container.
    pub temporary: bool,
}

/// Processor time and memory.
#[derive(Clone, Debug, Serialize)]
pub struct Resources {
    /// Reserved processor time.
    pub cpu: At<Cpu>,
    /// Limit of processor time.
    pub cpu_limit: Option<At<Cpu>>,
    /// Reserved memory.
    pub memory: At<Size>,
    /// Limit of memory.
    pub memory_limit: At<Size>,
}

/// Health questions.
#[derive(Clone, Debug, Serialize)]
pub struct Health {
    /// `http`, `grpc`, `tcp` or `command`.
    pub kind: String,
    /// The spec says by which path it is asked.
    #[serde(skip)]
    pub asked: bool,
    /// Path for liveness.
    pub live: String,
    /// Path for readiness.
    pub ready: String,
    /// Longest start.
    pub startup: Duration,
    /// Port that answers, if declared.
    pub port: Option<u16>,
    /// Command.
    pub command: Vec<At<String>>,
    /// What it asks before it calls itself ready.
    pub asks: Vec<At<String>>,
}

/// How it stops.
#[derive(Clone, Debug, Serialize)]
pub struct Shutdown {
    /// From the signal to the kill.
    pub grace: At<Duration>,
    /// Wait before the signal.
    pub delay: Duration,
    /// Signal.
    pub signal: String,
}

/// A helper container.
#[derive(Clone, Debug, Serialize)]
pub struct Sidecar {
    /// Name.
    pub name: String,
    /// Image.
    pub image: String,
    /// Command.
    pub command: Vec<At<String>>,
    /// Variables.
    pub env: Vec<(String, At<String>)>,
    /// Ports it listens on.
    pub ports: Vec<Port>,
    /// Reserved processor time, in thousandths.
    pub cpu: Cpu,
    /// Limit of processor time, in thousandths.
    pub cpu_limit: Option<Cpu>,
    /// Reserved memory.
    pub memory: Size,
    /// Limit of memory.
    pub memory_limit: Size,
    /// Where it is declared.
    #[serde(skip)]
    pub origin: Origin,
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

/// A request to another.
#[derive(Clone, Debug, Serialize)]
pub struct Call {
    /// Its path in the spec.
    pub at: String,
    /// Who is called.
    pub to: At<String>,
    /// Accepted versions.
    pub version: Option<At<String>>,
    /// Parsed.
    #[serde(skip)]
    pub range: Option<semver::VersionReq>,
    /// Which api.
    pub api: Option<At<String>>,
    /// What of it is used; nothing means everything.
    pub reads: Vec<At<String>>,
    /// Longest wait for one try.
    pub timeout: Option<At<Duration>>,
    /// Further tries.
    pub retries: Option<At<i64>>,
    /// May be sent twice.
    pub idempotent: bool,
    /// Goes on without the answer.
    pub soft: bool,
    /// Stops asking while the callee fails.
    pub breaker: bool,
    /// Expected requests.
    pub rate: Option<At<Rate>>,
    /// Most retries, as a share of requests.
    pub budget: Option<At<Share>>,
    /// Sent at the same time as the others that say so.
    pub parallel: bool,
    /// Prefix of the variables.
    pub prefix: String,
}

/// An attached resource.
#[derive(Clone, Debug, Serialize)]
pub struct Use {
    /// Its path in the spec.
    pub at: String,
    /// The resource.
    pub resource: At<String>,
    /// Only reads.
    pub read_only: bool,
    /// Works without it.
    pub soft: bool,
    /// Prefix of the variables.
    pub prefix: String,
}

/// A topic or queue that is written.
#[derive(Clone, Debug, Serialize)]
pub struct Publish {
    /// Its path in the spec.
    pub at: String,
    /// The topic or queue.
    pub topic: At<String>,
    /// Stored with the data and sent from there.
    pub outbox: bool,
    /// Version written.
    pub version: Option<At<String>>,
}

/// A topic or queue that is read.
#[derive(Clone, Debug, Serialize)]
pub struct Subscribe {
    /// Its path in the spec.
    pub at: String,
    /// The topic or queue.
    pub topic: At<String>,
    /// Consumer group.
    pub group: String,
    /// Field that tells a repeated message.
    pub idempotent_by: Option<At<String>>,
    /// Topic the handler writes.
    pub emits: Option<At<String>>,
    /// What ends a loop.
    pub terminates_by: Option<String>,
    /// Versions it reads.
    pub version: Option<At<String>>,
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
    pub port: u16,
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
