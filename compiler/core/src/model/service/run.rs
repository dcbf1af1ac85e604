//! What is needed to run a container.

use super::Port;
use crate::tree::{At, Origin};
use bastide_report::units::{Cpu, Duration, Size};
use serde::Serialize;

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
    /// Program in place of the image's own entry point and command.
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
    /// Folder it starts in, in place of the image's own.
    pub workdir: Option<At<String>>,
    /// Numeric user; none: the image's own.
    pub user: Option<At<i64>>,
    /// Numeric group; none: the image's own.
    pub group: Option<i64>,
    /// May write to its own file system.
    pub writable: bool,
    /// Finds variables that follow from edges.
    pub inject: bool,
    /// Whether secrets arrive as variables, where it says so.
    pub as_env: Option<bool>,
    /// Secret values of `env` arrive in files.
    pub env_as_file: bool,
    /// What it needs of the machine.
    pub machine: super::Machine,
    /// Helper containers.
    pub sidecars: Vec<Sidecar>,
    /// Labels.
    #[serde(serialize_with = "as_map")]
    pub labels: Vec<(String, At<String>)>,
    /// Annotations of its pods.
    #[serde(serialize_with = "as_map")]
    pub annotations: Vec<(String, At<String>)>,
}

impl Run {
    /// Whether it is somebody else's program: an image that is not built here.
    pub fn is_taken(&self) -> bool {
        self.image.is_some() && self.build.is_none()
    }
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
    /// What it is written in, where a target is to write the Dockerfile.
    pub language: Option<String>,
}

impl Build {
    /// The path of its Dockerfile, from the project's root.
    pub fn file(&self) -> String {
        let (folder, name) = (self.context.value.trim_end_matches('/'), self.dockerfile.as_deref());
        let name = name.unwrap_or("Dockerfile");
        if folder == "." { name.into() } else { format!("{folder}/{name}") }
    }
}

/// A secret of the store.
#[derive(Clone, Debug, Serialize)]
pub struct SecretRef {
    /// Name.
    pub name: At<String>,
    /// Path in the store, or the Secret of the cluster.
    pub path: String,
    /// Key there.
    pub key: String,
    /// Secret of the cluster that holds it, which somebody else makes.
    pub object: Option<String>,
    /// Arrives as a variable, not as a file, where it says so.
    pub as_env: Option<bool>,
    /// How long it has to be, in letters, or in bytes as base64.
    pub length: Option<i64>,
    /// How it has to be written: `text`, `hex`, `base64` or `uuid`.
    pub form: Option<String>,
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
    /// Who may read, write and run it, as numbers of Unix.
    pub mode: Option<u32>,
    /// What is done when it changes: `restart`, `SIGHUP` or `nothing`.
    pub changed: String,
}

/// Names of what a pod holds beside the volumes of the spec.
pub const HELD: &[&str] = &["definitions", "files", "files-kept", "secrets"];

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
    /// A temporary one lies in memory.
    pub memory: bool,
    /// StorageClass.
    pub class: Option<String>,
    /// Shared volume that it is.
    pub from: Option<At<String>>,
    /// Path on the machine that it is.
    pub host: Option<At<String>>,
    /// It is not written.
    pub read_only: bool,
    /// Folder in the shared volume.
    pub sub_path: Option<String>,
}

impl Volume {
    /// Whether it keeps data of the service's own.
    pub fn keeps(&self) -> bool {
        !self.temporary && self.from.is_none() && self.host.is_none()
    }
}

/// Processor time and memory; what nobody says, or a `#null` took away, is none.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Resources {
    /// Reserved processor time.
    pub cpu: Option<At<Cpu>>,
    /// Limit of processor time.
    pub cpu_limit: Option<At<Cpu>>,
    /// Reserved memory.
    pub memory: Option<At<Size>>,
    /// Limit of memory.
    pub memory_limit: Option<At<Size>>,
    /// What a `#null` took away, and where it stands.
    #[serde(skip)]
    pub taken: Vec<(&'static str, Origin)>,
}

/// Millicores and bytes that one container takes of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Amount {
    /// Reserved processor time.
    pub cpu: u64,
    /// Reserved memory.
    pub memory: u64,
    /// Limit of memory.
    pub memory_limit: u64,
}

impl Resources {
    /// What it takes where `usual` is what a container gets that says nothing. Kubernetes reserves a limit that stands alone.
    pub fn amount(&self, usual: Amount) -> Amount {
        let cpu = self.cpu.or(self.cpu_limit).map(|at| at.value.0);
        let bytes = |at: Option<At<Size>>| at.map(|at| at.value.0);
        Amount {
            cpu: cpu.unwrap_or(usual.cpu),
            memory: bytes(self.memory.or(self.memory_limit)).unwrap_or(usual.memory),
            memory_limit: bytes(self.memory_limit).unwrap_or(usual.memory_limit),
        }
    }
}

/// Health questions.
#[derive(Clone, Debug, Serialize)]
pub struct Health {
    /// `http`, `grpc`, `tcp`, `command` or `none`.
    pub kind: String,
    /// The spec says by which path it is asked.
    #[serde(skip)]
    pub asked: bool,
    /// Path for liveness; none: it is not asked.
    pub live: Option<String>,
    /// Path for readiness, else that for liveness.
    pub ready: Option<String>,
    /// Host that HTTP is asked for.
    pub host: Option<String>,
    /// A header sent along: `Name: value`.
    pub header: Option<String>,
    /// Time between two questions.
    pub interval: Option<Duration>,
    /// Longest wait for an answer.
    pub timeout: Duration,
    /// Questions in a row that may fail.
    pub retries: i64,
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
    /// Signal; none: the image's own.
    pub signal: Option<String>,
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
    /// Processor time and memory.
    pub resources: Resources,
    /// Where it is declared.
    #[serde(skip)]
    pub origin: Origin,
}
