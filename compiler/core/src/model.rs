//! The model: the plan as meant, in one environment. Sorted, defaulted, references known to exist.
//! This is the contract of checks, views and templates.

pub mod app;
pub mod dockerfile;
pub mod gateway;
mod many;
pub mod messaging;
pub mod patch;
pub mod raw;
pub mod resource;
pub mod service;

use crate::secret::literal::Literal;
use crate::tree::places::Places;
use crate::tree::{At, Item};
use bastide_contract::openapi::requests::Requests;
use bastide_report::units::{Date, Duration, Rate, Share};
pub use many::Many;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Everything of one environment, each list sorted by name.
#[derive(Clone, Debug, Serialize)]
pub struct Model {
    /// The system.
    pub app: app::App,
    /// The environment.
    pub environment: app::Environment,
    /// Services and functions.
    pub services: Many<service::Service>,
    /// Backing services.
    pub resources: Many<resource::Resource>,
    /// Types of the resources in use.
    pub types: BTreeMap<String, resource::ResourceType>,
    /// Topics and queues.
    pub topics: Many<messaging::Topic>,
    /// Folders that services share.
    pub volumes: Vec<Volume>,
    /// Systems outside.
    pub externals: Vec<External>,
    /// Ways in and out.
    pub gateways: Vec<gateway::Gateway>,
    /// Transactions over services.
    pub sagas: Vec<Saga>,
    /// Pipeline and roll-out.
    pub delivery: Delivery,
    /// Weights of rules, from the app down to nodes.
    pub lints: Vec<Lint>,
    /// Rules of the project's own.
    pub policies: Vec<Policy>,
    /// Texts of project files that `file from=` names.
    #[serde(skip)]
    pub texts: Arc<BTreeMap<String, String>>,
    /// Files among them that are no text, in base64.
    #[serde(skip)]
    pub binaries: Arc<BTreeMap<String, String>>,
    /// Those among them that may be run.
    #[serde(skip)]
    pub executables: BTreeSet<String>,
    /// Dockerfiles of what is built, by their paths; only where a pipeline reads them.
    #[serde(skip)]
    pub dockerfiles: Arc<BTreeMap<String, dockerfile::Dockerfile>>,
    /// The requests that contracts show, by their paths; only where a target sends them.
    #[serde(skip)]
    pub requests: Arc<BTreeMap<String, Requests>>,
    /// Names of all environments of the spec, sorted.
    #[serde(skip)]
    pub environments: Vec<String>,
    /// Secrets that stand in the spec.
    #[serde(skip)]
    pub literals: Vec<Literal>,
    /// The day the build is for, if one was given.
    #[serde(skip)]
    pub today: Option<Date>,
    /// By external the number of the first gateway that allows it.
    #[serde(skip)]
    pub ways_out: BTreeMap<String, usize>,
    /// Where the fields are said that targets have to cover; empty if nobody asked for it.
    #[serde(skip)]
    pub said: Arc<Places>,
    /// The merged tree, for `why`; empty if nobody asked for it.
    #[serde(skip)]
    pub tree: Vec<Item>,
}

/// A system outside that is called.
#[derive(Clone, Debug, Serialize)]
pub struct External {
    /// Its path in the spec.
    pub at: String,
    /// Its name.
    pub name: At<String>,
    /// Where it is.
    pub url: At<String>,
    /// Host of the URL.
    pub host: String,
    /// Port of the URL.
    pub port: u16,
    /// Whether the URL asks for encryption.
    pub tls: bool,
    /// `TCP` or `UDP`, by the URL.
    pub transport: &'static str,
    /// What it promises.
    pub slo: Option<Slo>,
}

/// What is promised.
#[derive(Clone, Debug, Serialize)]
pub struct Slo {
    /// Its path in the spec.
    pub at: String,
    /// Share of requests answered without a fault.
    pub availability: Option<At<Share>>,
    /// Time within which requests are answered.
    pub latency: Option<At<Duration>>,
    /// Share of requests that must be: `p99` is 99 %.
    pub quantile: Option<At<Share>>,
    /// Rolling window.
    pub window: At<Duration>,
    /// Expected requests.
    pub rate: Option<At<Rate>>,
}

/// A transaction over several services.
#[derive(Clone, Debug, Serialize)]
pub struct Saga {
    /// Its path in the spec.
    pub at: String,
    /// Its name.
    pub name: At<String>,
    /// `choreography` or `orchestration`.
    pub style: String,
    /// The leading service.
    pub lead: Option<At<String>>,
    /// Its steps, in order.
    pub steps: Vec<Step>,
}

/// One local transaction of a saga.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// Its name.
    pub name: At<String>,
    /// Who does it.
    pub service: At<String>,
    /// Event that starts it.
    pub on: Option<At<String>>,
    /// Event it ends with.
    pub emits: Option<At<String>>,
    /// Event that takes it back.
    pub compensate: Option<At<String>>,
    /// Longest time it may take.
    pub timeout: Option<At<Duration>>,
    /// After this step the saga only goes forward.
    pub pivot: bool,
}

