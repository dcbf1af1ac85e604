//! What templates see: the model and its views, turned into template values one node at a time, so that a plan of
//! a thousand services is never held twice.

use super::patch::Met;
use crate::model::Model;
use crate::view::Views;
use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr, Serde};
use serde::Serialize;
use std::sync::Arc;

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

/// The lists templates can walk.
const LISTS: [&str; 14] = [
    "services",
    "workloads",
    "jobs",
    "networks",
    "secrets",
    "resources",
    "topics",
    "externals",
    "gateways",
    "sagas",
    "tables",
    "objectives",
    "environments",
    "channels",
];

fn value<T: Serialize>(it: &T) -> Value {
    Value::from(Serde(it))
}

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

    /// One node of a kind.
    fn item(&self, each: &str, at: usize) -> Option<Value> {
        let (model, views) = (&self.model, &self.views);
        match each {
            "service" => model.services.get(at).map(value),
            "workload" => views.workloads.get(at).map(value),
            "job" => views.jobs.get(at).map(value),
            "resource" => model.resources.get(at).map(value),
            "topic" => model.topics.get(at).map(value),
            "gateway" => model.gateways.get(at).map(value),
            "secret" => views.secrets.get(at).map(value),
            "objective" => views.objectives.get(at).map(value),
            "saga" => model.sagas.get(at).map(value),
            "external" => model.externals.get(at).map(value),
            "network" => views.networks.get(at).map(value),
            "table" => views.tables.get(at).map(value),
            "channel" => views.channels.get(at).map(value),
            _ => None,
        }
    }

    /// A node in words, for the lock and for `why`.
    fn words(&self, each: &str, at: usize) -> String {
        let (model, views) = (&self.model, &self.views);
        let name = match each {
            "service" => &model.services[at].name.value,
            "workload" => &views.workloads[at].name,
            "job" => &views.jobs[at].name,
            "resource" => &model.resources[at].name.value,
            "topic" => &model.topics[at].name.value,
            "gateway" => &model.gateways[at].name.value,
            "secret" => &views.secrets[at].name,
            "objective" => &views.objectives[at].id,
            "saga" => &model.sagas[at].name.value,
            "external" => &model.externals[at].name.value,
            _ => return String::new(),
        };
        format!("{each} \"{name}\"")
    }

    /// The context of one rendering, and its node in words.
    pub fn context(
        self: &Arc<Self>,
        each: &str,
        at: usize,
        target: &Value,
        files: &[String],
    ) -> (Value, String) {
        let mut own = vec![];
        if let Some(item) = self.item(each, at) {
            own.push((each.to_string(), item));
        }
        if each == "gateway" {
            let gateway = &self.model.gateways[at].name.value;
            let table = self.views.tables.iter().find(|table| table.gateway == *gateway);
            own.push(("table".into(), table.map_or(Value::from(()), value)));
        }
        let files = Value::from(files.to_vec());
        let scope = Scope { shared: self.clone(), own, target: target.clone(), files };
        (Value::from_object(scope), self.words(each, at))
    }
}

/// The names of one rendering.
#[derive(Debug)]
struct Scope {
    shared: Arc<Shared>,
    own: Vec<(String, Value)>,
    target: Value,
    files: Value,
}

impl Object for Scope {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let key = key.as_str()?;
        if let Some((_, value)) = self.own.iter().find(|(name, _)| name == key) {
            return Some(value.clone());
        }
        let (model, views) = (&self.shared.model, &self.shared.views);
        match key {
            "app" => Some(value(&model.app)),
            "environment" => Some(value(&model.environment)),
            "delivery" => Some(value(&model.delivery)),
            "pipeline" => Some(value(&views.pipeline)),
            "total" => Some(value(&views.total)),
            "target" => Some(self.target.clone()),
            "files" => Some(self.files.clone()),
            "environments" => Some(self.shared.environments.clone()),
            list if LISTS.contains(&list) => {
                let each = LISTS.iter().find(|name| **name == list)?.trim_end_matches('s');
                Some(Value::from_object(List { shared: self.shared.clone(), each }))
            }
            _ => None,
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let own = self.own.iter().map(|(name, _)| Value::from(name.as_str()));
        let fixed = ["app", "environment", "delivery", "pipeline", "total", "target", "files"];
        Enumerator::Values(own.chain(fixed.into_iter().chain(LISTS).map(Value::from)).collect())
    }
}

/// A list of nodes, each made when it is asked for.
#[derive(Debug)]
struct List {
    shared: Arc<Shared>,
    each: &'static str,
}

impl Object for List {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.shared.item(self.each, key.as_usize()?)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.shared.count(self.each))
    }
}
