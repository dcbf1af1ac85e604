//! From the merged tree to the structs of the model.

use super::{FileState, Inputs, Keep, connections, resource};
use crate::kind::{app, delivery, environment, external, gateway, lint, messaging, saga, service};
use crate::model::raw::Raw;
use crate::model::resource::Resource;
use crate::model::service::{File, Service};
use crate::model::{Lint, Model};
use crate::tree::places::{self, Places};
use crate::tree::{At, Item};
use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::FileId;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Reads every node. The tree comes sorted by kind and name, so the lists are sorted by name. `own` are the files of the
/// spec.
pub fn lower(
    tree: Vec<Item>,
    own: &BTreeSet<FileId>,
    inputs: &Inputs,
    keep: Keep,
    report: &mut Report,
) -> Option<Model> {
    let lints = lints(&tree);
    let said = if keep == Keep::Nothing { Places::default() } else { said(&tree, own, &lints) };
    let mut nodes = Nodes::of(tree, keep == Keep::Tree);
    let app = app::read(nodes.all("app").first()?);
    let mut environment = environment::read(nodes.all("environment").first()?, &app.name.value);
    environment.raws = raws(&nodes, environment.platform == "compose", inputs);
    environment.targets.iter_mut().for_each(|used| used.extends = bases(&used.name, &inputs.extends));
    let services =
        both(nodes.read("service", service::read), nodes.read("function", service::read), |it| &it.name);
    let mut topics =
        both(nodes.read("topic", messaging::read), nodes.read("queue", messaging::read), |it| &it.name);
    let types = std::mem::take(nodes.kinds.entry("resource-type").or_default());
    let by_name: BTreeMap<String, &Item> = types.iter().map(|item| (item.key_text(), item)).collect();
    types.iter().for_each(|ty| resource::references::check(ty, report));
    let needed = connections::needed(&services);
    let resources = nodes.read("resource", |item| {
        let connections = connections::of(&needed, &item.key);
        resource::lower(item, &by_name, (&environment, connections), report)
    });
    let resources: Vec<Resource> = resources.into_iter().flatten().collect();
    let counted: BTreeSet<&str> =
        resources.iter().filter(|it| it.counted).map(|it| it.name.value.as_str()).collect();
    topics.iter_mut().for_each(|topic| topic.counted = counted.contains(topic.on.value.as_str()));
    let services: Vec<_> = services.into_iter().map(|service| with_folders(service, inputs)).collect();
    let binaries = inputs.files.iter().filter_map(|(path, state)| match state {
        FileState::Binary(bytes) => Some((path.clone(), bytes.clone())),
        _ => None,
    });
    let texts = inputs.files.iter().filter_map(|(path, state)| match state {
        FileState::Text(text) => Some((path.clone(), text.clone())),
        _ => None,
    });
    let empty = Item::new(&delivery::SCHEMA, "", app.origin.derived());
    let mut model = Model {
        resources: resources.into(),
        types: by_name.values().map(|item| (item.key_text(), resource::read_type(item))).collect(),
        topics: topics.into(),
        volumes: nodes.read("volume", crate::kind::volume::read),
        externals: nodes.read("external", external::read),
        gateways: nodes.read("gateway", gateway::read),
        sagas: nodes.read("saga", saga::read),
        delivery: delivery::read(nodes.all("delivery").first().unwrap_or(&empty)),
        lints,
        policies: nodes.read("policy", lint::read_policy).into_iter().flatten().collect(),
        texts: Arc::new(texts.collect()),
        binaries: Arc::new(binaries.collect()),
        executables: inputs.executables.clone(),
        dockerfiles: inputs.dockerfiles.clone(),
        requests: inputs.requests.clone(),
        environments: vec![],
        literals: vec![],
        today: inputs.today,
        ways_out: BTreeMap::new(),
        said: said.into(),
        tree: vec![],
        services: services.into(),
        app,
        environment,
    };
    for (at, gateway) in model.gateways.iter().enumerate().rev() {
        model.ways_out.extend(gateway.allow.iter().map(|to| (to.value.clone(), at)));
    }
    same_names(&model, report);
    nodes.kinds.insert("resource-type", types);
    if keep == Keep::Tree {
        model.tree = nodes.kinds.into_values().flatten().collect();
    }
    Some(model)
}

/// The packs that one starts from, nearest first.
fn bases(name: &str, extends: &BTreeMap<String, String>) -> Vec<String> {
    let mut all: Vec<String> = vec![];
    let mut next = extends.get(name);
    while let Some(base) = next.filter(|base| *base != name && !all.contains(base)) {
        all.push(base.clone());
        next = extends.get(base);
    }
    all
}

/// Where fields are said, but for the nodes of which the spec allows that no target writes them.
fn said(tree: &[Item], own: &BTreeSet<FileId>, lints: &[Lint]) -> Places {
    let waives = |lint: &&Lint| lint.rule.value == places::RULE && lint.level == Level::Allow.as_str();
    let waivers: BTreeSet<&str> = lints.iter().filter(waives).map(|lint| &*lint.node).collect();
    Places::of(tree, own, |node| waivers.contains("") || waivers.contains(node))
}