/// How a change reaches production.
#[derive(Clone, Debug, Serialize)]
pub struct Delivery {
    /// Its path in the spec.
    pub at: String,
    /// System that runs the pipeline.
    pub ci: Option<At<String>>,
    /// What must pass.
    pub gates: Vec<At<String>>,
    /// `rolling`, `canary` or `blue-green`.
    pub rollout: Option<At<String>>,
    /// Shares of a canary, in whole percent.
    pub steps: Vec<u64>,
    /// Wait after each step, in ms.
    pub pause: Option<At<Duration>>,
    /// Branch that is released.
    pub branch: String,
    /// How a release reaches an environment's branch: `commit` or `request`.
    pub promotion: String,
    /// What is done by the clock.
    pub schedules: Vec<Schedule>,
    /// Runner label.
    pub runner: Vec<String>,
}

impl Delivery {
    /// What is asked of the system, each with the word it is said by: gates, and work by the clock.
    pub fn asked(&self) -> impl Iterator<Item = (&'static str, &At<String>)> {
        let clocks = self.schedules.iter().map(|it| ("schedule", &it.work));
        self.gates.iter().map(|it| ("gate", it)).chain(clocks)
    }

    /// Whether some work is done by the clock.
    pub fn by_clock(&self, work: &str) -> bool {
        self.schedules.iter().any(|it| it.work.value == work)
    }
}

/// Work of a pipeline by the clock.
#[derive(Clone, Debug, Serialize)]
pub struct Schedule {
    /// `load`, `dependencies` or `restore-drill`.
    pub work: At<String>,
    /// Minute, hour, day, month, weekday.
    pub cron: String,
    /// The same at any minute, for whoever goes by the hour.
    pub hours: String,
    /// Whose clock that is: `Europe/Berlin`.
    pub time_zone: String,
}

/// The weight of a rule somewhere.
#[derive(Clone, Debug, Serialize)]
pub struct Lint {
    /// Rule.
    pub rule: At<String>,
    /// Weight.
    pub level: String,
    /// Why.
    pub because: Option<String>,
    /// When it ends.
    pub until: Option<At<Date>>,
    /// Path of the node it holds for; empty for the whole environment.
    pub node: String,
}

/// A rule of the project's own.
#[derive(Clone, Debug, Serialize)]
pub struct Policy {
    /// Its name.
    pub name: At<String>,
    /// Kind of node it looks at.
    pub over: At<String>,
    /// Weight.
    pub level: String,
    /// Expression that is true for a fault.
    pub deny: Option<At<String>>,
    /// Message.
    pub say: Option<String>,
}

impl Model {
    /// What stands before the names of images that are built: the registry of the environment, else that of the app, else
    /// the name of the app.
    pub fn image_prefix(&self) -> &str {
        let registry = self.environment.registry.as_ref().map(|at| &at.value).or(self.app.images.as_ref());
        registry.unwrap_or(&self.app.name.value).trim_end_matches('/')
    }

    /// The service or function with this name.
    pub fn service(&self, name: &str) -> Option<&service::Service> {
        find(&self.services, name, |it| &it.name.value)
    }

    /// The api a call means: the one it names, else the callee's first.
    pub fn api_of(&self, call: &service::Call) -> Option<&service::Api> {
        let apis = &self.service(&call.to.value)?.apis;
        apis.iter().find(|api| call.api.as_ref().is_none_or(|at| at.value == api.name.value))
    }

    /// The resource with this name.
    pub fn resource(&self, name: &str) -> Option<&resource::Resource> {
        find(&self.resources, name, |it| &it.name.value)
    }

    /// The topic or queue with this name.
    pub fn topic(&self, name: &str) -> Option<&messaging::Topic> {
        find(&self.topics, name, |it| &it.name.value)
    }

    /// The shared volume with this name.
    pub fn volume(&self, name: &str) -> Option<&Volume> {
        find(&self.volumes, name, |it| &it.name.value)
    }

    /// The external with this name.
    pub fn external(&self, name: &str) -> Option<&External> {
        find(&self.externals, name, |it| &it.name.value)
    }

    /// The gateway with this name.
    pub fn gateway(&self, name: &str) -> Option<&gateway::Gateway> {
        find(&self.gateways, name, |it| &it.name.value)
    }

    /// The first gateway that leads out to an external.
    pub fn way_out(&self, external: &str) -> Option<&gateway::Gateway> {
        self.gateways.get(*self.ways_out.get(external)?)
    }

    /// The saga with this name.
    pub fn saga(&self, name: &str) -> Option<&Saga> {
        find(&self.sagas, name, |it| &it.name.value)
    }

    /// The type of a resource.
    pub fn type_of(&self, resource: &resource::Resource) -> Option<&resource::ResourceType> {
        self.types.get(&resource.ty.value)
    }

    /// The options of a target in this environment.
    pub fn target(&self, name: &str) -> Option<&app::TargetUse> {
        self.environment.targets.iter().find(|target| target.name == name)
    }
}

/// Finds by name in a list that is sorted by name.
fn find<'a, T>(list: &'a [T], name: &str, key: impl Fn(&T) -> &String) -> Option<&'a T> {
    list.binary_search_by(|it| key(it).as_str().cmp(name)).ok().map(|at| &list[at])
}

/// A folder that services share.
#[derive(Clone, Debug, Serialize)]
pub struct Volume {
    /// Its path in the spec.
    pub at: String,
    /// Its name.
    pub name: At<String>,
    /// Space.
    pub size: bastide_report::units::Size,
    /// `ReadWriteOnce`, `ReadWriteMany` or `ReadOnlyMany`, as Kubernetes writes it.
    pub access: &'static str,
    /// StorageClass.
    pub class: Option<String>,
    /// Claim that is there already.
    pub claim: Option<String>,
}
