//! What templates see: the model and its views, turned into template values field by field when they are asked for,
//! so that a plan of a thousand services is never held twice.

use super::field::Fields;
use super::patch::Met;
use crate::model::Model;
use crate::view::Views;
use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr};
use std::sync::{Arc, Mutex, PoisonError};

/// A model and its views.
#[derive(Debug)]
pub struct Shared {
    /// The model.
    pub model: Model,
    /// Its views.
    pub views: Views,
    /// Name, platform and namespace of every environment.
    pub environments: Value,
    /// The way from the root of all output to the folder of the spec: empty, or `../shop/`. It stands before each path that a
    /// generated file takes from the spec.
    pub home: String,
    /// What the environment's patches met so far.
    pub met: Met,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    App,
    Environment,
    Delivery,
    Pipeline,
    Total,
    Service,
    Workload,
    Job,
    Network,
    Secret,
    Resource,
    Topic,
    External,
    Gateway,
    Saga,
    Table,
    Objective,
    Channel,
}

/// Nodes of which there is one.
const SINGLE: [(&str, Kind); 5] = [
    ("app", Kind::App),
    ("environment", Kind::Environment),
    ("delivery", Kind::Delivery),
    ("pipeline", Kind::Pipeline),
    ("total", Kind::Total),
];

/// The lists templates can walk, with the name and kind of their nodes.
const LISTS: [(&str, &str, Kind); 13] = [
    ("services", "service", Kind::Service),
    ("workloads", "workload", Kind::Workload),
    ("jobs", "job", Kind::Job),
    ("networks", "network", Kind::Network),
    ("secrets", "secret", Kind::Secret),
    ("resources", "resource", Kind::Resource),
    ("topics", "topic", Kind::Topic),
    ("externals", "external", Kind::External),
    ("gateways", "gateway", Kind::Gateway),
    ("sagas", "saga", Kind::Saga),
    ("tables", "table", Kind::Table),
    ("objectives", "objective", Kind::Objective),
    ("channels", "channel", Kind::Channel),
];

/// The list that holds nodes of this name.
fn list(each: &str) -> Option<(&'static str, Kind)> {
    LISTS.iter().find(|(_, name, _)| *name == each).map(|(_, name, kind)| (*name, *kind))
}

impl Shared {
    /// How many nodes of a kind there are.
    pub fn count(&self, each: &str) -> usize {
        list(each).map_or(1, |(_, kind)| self.length(kind))
    }

    fn length(&self, kind: Kind) -> usize {
        let (model, views) = (&self.model, &self.views);
        match kind {
            Kind::Service => model.services.len(),
            Kind::Workload => views.workloads.len(),
            Kind::Job => views.jobs.len(),
            Kind::Resource => model.resources.len(),
            Kind::Topic => model.topics.len(),
            Kind::Gateway => model.gateways.len(),
            Kind::Secret => views.secrets.len(),
            Kind::Objective => views.objectives.len(),
            Kind::Saga => model.sagas.len(),
            Kind::External => model.externals.len(),
            Kind::Network => views.networks.len(),
            Kind::Table => views.tables.len(),
            Kind::Channel => views.channels.len(),
            Kind::App | Kind::Environment | Kind::Delivery | Kind::Pipeline | Kind::Total => 1,
        }
    }

    /// One node of a kind, or the only one.
    fn node(&self, kind: Kind, at: usize) -> Option<&dyn Fields> {
        let (model, views) = (&self.model, &self.views);
        match kind {
            Kind::App => some(&model.app),
            Kind::Environment => some(&model.environment),
            Kind::Delivery => some(&model.delivery),
            Kind::Pipeline => some(&views.pipeline),
            Kind::Total => some(&views.total),
            Kind::Service => model.services.get(at).and_then(some),
            Kind::Workload => views.workloads.get(at).and_then(some),
            Kind::Job => views.jobs.get(at).and_then(some),
            Kind::Resource => model.resources.get(at).and_then(some),
            Kind::Topic => model.topics.get(at).and_then(some),
            Kind::Gateway => model.gateways.get(at).and_then(some),
            Kind::Secret => views.secrets.get(at).and_then(some),
            Kind::Objective => views.objectives.get(at).and_then(some),
            Kind::Saga => model.sagas.get(at).and_then(some),
            Kind::External => model.externals.get(at).and_then(some),
            Kind::Network => views.networks.get(at).and_then(some),
            Kind::Table => views.tables.get(at).and_then(some),
            Kind::Channel => views.channels.get(at).and_then(some),
        }
    }

    /// The same, as a template value.
    fn value(self: &Arc<Self>, kind: Kind, at: usize) -> Option<Value> {
        self.node(kind, at)?;
        Some(Value::from_object(Node { shared: self.clone(), kind, at, read: Mutex::default() }))
    }

