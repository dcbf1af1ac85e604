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
    /// What the environment's patches met so far.
    pub met: Met,
}

/// Nodes of which there is one.
const SINGLE: [&str; 5] = ["app", "environment", "delivery", "pipeline", "total"];

/// The lists templates can walk, and the kind of their nodes.
const LISTS: [(&str, &str); 13] = [
    ("services", "service"),
    ("workloads", "workload"),
    ("jobs", "job"),
    ("networks", "network"),
    ("secrets", "secret"),
    ("resources", "resource"),
    ("topics", "topic"),
    ("externals", "external"),
    ("gateways", "gateway"),
    ("sagas", "saga"),
    ("tables", "table"),
    ("objectives", "objective"),
    ("channels", "channel"),
];

impl Shared {
    /// How many nodes of a kind there are.
    pub fn count(&self, each: &str) -> usize {
        let (model, views) = (&self.model, &self.views);
        match each {
            "service" => model.services.len(),
            "workload" => views.workloads.len(),
            "job" => views.jobs.len(),
            "resource" => model.resources.len(),
            "topic" => model.topics.len(),
            "gateway" => model.gateways.len(),
            "secret" => views.secrets.len(),
            "objective" => views.objectives.len(),
            "saga" => model.sagas.len(),
            "external" => model.externals.len(),
            "network" => views.networks.len(),
            "table" => views.tables.len(),
            "channel" => views.channels.len(),
            _ => 1,
        }
    }

    /// One node of a kind, or the only one.
    fn node(&self, kind: &str, at: usize) -> Option<&dyn Fields> {
        let (model, views) = (&self.model, &self.views);
        match kind {
            "app" => some(&model.app),
            "environment" => some(&model.environment),
            "delivery" => some(&model.delivery),
            "pipeline" => some(&views.pipeline),
            "total" => some(&views.total),
            "service" => model.services.get(at).and_then(some),
            "workload" => views.workloads.get(at).and_then(some),
            "job" => views.jobs.get(at).and_then(some),
            "resource" => model.resources.get(at).and_then(some),
            "topic" => model.topics.get(at).and_then(some),
            "gateway" => model.gateways.get(at).and_then(some),
            "secret" => views.secrets.get(at).and_then(some),
            "objective" => views.objectives.get(at).and_then(some),
            "saga" => model.sagas.get(at).and_then(some),
            "external" => model.externals.get(at).and_then(some),
            "network" => views.networks.get(at).and_then(some),
            "table" => views.tables.get(at).and_then(some),
            "channel" => views.channels.get(at).and_then(some),
            _ => None,
        }
    }

    /// The same, as a template value.
    fn value(self: &Arc<Self>, kind: &'static str, at: usize) -> Option<Value> {
        self.node(kind, at)?;
        Some(Value::from_object(Node { shared: self.clone(), kind, at, read: Mutex::default() }))
    }

    /// The name of a node; none where there is no node, or none with a name.
    fn name(&self, kind: &str, at: usize) -> Option<&str> {
        let (model, views) = (&self.model, &self.views);
        Some(match kind {
            "service" => &model.services.get(at)?.name.value,
            "workload" => &views.workloads.get(at)?.name,
            "job" => &views.jobs.get(at)?.name,
            "resource" => &model.resources.get(at)?.name.value,
            "topic" => &model.topics.get(at)?.name.value,
            "gateway" => &model.gateways.get(at)?.name.value,
            "secret" => &views.secrets.get(at)?.name,
            "objective" => &views.objectives.get(at)?.id,
            "saga" => &model.sagas.get(at)?.name.value,
            "external" => &model.externals.get(at)?.name.value,
            _ => return None,
        })
    }

    /// A node in words, for the lock and for `why`.
    pub fn words(&self, each: &str, at: usize) -> String {
        self.name(each, at).map_or_else(String::new, |name| format!("{each} \"{name}\""))
    }

    /// What all renderings of one template have in common.
    pub fn scope(self: &Arc<Self>, target: &Value, files: &[String]) -> Arc<Common> {
        let single = SINGLE.iter().filter_map(|kind| Some((*kind, self.value(kind, 0)?)));
        let given = [
            ("target", target.clone()),
            ("files", Value::from(files.to_vec())),
            ("environments", self.environments.clone()),
        ];
        let lists =
            LISTS.iter().map(|(name, kind)| (*name, Value::from_object(List { shared: self.clone(), kind })));
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
        if let Some((_, kind)) = LISTS.iter().find(|(_, kind)| *kind == each) {
            own.extend(shared.value(kind, at).map(|value| (*kind, value)));
        }
        if each == "gateway" {
            let gateway = &shared.model.gateways[at].name.value;
            let table = shared.views.tables.iter().position(|table| table.gateway == *gateway);
            let table = table.and_then(|table| shared.value("table", table));
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
    kind: &'static str,
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
    kind: &'static str,
}

impl Object for List {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let at = match key.as_str() {
            Some(name) => {
                (0..self.shared.count(self.kind)).find(|at| self.shared.name(self.kind, *at) == Some(name))?
            }
            None => key.as_usize()?,
        };
        self.shared.value(self.kind, at)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.shared.count(self.kind))
    }
}