/// The merged nodes by kind.
struct Nodes {
    kinds: BTreeMap<&'static str, Vec<Item>>,
    keep: bool,
}

impl Nodes {
    fn of(tree: Vec<Item>, keep: bool) -> Nodes {
        let mut kinds: BTreeMap<&'static str, Vec<Item>> = BTreeMap::new();
        tree.into_iter().for_each(|item| kinds.entry(item.schema.node).or_default().push(item));
        Nodes { kinds, keep }
    }

    fn all(&self, node: &str) -> &[Item] {
        self.kinds.get(node).map_or(&[], Vec::as_slice)
    }

    /// Reads all nodes of a kind; each is gone then, unless they are kept.
    fn read<T>(&mut self, node: &str, mut read: impl FnMut(&Item) -> T) -> Vec<T> {
        if self.keep {
            return self.all(node).iter().map(read).collect();
        }
        let items = self.kinds.remove(node).unwrap_or_default();
        items.into_iter().map(|item| read(&item)).collect()
    }
}

/// A service that mounts each file of a folder by itself.
fn with_folders(mut service: Service, inputs: &Inputs) -> Service {
    let each = |file: File| match file.from.as_ref().and_then(|from| inputs.files.get(&from.value)) {
        Some(FileState::Folder(files)) => files.iter().map(|own| below(&file, own)).collect(),
        _ => vec![file],
    };
    service.run.files = service.run.files.into_iter().flat_map(each).collect();
    service
}

/// A file of a folder.
fn below(folder: &File, own: &str) -> File {
    let join = |at: &At<String>| At {
        value: format!("{}/{own}", at.value.trim_end_matches('/')),
        origin: at.origin,
    };
    File { path: join(&folder.path), from: folder.from.as_ref().map(join), ..folder.clone() }
}

/// The files that are laid beside what is generated, each once.
fn raws(nodes: &Nodes, compose: bool, inputs: &Inputs) -> Vec<Raw> {
    let own = nodes.all("environment").iter().flat_map(|item| item.all("raw"));
    let of_app = nodes.all("app").iter().filter(|_| !compose).flat_map(|item| item.all("raw"));
    let files = own.chain(of_app).filter_map(|raw| inputs.raws.get(&(raw.key_text(), compose)));
    let mut files: Vec<Raw> = files.flatten().cloned().collect();
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files.dedup_by(|left, right| left.path == right.path);
    files
}

/// Two lists that are sorted by name as one. Sorting takes room for half of a list, so it is not done in vain.
fn both<T>(mut list: Vec<T>, more: Vec<T>, name: impl Fn(&T) -> &At<String>) -> Vec<T> {
    list.extend(more);
    if !list.is_sorted_by_key(|it| &name(it).value) {
        list.sort_by(|left, right| name(left).value.cmp(&name(right).value));
    }
    list
}

/// Weights of rules: those at the top hold everywhere, those in a node for it and what is in it.
fn lints(tree: &[Item]) -> Vec<Lint> {
    let mut lints = vec![];
    for item in tree {
        match item.schema.node {
            "lint" => lints.push(lint::read(item, "")),
            _ => inner_lints(&Trail { item, outer: None }, &mut lints),
        }
    }
    lints
}

/// A node and those around it. Few nodes hold a lint, so only of those the path is written.
struct Trail<'a> {
    item: &'a Item,
    outer: Option<&'a Trail<'a>>,
}

impl Trail<'_> {
    fn path(&self) -> String {
        let mut path = self.outer.map(Trail::path).unwrap_or_default();
        self.item.push_path(&mut path);
        path
    }
}

fn inner_lints(trail: &Trail<'_>, lints: &mut Vec<Lint>) {
    for item in &trail.item.parts {
        match item.schema.node {
            "lint" => lints.push(lint::read(item, &trail.path())),
            "ci" => {} // its `lint` is a command
            _ if item.parts.is_empty() => {}
            _ => inner_lints(&Trail { item, outer: Some(trail) }, lints),
        }
    }
}

/// What runs shares one space of names: services, functions, resources, gateways and externals become hosts.
fn same_names(model: &Model, report: &mut Report) {
    let mut hosts = BTreeMap::new();
    let kind = |it: &Service| if it.function.is_some() { "function" } else { "service" };
    let services = model.services.iter().map(|it| (&it.name, kind(it)));
    let resources = model.resources.iter().map(|it| (&it.name, "resource"));
    let gateways = model.gateways.iter().map(|it| (&it.name, "gateway"));
    let externals = model.externals.iter().map(|it| (&it.name, "external"));
    for (name, kind) in services.chain(resources).chain(gateways).chain(externals) {
        if let Some((first, other)) = hosts.insert(name.value.clone(), (name.origin, kind)) {
            let both =
                if other == kind { "declared twice".into() } else { format!("both a {other} and a {kind}") };
            Finding::new("repeated-name", format!("`{}` is {both}", name.value))
                .label(name.origin.span, format!("the {kind}"))
                .label(first.span, format!("the {other}"))
                .help("rename one of them: both would be the same host")
                .add_to(report);
        }
    }
}
