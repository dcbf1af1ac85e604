//! What templates see: the model and its views, each node turned into a template value when it is first asked for.

use super::node::Node;
use super::patch::Met;
use crate::model::Model;
use crate::view::experiment::{self, Experiment};
use crate::view::pipeline::jobs::{self, Place};
use crate::view::{Views, pipeline};
use bastide_report::source::Span;
use minijinja::Value;
use minijinja::value::{Enumerator, Object, ObjectRepr, Serde};
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// A model and its views.
#[derive(Debug)]
pub struct Shared {
    /// The model.
    pub model: Model,
    /// Its views.
    pub views: Views,
    /// Every environment, and what is released in which order: see [`environments`].
    pub environments: Environments,
    /// The way from the root of all output to the folder of the spec: empty, or `../shop/`. It stands before each path that a
    /// generated file takes from the spec.
    pub home: String,
    /// The way from the root of the git repository to the root of all output: empty, or `platform/shop/`. It stands before
    /// each path that somebody reads from the root of the repository.
    pub within: String,
    /// What the environment's patches met so far.
    pub met: Met,
    /// What can be broken on purpose; made when somebody asks.
    experiments: OnceLock<Vec<Experiment>>,
    /// For each kind the number of the first node of each name.
    names: [OnceLock<BTreeMap<String, usize>>; KINDS],
}

/// How the folders of a build lie to each other; each way has a `/` behind it, and is empty where two folders are one.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// From the root of all output to the folder of the spec.
    pub home: String,
    /// From the root of the git repository to the root of all output.
    pub within: String,
}

/// The environments of a spec together.
#[derive(Clone, Debug, Default)]
pub struct Environments {
    /// As templates see them: what each is called, where it is, the prefix of its images, the host of that and how to sign
    /// in there, how it is promoted, what a restore drill brings back and how long that takes at most, and its wave: environments
    /// of one are released together.
    list: Value,
    /// As the pipeline sees them.
    pub places: Vec<Place>,
}

/// The environments of these models.
pub fn environments(models: &[Model]) -> Environments {
    let places = jobs::places(models);
    let environment = |(model, place): (&Model, &Place)| {
        let it = &model.environment;
        let prefix = model.image_prefix().to_string();
        let texts = [
            ("registry_host", pipeline::registry(&prefix)),
            ("registry", prefix),
            ("sign_in", pipeline::sign_in(model)),
            ("name", it.name.value.clone()),
            ("platform", it.platform.clone()),
            ("promotion", place.promotion.clone()),
            ("namespace", it.namespace.clone()),
        ];
        let known = [("cluster", it.cluster.clone()), ("region", it.region.clone())];
        let drill_s: u64 = place.stores.iter().map(|store| store.most_s).sum();
        let drill = [("stores", Value::from(Serde(&place.stores))), ("drill_s", Value::from(drill_s))];
        let fields = texts.into_iter().map(|(name, value)| (name, Value::from(value)));
        let known = known.into_iter().map(|(name, value)| (name, Value::from(value)));
        fields
            .chain(known)
            .chain(drill)
            .chain([("wave", Value::from(place.wave))])
            .collect::<BTreeMap<_, _>>()
            .into()
    };
    let list = models.iter().zip(&places).map(environment).collect::<Vec<Value>>().into();
    Environments { list, places }
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    App,
    Environment,
    Delivery,
    Pipeline,
    Total,
    Requests,
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
    Experiment,
    Volume,
}

/// How many kinds there are.
const KINDS: usize = Kind::Volume as usize + 1;

/// Nodes of which there is one.
pub(super) const SINGLE: [(&str, Kind); 6] = [
    ("app", Kind::App),
    ("environment", Kind::Environment),
    ("delivery", Kind::Delivery),
    ("pipeline", Kind::Pipeline),
    ("total", Kind::Total),
    ("requests", Kind::Requests),
];

/// The lists templates can walk, with the name and kind of their nodes.
pub(super) const LISTS: [(&str, &str, Kind); 15] = [
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
    ("experiments", "experiment", Kind::Experiment),
    ("volumes", "volume", Kind::Volume),
];

/// Whether there is a list of nodes of this name, and not a single one.
pub(super) fn is_list(each: &str) -> bool {
    list(each).is_some()
}

/// The list that holds nodes of this name.
fn list(each: &str) -> Option<(&'static str, Kind)> {
    LISTS.iter().find(|(_, name, _)| *name == each).map(|(_, name, kind)| (*name, *kind))
}

impl Shared {
    /// A model and its views, for all templates to share.
    pub fn new(model: Model, mut views: Views, environments: Environments, ways: &Ways) -> Arc<Shared> {
        views.pipeline.place(&environments.places, &ways.home, &ways.within);
        let met = Met::default();
        let (home, within) = (ways.home.clone(), ways.within.clone());
        let names = [const { OnceLock::new() }; KINDS];
        Arc::new(Shared {
            model,
            views,
            environments,
            home,
            within,
            met,
            experiments: OnceLock::new(),
            names,
        })
    }

