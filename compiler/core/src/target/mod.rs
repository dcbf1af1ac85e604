//! Targets: packs of templates, and what they make of a model.

pub mod context;
pub mod covers;
mod field;
mod gate;
pub mod manifest;
mod names;
mod node;
mod object;
pub mod option;
pub mod part;
pub mod patch;
mod value;

use crate::model::Model;
use crate::view::Views;
use bastide_report::finding::Report;
use bastide_report::source::{Sources, Span};
use bastide_template::format::Format;
use bastide_template::{Code, Condition, PathCode, Templates};
use context::Shared;
use gate::Gates;
use manifest::{Emit, Manifest};
use minijinja::Value;
use part::Part;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The name under which a template sees what was written before it.
const FILES: &str = "files";

/// A pack, ready to render.
#[derive(Debug)]
pub struct Pack {
    /// What its `target.kdl` says, and each `part.kdl`.
    pub manifest: Manifest,
    /// Its templates.
    pub templates: Templates,
}

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Path from the root of all output.
    pub path: String,
    /// Its text.
    pub text: String,
    /// It may be run.
    pub executable: bool,
    /// What made it: pack, template, node.
    pub from: String,
}

/// What rendering hands out.
#[derive(Debug)]
pub enum Made<'t> {
    /// A piece of a text that is too long to be held: of the next file, from its beginning on.
    Part(&'t str),
    /// A file, with its text or with what follows the parts of it. If it fails after parts, none follows.
    File(Artifact),
}

/// One rendering that is to be done: a template for a node.
pub struct Task<'a> {
    /// The template and where its result goes.
    pub emit: &'a Emit,
    /// Path of the result.
    pub path: String,
    /// What the template sees.
    pub context: Value,
    /// The node in words: `service "orders"`.
    pub node: &'a str,
}

/// Whether a pack is written for this environment: its platform, its CI system, or because it is named.
pub fn selected(manifest: &Manifest, model: &Model) -> bool {
    let named = model.target(&manifest.name);
    let off =
        named.is_some_and(|target| target.options.get("enabled") == Some(&serde_json::Value::Bool(false)));
    let platform = manifest.platform.as_ref().is_some_and(|platform| *platform == model.environment.platform);
    let ci =
        manifest.ci.as_ref().is_some_and(|ci| model.delivery.ci.as_ref().is_some_and(|at| at.value == *ci));
    !off && (platform || ci || named.is_some())
}

