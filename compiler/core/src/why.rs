//! Why a value is what it is: the chain of layers behind it, nearest first.

use crate::model::Model;
use crate::schema::Repeat;
use crate::secret::{find, masked};
use crate::tree::{At, Field, Item, Layer, Origin, Scalar};
use crate::view::Views;
use crate::view::workload::Workload;

/// What stands at a path of the merged tree.
#[derive(Clone, Debug)]
pub struct Answer<'t> {
    /// The path as far as it leads.
    pub path: String,
    /// What is left of the question: empty if the path was found whole.
    pub rest: String,
    /// The value, for a property or a node that is a value.
    pub value: Option<&'t Field>,
    /// The node.
    pub item: &'t Item,
}

/// A value of one layer.
#[derive(Clone, Debug)]
pub struct Step {
    /// The layer in words; an archetype with its name.
    pub layer: String,
    /// The value as one writes it.
    pub value: String,
    /// Where.
    pub origin: Origin,
}

/// Names views give to fields of the language.
const ALIASES: &[(&str, &str)] = &[
    ("cpu", "resources.cpu"),
    ("cpu_limit", "resources.cpu-limit"),
    ("memory", "resources.memory"),
    ("memory_limit", "resources.memory-limit"),
    ("grace_s", "shutdown.grace"),
    ("delay_s", "shutdown.delay"),
    ("signal", "shutdown.signal"),
    ("health.startup_s", "health.startup"),
    ("health.startup_failures", "health.startup"),
    ("health.kind", "health"),
    ("timeout_ms", "timeout"),
    ("cache_s", "cache"),
    ("metrics_port", "metrics.port"),
    ("scale.auto", "scale"),
    ("objective", "availability"),
    ("percent", "availability"),
    ("budget", "availability"),
    ("threshold", "latency"),
    ("threshold_ms", "latency"),
    ("days", "window"),
];

/// Follows a path such as `service.orders.scale.min` as far as it leads.
pub fn lookup<'t>(tree: &'t [Item], path: &str) -> Option<Answer<'t>> {
    let taken = |item: &'t Item| item.taken.iter().flat_map(|taken| &taken.parts);
    let nulls = tree.iter().filter(|item| item.schema.node == "environment").flat_map(taken);
    let at = |item: &'t Item| Some((item, after(item, path)?));
    let (mut item, mut rest) = tree.iter().chain(nulls).filter_map(at).min_by_key(|(_, rest)| rest.len())?;
    if let Some((_, other)) = ALIASES.iter().find(|(view, _)| *view == rest) {
        rest = other;
    }
    while !rest.is_empty() {
        let deeper = item
            .parts
            .iter()
            .chain(taken(item))
            .filter_map(|part| Some((part, after(part, rest)?)))
            .min_by_key(|(_, rest)| rest.len());
        let Some((part, left)) = deeper else { break };
        (item, rest) = (part, left);
    }
    // What a node held that was taken away whole went with it.
    if item.removed && item.schema.prop(rest).is_some() {
        rest = "";
    }
    let gone = item.taken.iter().flat_map(|taken| &taken.fields);
    let field = item.fields.iter().chain(gone).find(|field| field.name == rest);
    let value = field.or_else(|| item.values.first().filter(|_| rest.is_empty()));
    let rest = if field.is_some() { "" } else { rest };
    let path = path.strip_suffix(rest).unwrap_or(path).trim_end_matches('.').to_string();
    Some(Answer { path, rest: rest.to_string(), value, item })
}

/// What stands behind a path of the model or of a view: the node or value of that path, else what it was made from.
pub fn answers<'t>(model: &'t Model, views: &Views, path: &str) -> Vec<Answer<'t>> {
    let direct = lookup(&model.tree, path);
    if direct.as_ref().is_some_and(|answer| answer.rest.is_empty()) {
        return direct.into_iter().collect();
    }
    let found: Vec<_> =
        behind(model, views, path).iter().filter_map(|path| lookup(&model.tree, path)).collect();
    if found.is_empty() { direct.into_iter().collect() } else { found }
}

/// Where in the spec the things stand that a value of a view was made from, when the spec has no node of that path:
/// variables that follow from edges, images that are built.
fn behind(model: &Model, views: &Views, path: &str) -> Vec<String> {
    let variable = |it: &Workload| {
        let name = path.strip_prefix(it.at.as_str())?.strip_prefix(".env.")?;
        Some(vec![it.env_at.get(name)?])
    };
    let all = || views.workloads.iter().chain(views.jobs.iter().map(|job| &job.workload));
    if let Some(found) = all().find_map(variable) {
        return found;
    }
    let Some(at) = path.strip_suffix(".image") else { return vec![] };
    if let Some(service) = model.services.iter().find(|it| it.at == at && it.run.image.is_none()) {
        let version = all().find(|it| it.at == at).and_then(|it| it.env_at.get("APP_VERSION"));
        let prefix = match &model.environment.registry {
            Some(_) => format!("{}.registry", model.environment.at),
            None => format!("{}.images", model.app.at),
        };
        let build = service.run.build.as_ref().map(|_| format!("{at}.build"));
        return build.into_iter().chain(version).chain([prefix]).collect();
    }
    let resource = model.resources.iter().find(|it| it.at == at);
    resource.map_or_else(Vec::new, |it| {
        vec![format!("resource-type.{}.runs.image", it.ty.value), format!("{at}.version")]
    })
}