    fn experiments(&self) -> &[Experiment] {
        self.experiments.get_or_init(|| experiment::experiments(&self.model, &self.views))
    }

    /// How many nodes of a kind there are.
    pub fn count(&self, each: &str) -> usize {
        list(each).map_or(1, |(_, kind)| self.length(kind))
    }

    /// The node of the kind `each` that stands for a node of the spec: that node, or what runs for it. None if they are of
    /// kinds that do not go together, or there is no such node.
    pub(super) fn node_for(&self, each: &str, kind: &str, name: &str) -> Option<usize> {
        let alike = match each {
            "environment" | "app" => return Some(0),
            "workload" => matches!(kind, "service" | "function" | "resource"),
            "service" => matches!(kind, "service" | "function"),
            "topic" => matches!(kind, "topic" | "queue"),
            _ => each == kind,
        };
        list(each).filter(|_| alike).and_then(|(_, of)| self.find(of, name))
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
            Kind::Experiment => self.experiments().len(),
            Kind::Volume => model.volumes.len(),
            Kind::App
            | Kind::Environment
            | Kind::Delivery
            | Kind::Pipeline
            | Kind::Total
            | Kind::Requests => 1,
        }
    }

    /// Writes one node of a kind, or the only one.
    pub(super) fn serialize<S: Serializer>(&self, kind: Kind, at: usize, to: S) -> Result<S::Ok, S::Error> {
        let (model, views) = (&self.model, &self.views);
        match kind {
            Kind::App => model.app.serialize(to),
            Kind::Environment => model.environment.serialize(to),
            Kind::Delivery => model.delivery.serialize(to),
            Kind::Pipeline => views.pipeline.serialize(to),
            Kind::Total => views.total.serialize(to),
            Kind::Requests => views.requests.serialize(to),
            Kind::Service => model.services[at].serialize(to),
            Kind::Workload => views.workloads[at].serialize(to),
            Kind::Job => views.jobs[at].serialize(to),
            Kind::Resource => model.resources[at].serialize(to),
            Kind::Topic => model.topics[at].serialize(to),
            Kind::Gateway => model.gateways[at].serialize(to),
            Kind::Secret => views.secrets[at].serialize(to),
            Kind::Objective => views.objectives[at].serialize(to),
            Kind::Saga => model.sagas[at].serialize(to),
            Kind::External => model.externals[at].serialize(to),
            Kind::Network => views.networks[at].serialize(to),
            Kind::Table => views.tables[at].serialize(to),
            Kind::Channel => views.channels[at].serialize(to),
            Kind::Experiment => self.experiments()[at].serialize(to),
            Kind::Volume => model.volumes[at].serialize(to),
        }
    }

    /// The number of the first node of a name.
    fn find(&self, kind: Kind, name: &str) -> Option<usize> {
        let names = self.names[kind as usize].get_or_init(|| {
            // Backwards, so that of equal names the first stays.
            let named = |at| self.name(kind, at).map(|name| (name.to_string(), at));
            (0..self.length(kind)).rev().filter_map(named).collect()
        });
        names.get(name).copied()
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
            Kind::Volume => &model.volumes.get(at)?.name.value,
            Kind::Table => &views.tables.get(at)?.gateway,
            Kind::Experiment => &self.experiments().get(at)?.name,
            _ => return None,
        })
    }

    /// Where the spec declares a node; the environment where it is none.
    pub fn span(&self, each: &str, at: usize) -> Span {
        let (model, views) = (&self.model, &self.views);
        let service = |name: &str| model.service(name).map(|it| it.name.span());
        let resource = |name: &str| model.resource(name).map(|it| it.name.span());
        let known = list(each).and_then(|(_, kind)| match kind {
            Kind::Service => model.services.get(at).map(|it| it.name.span()),
            Kind::Workload => {
                views.workloads.get(at).and_then(|it| service(&it.service).or_else(|| resource(&it.service)))
            }
            Kind::Job => views.jobs.get(at).and_then(|job| {
                let own = &model.service(&job.service)?.jobs;
                own.iter().find(|it| it.at == job.at).map(|it| it.name.span())
            }),
            Kind::Resource => model.resources.get(at).map(|it| it.name.span()),
            Kind::Topic => model.topics.get(at).map(|it| it.name.span()),
            Kind::Gateway => model.gateways.get(at).map(|it| it.name.span()),
            Kind::Saga => model.sagas.get(at).map(|it| it.name.span()),
            Kind::External => model.externals.get(at).map(|it| it.name.span()),
            Kind::Volume => model.volumes.get(at).map(|it| it.name.span()),
            Kind::Objective => views.objectives.get(at).and_then(|it| service(&it.service)),
            Kind::Secret => {
                views.secrets.get(at).and_then(|it| service(&it.name).or_else(|| resource(&it.name)))
            }
            _ => None,
        });
        known.unwrap_or_else(|| model.environment.name.span())
    }

    /// A node in words, for the lock and for `why`.
    pub fn words(&self, each: &str, at: usize) -> String {
        list(each)
            .and_then(|(_, kind)| self.name(kind, at))
            .map_or_else(String::new, |name| format!("{each} \"{name}\""))
    }
}