/// Renders everything a pack makes of one environment, file by file. Templates `for="app"` are rendered only if `app` is set.
/// Returns whether all of it could be rendered.
pub fn render(
    pack: &Pack,
    shared: &Arc<Shared>,
    app: bool,
    sources: &Sources,
    report: &mut Report,
    put: &mut dyn FnMut(Made<'_>),
) -> bool {
    let before = report.findings.len();
    let mut files: Vec<String> = vec![];
    if !writes(pack, app) {
        return true;
    }
    let options = options(&pack.manifest, &shared.model, report);
    let ready = ready(pack, app, &part::written(pack, shared, &options, report));
    for group in ready.chunk_by(|_, next| next.together) {
        let made = tasks(pack, group, shared, &options, &mut files, report, &mut |task, report| {
            let Task { emit, path, context, node } = task;
            let (templates, template) = (&pack.templates, &emit.template);
            let text = if patchable(emit, app) && !shared.model.environment.patches.is_empty() {
                let text = templates.render(template, context, sources, report);
                text.map(|text| patch::apply(shared, text, report))
            } else {
                let part = &mut |text: &str| put(Made::Part(text));
                templates.render_in_parts(template, context, sources, report, part)
            };
            let Some(text) = text else { return };
            let from = from(&pack.manifest.name, template, node);
            put(Made::File(Artifact { path, text, executable: emit.executable, from }));
        });
        if !app {
            files.extend(made);
        }
    }
    report.findings.len() == before
        || !report.findings[before..].iter().any(|it| it.level == bastide_report::finding::Level::Deny)
}

/// What made a file: pack, template, node.
fn from(pack: &str, template: &str, node: &str) -> String {
    let blank = if node.is_empty() { "" } else { " " };
    [pack, "/", template, blank, node].concat()
}

/// Whether patches may meet what a template makes: YAML that belongs to an environment.
fn patchable(emit: &Emit, app: bool) -> bool {
    !app && Format::of(&emit.template) == Format::Yaml
}

/// Finds the task that makes the file at `path`, and renders it in tracing mode.
pub fn trace(
    pack: &Pack,
    shared: &Arc<Shared>,
    app: bool,
    path: &str,
    sources: &Sources,
    report: &mut Report,
) -> Option<(String, bastide_template::trace::Traced)> {
    let mut files: Vec<String> = vec![];
    let mut found = None;
    if !writes(pack, app) {
        return None;
    }
    let options = options(&pack.manifest, &shared.model, report);
    let ready = ready(pack, app, &part::written(pack, shared, &options, report));
    for group in ready.chunk_by(|_, next| next.together) {
        let made = tasks(pack, group, shared, &options, &mut files, report, &mut |task, report| {
            if task.path == path && found.is_none() {
                let emit = task.emit;
                let traced = pack.templates.traced(&emit.template, task.context, sources, report);
                found = traced.map(|traced| match patchable(emit, app) {
                    true => (task.node.to_string(), patch::trace(shared, traced, report)),
                    false => (task.node.to_string(), traced),
                });
            }
        });
        if found.is_some() {
            return found;
        }
        files.extend(made);
    }
    None
}

/// The options of a pack here: as the environment sets them, else their defaults.
fn options(manifest: &Manifest, model: &Model, report: &mut Report) -> Value {
    let used = model.target(&manifest.name);
    for finding in used.map(|used| option::check(manifest, model, used)).unwrap_or_default() {
        if !report.findings.contains(&finding) {
            report.push(finding);
        }
    }
    let value = |option: &manifest::Opt| {
        let set = used.and_then(|used| used.options.get(&option.name));
        (option.name.clone(), Value::from(minijinja::value::Serde(set.unwrap_or(&option.default).clone())))
    };
    manifest.options.iter().map(value).collect::<std::collections::BTreeMap<_, _>>().into()
}

fn folder(pack: &Pack, model: &Model) -> String {
    format!("deploy/{}/{}", model.environment.name.value, pack.manifest.name)
}

/// An `emit` with its expressions, compiled.
struct Ready<'p> {
    emit: &'p Emit,
    when: Option<(Result<Code<'p>, String>, Span)>,
    to: Result<PathCode<'p>, String>,
    /// It asks what was written before it.
    asks: bool,
    /// It goes node by node with the one before: both are for the same kind, and it does not ask what was written.
    together: bool,
}

/// Whether a pack writes anything for the app, or for an environment.
fn writes(pack: &Pack, app: bool) -> bool {
    pack.manifest.all_emits().any(|(_, emit)| (emit.each == "app") == app)
}

/// What a pack and these parts of it render. What asks for what was written comes last.
fn ready<'p>(pack: &'p Pack, app: bool, parts: &BTreeSet<&str>) -> Vec<Ready<'p>> {
    let mut ready: Vec<Ready<'_>> = vec![];
    let here = |part: Option<&Part>| part.is_none_or(|part| parts.contains(part.name.as_str()));
    let emits = pack.manifest.all_emits().filter(|(part, emit)| (emit.each == "app") == app && here(*part));
    for (_, emit) in emits {
        let when = emit.when.as_ref().map(|(text, span)| (pack.templates.code(text), *span));
        let to = pack.templates.path(&emit.to.0);
        let asks = pack.templates.asks(&emit.template, FILES)
            || to.as_ref().is_ok_and(|to| to.asks(FILES))
            || when.as_ref().is_some_and(|(when, _)| when.as_ref().is_ok_and(|when| when.asks(FILES)));
        ready.push(Ready { emit, when, to, asks, together: false });
    }
    // Those for the same kind go together, whichever part they are of.
    ready.sort_by_key(|it| (it.asks, if it.asks { "" } else { it.emit.each.as_str() }));
    for at in 1..ready.len() {
        ready[at].together = !ready[at].asks && ready[at - 1].emit.each == ready[at].emit.each;
    }
    ready
}

/// Calls `each` for every node the templates of a group are rendered for: node by node, so that what was read of one
/// serves all of them. `files` are the paths of earlier groups, which are sorted for a group that asks for them.
/// Returns the paths of this one, relative to the pack's folder.
fn tasks(
    pack: &Pack,
    group: &[Ready<'_>],
    shared: &Arc<Shared>,
    options: &Value,
    files: &mut [String],
    report: &mut Report,
    each: &mut dyn FnMut(Task<'_>, &mut Report),
) -> Vec<String> {
    let Some(first) = group.first() else { return vec![] };
    let kind = first.emit.each.as_str();
    if first.asks {
        files.sort();
    }
    let common = shared.scope(options, if first.asks { files } else { &[] });
    let folder = if kind == "app" { String::new() } else { folder(pack, &shared.model) + "/" };
    let mut gates = Gates::new(pack, kind, &folder);
    let mut left: Vec<(&Ready<'_>, Option<Condition>)> =
        group.iter().map(|ready| (ready, gates.add(ready))).collect();
    let mut paths = vec![];
    for index in 0..shared.count(kind) {
        let context = common.context(kind, index);
        let node = shared.words(kind, index);
        gates.forget();
        left.retain(|(ready, gate)| match gates.path(ready, gate.as_ref(), &context) {
            Ok(None) => true,
            Ok(Some(path)) => {
                paths.push(path[folder.len()..].to_string());
                each(Task { emit: ready.emit, path, context: context.clone(), node: &node }, report);
                true
            }
            Err(finding) => {
                report.push(finding);
                false
            }
        });
    }
    paths
}

/// The views of a model, and the model, shared with templates. `home` is the way from the root of all output to the folder of
/// the spec, with a `/` behind it; empty if they are one.
pub fn share(model: Model, views: Views, environments: Value, home: &str) -> Arc<Shared> {
    let (met, index) = Default::default();
    Arc::new(Shared { model, views, environments, home: home.into(), met, index })
}
