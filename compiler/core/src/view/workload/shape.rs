//! A workload as platforms see it: the shape that templates read.

use super::{Env, EnvAt, Published, access, exposed, start, topics, wire};
use crate::model::service::Build;
use crate::view::list::List;
use bastide_report::units::Size;
use serde::Serialize;
use std::collections::BTreeMap;

/// What runs, as platforms see it.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Workload {
    /// Path of the node in the spec.
    pub at: String,
    /// Name.
    pub name: String,
    /// Name of the service or resource it is of.
    pub service: String,
    /// `service`, `function` or `resource`.
    pub kind: String,
    /// Folder of what is written for it: its name, for a resource below `resources`.
    pub folder: String,
    /// `api`, `worker`, `function`, or the class of a resource.
    pub component: String,
    /// Version.
    pub version: String,
    /// The newest version of its service.
    pub newest: bool,
    /// Team.
    pub owner: String,
    /// Importance from 1.
    pub tier: Option<i64>,
    /// Availability its service promises, as a ratio: `0.999`; of several the first.
    pub promised: Option<String>,
    /// It promises so much that two of its instances must not share a machine.
    pub apart: bool,
    /// Image with tag.
    pub image: String,
    /// Folder it is built from.
    pub build: Option<Build>,
    /// Program in place of the image's own entry point and command.
    pub entrypoint: Vec<String>,
    /// Command in place of the image's own; its entry point stays.
    pub command: Vec<String>,
    /// Folder it starts in.
    pub workdir: Option<String>,
    /// Numeric user; none: the image's own.
    pub user: Option<i64>,
    /// Numeric group; none: the image's own.
    pub group: Option<i64>,
    /// It is known not to be root, and has no capabilities.
    pub confined: bool,
    /// A small first process stands before its program.
    pub init: bool,
    /// May write to its own file system.
    pub writable: bool,
    /// Keeps data: stable names and volumes.
    pub stateful: bool,
    /// What keeps it running: `deployment`, `statefulset` for one that keeps data, `cronjob` for one that runs by a clock,
    /// `job` for one that runs once, `rollout` for one whose releases go out step by step.
    pub controller: &'static str,
    /// Ports others reach it on.
    pub ports: Vec<PortView>,
    /// Health questions.
    pub health: HealthView,
    /// Plain variables, by name.
    pub env: Env,
    /// Path in the spec of what makes each of them.
    pub env_at: EnvAt,
    /// Variables that two things make.
    #[serde(skip)]
    pub clashes: Vec<wire::Clash>,
    /// Variables whose values are secrets.
    pub secret_env: Vec<SecretUse>,
    /// Secrets that arrive as files.
    pub secret_files: Vec<SecretUse>,
    /// Configuration files.
    pub files: Vec<FileView>,
    /// Folders that stay.
    pub volumes: Vec<VolumeView>,
    /// Shared volumes and paths of the machine that it mounts.
    pub mounts: Vec<MountView>,
    /// The workload whose claims it mounts: a job those of its service. None where it keeps nothing, or each instance has
    /// claims of its own.
    pub claims: Option<String>,
    /// Jobs mount them too.
    pub claims_shared: bool,
    /// Folders that live as long as the container.
    pub temporary: Vec<VolumeView>,
    /// It gets a `/tmp` beside them: its own file system is closed, or ours and its user not sure to have one.
    pub tmp: bool,
    /// Space that they take together.
    pub scratch: Size,
    /// Reserved processor time; none: nobody says how much.
    pub cpu: Option<String>,
    /// Limit of processor time.
    pub cpu_limit: Option<String>,
    /// Reserved memory, likewise.
    pub memory: Option<Size>,
    /// Limit of memory; none: it may take what there is.
    pub memory_limit: Option<Size>,
    /// How many run.
    pub scale: ScaleView,
    /// What the number of its instances follows: `messages` that are unread, `cpu`, or `none` if it stays.
    pub scaled_by: &'static str,
    /// From the signal to the kill, in seconds.
    pub grace_s: u64,
    /// Wait before the signal, in seconds.
    pub delay_s: u64,
    /// Signal; none: the image's own.
    pub signal: Option<String>,
    /// What must stand before it starts.
    pub depends: Vec<start::Need>,
    /// Who may reach it.
    pub inbound: List<access::Peer>,
    /// Whom it may reach.
    pub outbound: List<access::Peer>,
    /// Networks it is in.
    pub networks: List<String>,
    /// Port of its metrics, if it has any.
    pub metrics_port: Option<u16>,
    /// Path of its metrics.
    pub metrics_path: String,
    /// Annotations of its pods.
    pub annotations: BTreeMap<String, String>,
    /// Labels of the spec.
    pub labels: BTreeMap<String, String>,
    /// What it needs of the machine.
    pub machine: crate::model::service::Machine,
    /// Pod Security Standard that lets it run: `restricted`, `baseline` or `privileged`.
    pub pod_security: &'static str,
    /// Helper containers.
    pub sidecars: Vec<crate::model::service::Sidecar>,
    /// How sessions are kept: `none`, `sticky`, `store`.
    pub session: String,
    /// Type of a resource.
    #[serde(rename = "type")]
    pub ty: Option<String>,
    /// A resource whose image brings the folders of its volumes, owned by its user.
    pub owns_volumes: bool,
    /// Topics it reads, with group and partitions, for scaling by lag.
    pub consumes: Vec<topics::Consumed>,
    /// It reads a topic whose unread messages an exporter counts for Prometheus.
    pub counted: bool,
    /// Topics and queues it writes.
    pub produces: Vec<topics::Produced>,
    /// Ports that a development machine publishes: nothing of the spec leads there, or they are open to others.
    pub published: Vec<Published>,
    /// Ports that are opened to the outside of the cluster, by the Service that opens them.
    pub exposed: Vec<exposed::Exposed>,
}