/// The nodes of a model, each turned into a template value when it is first asked for.
#[derive(Debug)]
pub(super) struct Nodes {
    shared: Arc<Shared>,
    values: [OnceLock<Box<[OnceLock<Value>]>>; KINDS],
}

impl Nodes {
    /// No values yet.
    pub(super) fn of(shared: &Arc<Shared>) -> Arc<Nodes> {
        Arc::new(Nodes { shared: shared.clone(), values: [const { OnceLock::new() }; KINDS] })
    }

    /// Whose nodes they are.
    pub(super) fn shared(&self) -> &Shared {
        &self.shared
    }

    fn value(&self, kind: Kind, at: usize) -> Option<Value> {
        let shared = &self.shared;
        let all = self.values[kind as usize]
            .get_or_init(|| (0..shared.length(kind)).map(|_| OnceLock::new()).collect());
        all.get(at).map(|value| value.get_or_init(|| Node::value(shared, kind, at)).clone())
    }
}

/// A list of nodes; each is asked for by its number or by its name: `services["orders"]`.
#[derive(Debug)]
struct List {
    nodes: Arc<Nodes>,
    kind: Kind,
}

impl Object for List {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        let at = match key.as_str() {
            Some(name) => self.nodes.shared.find(self.kind, name)?,
            None => key.as_usize()?,
        };
        self.nodes.value(self.kind, at)
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(self.nodes.shared.length(self.kind))
    }
}

/// The jobs of the pipeline, each by its name with those it needs.
fn needs(shared: &Shared) -> Value {
    let jobs = shared.views.pipeline.jobs(&shared.environments.places);
    jobs.into_iter().map(|job| (job.id, Value::from(job.needs))).collect::<BTreeMap<_, _>>().into()
}

/// A way as the beginning of a name.
fn apart(within: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    within.trim_start_matches('.').chars().map(letter).collect()
}

/// What all renderings of a group of templates have in common, by name.
#[derive(Debug)]
pub(super) struct Common {
    nodes: Arc<Nodes>,
    values: BTreeMap<&'static str, Value>,
}

impl Common {
    /// The options of the target, and the files of earlier groups if one of these templates asks for them.
    pub(super) fn new(nodes: &Arc<Nodes>, pack: &str, target: &Value, files: &[String]) -> Arc<Common> {
        let shared = &nodes.shared;
        let single = SINGLE.iter().filter_map(|(name, kind)| Some((*name, nodes.value(*kind, 0)?)));
        let given = [
            ("target", target.clone()),
            ("pack", Value::from(pack)),
            ("files", Value::from(files.to_vec())),
            ("environments", shared.environments.list.clone()),
            ("needs", needs(shared)),
            ("home", Value::from(shared.home.as_str())),
            ("within", Value::from(shared.within.as_str())),
            // What tells the specs of one repository apart in names: `platform-shop-`; and the app's name behind it.
            ("apart", Value::from(apart(&shared.within))),
            ("full_name", Value::from(apart(&shared.within) + &shared.model.app.name.value)),
        ];
        let list = |kind: Kind| Value::from_object(List { nodes: nodes.clone(), kind });
        let lists = LISTS.iter().map(|(name, _, kind)| (*name, list(*kind)));
        Arc::new(Common { nodes: nodes.clone(), values: single.chain(given).chain(lists).collect() })
    }

    /// The context of the renderings for one node, which goes with it.
    pub(super) fn context(self: &Arc<Self>, each: &str, at: usize) -> Value {
        self.scope(each, at, |kind, at| Some(Node::value(&self.nodes.shared, kind, at)))
    }

    /// The context of one of many questions about a node, which stays for the next.
    pub(super) fn question(self: &Arc<Self>, each: &str, at: usize) -> Value {
        self.scope(each, at, |kind, at| self.nodes.value(kind, at))
    }

    fn scope(self: &Arc<Self>, each: &str, at: usize, node: impl Fn(Kind, usize) -> Option<Value>) -> Value {
        let shared = &self.nodes.shared;
        let mut own = vec![];
        if let Some((name, kind)) = list(each) {
            own.extend(node(kind, at).map(|node| (name, node)));
        }
        if each == "gateway" {
            // The routes of a gateway are a view of their own.
            let gateway = &shared.model.gateways[at].name.value;
            let table = shared.find(Kind::Table, gateway).and_then(|table| node(Kind::Table, table));
            own.push(("table", table.unwrap_or(Value::from(()))));
        }
        if each == "external" {
            // Several packs ask it, and a text of all names would have parts of them in it.
            let name = &shared.model.externals[at].name.value;
            own.push(("allowed", shared.model.way_out(name).is_some().into()));
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
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let own = self.own.iter().find(|(name, _)| *name == key).map(|(_, value)| value);
        own.or_else(|| self.common.values.get(key)).cloned()
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let own = self.own.iter().map(|(name, _)| *name);
        Enumerator::Values(own.chain(self.common.values.keys().copied()).map(Value::from).collect())
    }
}
