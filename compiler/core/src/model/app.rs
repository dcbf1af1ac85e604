//! The system and one environment of it.

use super::patch::Patch;
use super::raw::Raw;
use crate::tree::{At, Origin};
use bastide_report::finding::Level;
use bastide_report::source::Span;
use bastide_report::units::{Cpu, Size};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::collections::BTreeMap;

/// How much rules weigh where nobody says it for one of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Profile {
    /// Denied is what cannot work, loses data or opens a door; a warning is what a careful reviewer would stop; the rest is
    /// advice.
    #[default]
    Standard,
    /// Everything weighs a step more: warnings are denied, advice is a warning.
    Strict,
}

impl Profile {
    /// What weighs so much in the standard profile weighs this here.
    pub fn level(self, standard: Level) -> Level {
        match (self, standard) {
            (Profile::Strict, Level::Info) => Level::Warn,
            (Profile::Strict, Level::Warn) => Level::Deny,
            (_, level) => level,
        }
    }
}

/// The system.
#[derive(Clone, Debug, Serialize)]
pub struct App {
    /// Its path in the spec.
    pub at: String,
    /// Its name.
    pub name: At<String>,
    /// Whether secrets arrive as variables, where it says so.
    pub as_env: Option<bool>,
    /// Where it is declared.
    #[serde(skip)]
    pub origin: Origin,
    /// Version of the whole.
    pub version: String,
    /// The spec says it.
    pub versioned: bool,
    /// Team that answers for it.
    pub owner: String,
    /// Channel to reach the team.
    pub contact: String,
    /// Receiver of pages.
    pub page: Option<String>,
    /// Receiver of tickets.
    pub ticket: Option<String>,
    /// Repository.
    pub source: Option<String>,
    /// Registry prefix of its images.
    pub images: Option<String>,
    /// How a pipeline signs in there: `secrets` or `token`.
    pub sign_in: Option<String>,
    /// Layers from the outside in.
    pub layers: Vec<String>,
    /// Most calls in a row behind a route.
    pub call_depth: Option<At<i64>>,
    /// How much rules weigh.
    #[serde(skip)]
    pub profile: Profile,
}

/// One place the system runs.
#[derive(Clone, Debug, Serialize)]
pub struct Environment {
    /// Its path in the spec.
    pub at: String,
    /// Its name.
    pub name: At<String>,
    /// Where it is declared.
    #[serde(skip)]
    pub origin: Origin,
    /// `compose` or `kubernetes`.
    pub platform: String,
    /// Kubernetes namespace.
    pub namespace: String,
    /// Where the namespace is said, else the environment.
    #[serde(skip)]
    pub namespace_at: Origin,
    /// Cluster it runs on: a name, or the URL of its API server.
    pub cluster: Option<String>,
    /// Context of `kubectl` that leads there.
    pub context: Option<String>,
    /// Region it stands in.
    pub region: Option<String>,
    /// When the pipeline releases it, as written.
    pub wave: Option<i64>,
    /// What there is the app's: `namespace`, or its own `objects` in one that others share.
    pub owns: String,
    /// How a pipeline signs in to its registry: `secrets` or `token`.
    pub sign_in: Option<String>,
    /// Registry prefix in place of the app's.
    pub registry: Option<At<String>>,
    /// Secrets with which images are fetched.
    pub pull_secrets: Vec<String>,
    /// Processor time and memory its namespace may reserve.
    pub quota: Option<Quota>,
    /// Service mesh installed there.
    pub mesh: Option<Mesh>,
    /// Targets asked for, as written.
    pub targets: Vec<TargetUse>,
    /// Changes to generated objects.
    #[serde(skip)]
    pub patches: Vec<Patch>,
    /// Files that are laid beside what is generated, by path.
    pub raws: Vec<Raw>,
}

/// What a namespace may reserve.
#[derive(Clone, Debug, Serialize)]
pub struct Quota {
    /// Processor time.
    pub cpu: Option<At<Cpu>>,
    /// Memory.
    pub memory: Option<At<Size>>,
}

/// A service mesh that is installed.
#[derive(Clone, Debug, Serialize)]
pub struct Mesh {
    /// `istio` or `linkerd`.
    pub kind: At<String>,
    /// Further tries it makes by itself.
    pub retries: At<i64>,
    /// It encrypts between services.
    pub mtls: bool,
}

/// A target and its options; templates see its name and whether it is `on`.
#[derive(Clone, Debug)]
pub struct TargetUse {
    /// Name of the target.
    pub name: String,
    /// Options as written.
    pub options: BTreeMap<String, Value>,
    /// Where the value of each option stands.
    pub places: BTreeMap<String, Span>,
    /// Targets it starts from, nearest first.
    pub extends: Vec<String>,
    /// Where it stands.
    pub origin: Origin,
}

impl TargetUse {
    /// It is asked for, and not switched off.
    pub fn on(&self) -> bool {
        self.options.get("enabled") != Some(&Value::Bool(false))
    }
}

impl Serialize for TargetUse {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut fields = to.serialize_struct("TargetUse", 2)?;
        fields.serialize_field("name", &self.name)?;
        fields.serialize_field("on", &self.on())?;
        fields.end()
    }
}

impl Environment {
    /// Nobody else has anything in its namespace.
    pub fn owns_namespace(&self) -> bool {
        self.owns == "namespace"
    }

    /// What an option of the platform's target is set to, and by which: a pack that extends the target, or the target.
    pub fn platform_option(&self, option: &str) -> Option<(&TargetUse, &Value)> {
        let extends = self.targets.iter().filter(|it| it.extends.contains(&self.platform));
        let own = self.targets.iter().filter(|it| it.name == self.platform);
        extends.chain(own).find_map(|it| Some((it, it.options.get(option)?)))
    }
}