    /// The name of a node; none where there is no node, or none with a name.
    fn name(&self, kind: Kind, at: usize) -> Option<&str> {
        let (model, views) = (&self.model, &self.views);
        Some(match kind {
            Kind::Service => &model.services.get(at)?.name.value,
            Kind::Workload => &views.workloads.get(at)?.name,
            Kind::Job => &views.jobs.get(at)?.name,
            Kind::Resource => &model.resources.get(at)?.name.value,
            Kind::Topic => &model.topics.get(at)?.name.value,
            Kind::Gateway => &model.gateways.get(at)?.name.value,
            Kind::Secret => &views.secrets.get(at)?.name,
            Kind::Objective => &views.objectives.get(at)?.id,
            Kind::Saga => &model.sagas.get(at)?.name.value,
            Kind::External => &model.externals.get(at)?.name.value,
            _ => return None,
        })
    }

    /// A node in words, for the lock and for `why`.
    pub fn words(&self, each: &str, at: usize) -> String {
        list(each)
            .and_then(|(_, kind)| self.name(kind, at))
            .map_or_else(String::new, |name| format!("{each} \"{name}\""))
    }

    /// What all renderings of one template have in common.
    pub fn scope(self: &Arc<Self>, target: &Value, files: &[String]) -> Arc<Common> {
        let single = SINGLE.iter().filter_map(|(name, kind)| Some((*name, self.value(*kind, 0)?)));
        let given = [
            ("target", target.clone()),
            ("files", Value::from(files.to_vec())),
            ("environments", self.environments.clone()),
            ("home", Value::from(self.home.as_str())),
        ];
        let lists = LISTS
            .iter()
            .map(|(name, _, kind)| (*name, Value::from_object(List { shared: self.clone(), kind: *kind })));
        Arc::new(Common { shared: self.clone(), names: single.chain(given).chain(lists).collect() })
    }
}

fn some<T: Fields>(it: &T) -> Option<&dyn Fields> {
    Some(it)
}

/// What all renderings of one template have in common, by name.
#[derive(Debug)]
pub struct Common {
    shared: Arc<Shared>,
    names: Vec<(&'static str, Value)>,
}

impl Common {
    /// The context of one rendering.
    pub fn context(self: &Arc<Self>, each: &str, at: usize) -> Value {
        let shared = &self.shared;
        let mut own = vec![];
        if let Some((name, kind)) = list(each) {
            own.extend(shared.value(kind, at).map(|value| (name, value)));
        }
        if each == "gateway" {
            let gateway = &shared.model.gateways[at].name.value;
            let table = shared.views.tables.iter().position(|table| table.gateway == *gateway);
            let table = table.and_then(|table| shared.value(Kind::Table, table));
            own.push(("table", table.unwrap_or_else(|| Value::from(()))));
        }
        Value::from_object(Scope { common: self.clone(), own })
    }
}

/// The names of one rendering.
#[derive(Debug)]
struct Scope {
    common: Arc<Common>,
    own: Vec<(&'static str, Value)>,
}

impl Object for Scope {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let found = self.own.iter().chain(&self.common.names).find(|(name, _)| *name == key);
        found.map(|(_, value)| value.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(
            self.own.iter().chain(&self.common.names).map(|(name, _)| Value::from(*name)).collect(),
        )
    }
}

/// A node, of which every field is made when it is first read.
#[derive(Debug)]
struct Node {
    shared: Arc<Shared>,
    kind: Kind,
    at: usize,
    read: Mutex<Vec<(&'static str, Value)>>,
}

impl Object for Node {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, value)) = read.iter().find(|(name, _)| *name == key) {
            return Some(value.clone());
        }
        let (name, value) = self.shared.node(self.kind, self.at)?.field(key)?;
        read.push((name, value.clone()));
        Some(value)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let whole = self.shared.node(self.kind, self.at).map(Fields::whole);
        let names = whole.and_then(|whole| Some(whole.try_iter().ok()?.collect()));
        Enumerator::Values(names.unwrap_or_default())
    }

    fn is_true(self: &Arc<Self>) -> bool {
        true
    }
}

/// A list of nodes, each made when it is asked for, by its number or by its name: `services["orders"]`.
#[derive(Debug)]
struct List {
    shared: Arc<Shared>,
    kind: Kind,
}

impl Object for List {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let at = match key.as_str() {
            Some(name) => (0..self.shared.length(self.kind))
                .find(|at| self.shared.name(self.kind, *at) == Some(name))?,
            None => key.as_usize()?,
        };
        self.shared.value(self.kind, at)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.shared.length(self.kind))
    }
}