/// What is left of a path behind a node, if the path leads through it.
fn after<'p>(item: &Item, path: &'p str) -> Option<&'p str> {
    let step = |rest: &'p str, name: &str| -> Option<&'p str> {
        let rest = rest.strip_prefix(name)?;
        match rest.as_bytes().first() {
            None | Some(b'[') => Some(rest),
            Some(_) => rest.strip_prefix('.'),
        }
    };
    if item.is_free() {
        return step(path, &item.key);
    }
    let rest = step(path, item.schema.node)?;
    let rest = match item.schema.repeat {
        Repeat::Once if !matches!(item.schema.node, "app") => rest,
        _ if item.key.is_empty() => rest,
        _ => step(rest, &item.key)?,
    };
    match rest.starts_with('[') {
        true => step(rest, &item.marks_in_path()),
        false => Some(rest),
    }
}

impl<'t> Answer<'t> {
    /// The chain behind the value, the layer that counts first. `tree` is the one the answer is from.
    pub fn steps(&self, tree: &[Item]) -> Vec<Step> {
        let step = |value: String, origin: Origin| Step { layer: layer(tree, origin), value, origin };
        let name =
            if self.item.is_free() { &self.item.key } else { self.value.map_or("", |field| field.name) };
        let shown = |value: &Scalar| masked(&value.words(), &find(name, &value.words())).into_owned();
        let one = |at: &At<Scalar>| step(shown(&at.value), at.origin);
        match self.value {
            Some(field) if field.name.is_empty() => {
                // Of a list, the first value knows what all of them hide.
                let all: Vec<String> = self.item.values.iter().map(|field| shown(&field.at.value)).collect();
                let own = step(all.join(" "), field.at.origin);
                std::iter::once(own).chain(field.hidden.iter().map(one)).collect()
            }
            Some(field) => std::iter::once(&field.at).chain(&field.hidden).map(one).collect(),
            None => {
                let mut said = self.item.said().to_vec();
                said.reverse();
                said.sort_by_key(|origin| std::cmp::Reverse(origin.layer));
                let null = |origin: Origin| self.item.removed && origin == self.item.origin;
                let text = |origin: Origin| if null(origin) { "#null".into() } else { String::new() };
                said.into_iter().map(|origin| step(text(origin), origin)).collect()
            }
        }
    }

    /// If this is a node that holds more than one value: every value in it, and every node that is said without
    /// one or has a name.
    pub fn within(&self) -> Vec<Answer<'t>> {
        let property = self.value.is_some_and(|field| !field.name.is_empty());
        let mut all = vec![];
        if !property && !is_bare(self.item) {
            collect(self.item, &self.path, &mut all);
        }
        all
    }
}

/// Whether nothing stands in a node but its own values.
fn is_bare(item: &Item) -> bool {
    item.fields.is_empty() && item.parts.is_empty()
}

fn collect<'t>(item: &'t Item, path: &str, all: &mut Vec<Answer<'t>>) {
    let answer = |path: String, value| Answer { path, rest: String::new(), value, item };
    if is_bare(item) || !item.values.is_empty() {
        all.push(answer(path.into(), item.values.first()));
    }
    all.extend(item.fields.iter().map(|field| answer(format!("{path}.{}", field.name), Some(field))));
    for part in &item.parts {
        let path = part.path_in(path);
        // All values of a `calls` may be defaults: that it is there at all is somebody's word.
        if !part.key.is_empty() && part.values.is_empty() && !is_bare(part) {
            all.push(Answer { path: path.clone(), rest: String::new(), value: None, item: part });
        }
        collect(part, &path, all);
    }
}

/// The layer of a value in words; of what an archetype brings, with its name.
fn layer(tree: &[Item], origin: Origin) -> String {
    let mut archetypes = tree.iter().filter(|item| item.schema.node == "archetype");
    match archetypes.find(|it| origin.layer != Layer::Derived && stands_in(it, origin)) {
        Some(archetype) => format!("archetype {}", archetype.key),
        None => word(origin.layer).into(),
    }
}

/// Whether a place is that of a node, or of something in it.
fn stands_in(item: &Item, origin: Origin) -> bool {
    let mut values = item.fields.iter().chain(&item.values);
    item.origin.span == origin.span
        || values.any(|field| field.at.origin.span == origin.span)
        || item.parts.iter().any(|part| stands_in(part, origin))
}

/// A layer in words.
pub fn word(layer: Layer) -> &'static str {
    match layer {
        Layer::Default => "default",
        Layer::Type => "resource type",
        Layer::Archetype => "archetype",
        Layer::Spec => "spec",
        Layer::Overlay => "overlay",
        Layer::Derived => "derived",
    }
}