impl Workload {
    /// Whether anybody of the spec leads here: another program, or a way in.
    pub fn is_reached(&self) -> bool {
        self.inbound.iter().any(|peer| matches!(peer.kind.as_str(), "workload" | "gateway"))
    }
}

/// A job as platforms see it.
#[derive(Clone, Debug, Serialize)]
pub struct JobRun {
    /// Path of the job in the spec.
    pub at: String,
    /// `orders-migrate`.
    pub name: String,
    /// `migrate`.
    pub job: String,
    /// Service it belongs to.
    pub service: String,
    /// `before-release`, `after-release` or `on-schedule`.
    pub run: String,
    /// Cron fields.
    pub schedule: Option<String>,
    /// Longest run in seconds.
    pub timeout_s: u64,
    /// What runs: as the service, with its own command and only resources to reach.
    pub workload: Workload,
}

/// A port, or a range of them.
#[derive(Clone, Debug, Serialize)]
pub struct PortView {
    /// Name.
    pub name: String,
    /// Its number; of a range the first.
    pub number: u16,
    /// The last number of a range; of one port its own.
    pub to: u16,
    /// `http`, `grpc`, `tcp` or `udp`.
    pub protocol: String,
    /// `TCP` or `UDP`.
    pub transport: &'static str,
    /// `appProtocol` of Kubernetes.
    pub app_protocol: Option<String>,
}

/// Health questions.
#[derive(Clone, Debug, Default, Serialize)]
pub struct HealthView {
    /// `http`, `grpc`, `tcp`, `command` or `none`.
    pub kind: String,
    /// Port that answers.
    pub port: u16,
    /// Name of that port.
    pub port_name: String,
    /// Path for liveness; none: it is not asked.
    pub live: Option<String>,
    /// Path for readiness.
    pub ready: Option<String>,
    /// Host that HTTP is asked for.
    pub host: Option<String>,
    /// Name and value of a header sent along.
    pub header: Option<(String, String)>,
    /// Seconds between two questions.
    pub interval_s: u64,
    /// The same for liveness.
    pub live_interval_s: u64,
    /// Longest wait for an answer in seconds.
    pub timeout_s: u64,
    /// Questions in a row that may fail.
    pub retries: i64,
    /// Longest start in seconds.
    pub startup_s: u64,
    /// Questions that fit into it.
    pub startup_failures: u64,
    /// Command.
    pub command: Vec<String>,
}

/// A secret used.
#[derive(Clone, Debug, Default, Serialize)]
pub struct SecretUse {
    /// Path in the spec of what asks for it.
    pub at: String,
    /// Variable: that holds the value, or the path of the file.
    pub env: Option<String>,
    /// Group.
    pub group: String,
    /// Operator of the resource that the group is of.
    pub provider: Option<String>,
    /// Key in the group.
    pub key: String,
    /// Key under which the platform's secret holds it.
    pub stored: String,
    /// Kubernetes Secret that holds it.
    pub object: String,
    /// File it arrives as, under `/run/secrets`.
    pub file: String,
    /// Path it is put at, too: of a `file` whose text holds a secret.
    pub mount: Option<String>,
    /// The text with references that it is made of, if the program is to start anew when that changes.
    pub made_of: Option<String>,
}

/// A configuration file.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FileView {
    /// Where it is mounted.
    pub path: String,
    /// Name for volumes and keys: the path in lower case with `-`; a hash tells apart those that would be alike.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The text is base64 of a file that is none.
    pub binary: bool,
    /// It may be run, as the file of the project may.
    pub executable: bool,
    /// Who may read, write and run it, where that is not as usual.
    pub mode: Option<u32>,
    /// The same in octal digits: `0755`.
    pub octal: Option<String>,
    /// What is done when it changes: `restart`, `SIGHUP` or `nothing`.
    pub changed: String,
    /// The file of the project, if it comes from one as it is.
    pub from: Option<String>,
}

/// What is mounted of others.
#[derive(Clone, Debug, Serialize)]
pub struct MountView {
    /// Where it is mounted.
    pub path: String,
    /// Name in the pod.
    pub name: String,
    /// `shared` or `host`.
    pub kind: &'static str,
    /// The shared volume, or the path on the machine.
    pub source: String,
    /// Claim of the shared volume.
    pub claim: String,
    /// Only one machine at a time may mount it, so all who do run on one.
    pub one: bool,
    /// It is not written.
    pub read_only: bool,
    /// Folder in the shared volume.
    pub sub_path: Option<String>,
}

/// A folder.
#[derive(Clone, Debug, Serialize)]
pub struct VolumeView {
    /// Where it is mounted.
    pub path: String,
    /// Name.
    pub name: String,
    /// Space.
    pub size: Size,
    /// StorageClass.
    pub class: Option<String>,
    /// It lies in memory.
    pub memory: bool,
}

/// How many run.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ScaleView {
    /// Fewest.
    pub min: i64,
    /// Most.
    pub max: i64,
    /// Processor use to aim at, in percent.
    pub cpu: Option<u64>,
    /// Unread messages per instance to aim at.
    pub lag: Option<i64>,
    /// Whether the number changes by itself.
    pub auto: bool,
}
