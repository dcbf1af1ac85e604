//! Targets: packs of templates, and what they make of a model.

pub mod context;
pub mod covers;
mod field;
pub mod manifest;
pub mod patch;

use crate::model::Model;
use crate::render::format::Format;
use crate::render::{Code, PathCode, Templates};
use crate::report::{Finding, Report};
use crate::source::{Sources, Span};
use crate::view::Views;
use context::Shared;
use manifest::{Emit, Manifest};
use minijinja::Value;
use std::sync::Arc;

/// The name under which a template sees what was written before it.
const FILES: &str = "files";

/// A pack, ready to render.
#[derive(Debug)]
pub struct Pack {
    /// What its `target.kdl` says.
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
    pub node: String,
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
    let ready = ready(pack, app);
    for group in ready.chunk_by(|_, next| next.together) {
        let options = options(&pack.manifest, &shared.model, report);
        let made = tasks(pack, group, shared, &options, &files, report, &mut |task, report| {
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
            let from = format!("{}/{} {node}", pack.manifest.name, emit.template);
            let (executable, from) = (emit.executable, from.trim_end().to_string());
            put(Made::File(Artifact { path, text, executable, from }));
        });
        if !app {
            files.extend(made);
            files.sort();
        }
    }
    report.findings.len() == before
        || !report.findings[before..].iter().any(|it| it.level == crate::report::Level::Deny)
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
) -> Option<(String, crate::render::trace::Traced)> {
    let mut files: Vec<String> = vec![];
    let mut found = None;
    for group in ready(pack, app).chunk_by(|_, next| next.together) {
        let options = options(&pack.manifest, &shared.model, report);
        let made = tasks(pack, group, shared, &options, &files, report, &mut |task, report| {
            if task.path == path && found.is_none() {
                let emit = task.emit;
                let traced = pack.templates.traced(&emit.template, task.context, sources, report);
                found = traced.map(|traced| match patchable(emit, app) {
                    true => (task.node, patch::trace(shared, traced, report)),
                    false => (task.node, traced),
                });
            }
        });
        if found.is_some() {
            return found;
        }
        files.extend(made);
        files.sort();
    }
    None
}

/// The options of a pack here: as the environment sets them, else their defaults.
fn options(manifest: &Manifest, model: &Model, report: &mut Report) -> Value {
    let used = model.target(&manifest.name);
    if let Some(used) = used {
        for name in used.options.keys().filter(|name| *name != "enabled") {
            if !manifest.options.iter().any(|option| option.name == *name) {
                let mut finding = Finding::new(
                    "unknown-option",
                    format!("target `{}` has no option `{name}`", manifest.name),
                )
                .label(used.origin.span, "set here");
                finding.help =
                    crate::suggest::did_you_mean(name, manifest.options.iter().map(|it| it.name.as_str()));
                if !report.findings.contains(&finding) {
                    report.push(finding);
                }
            }
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
    /// It goes node by node with the one before: both are for the same kind, and it does not ask what was written.
    together: bool,
}

fn ready(pack: &Pack, app: bool) -> Vec<Ready<'_>> {
    let mut ready: Vec<Ready<'_>> = vec![];
    for emit in pack.manifest.emits.iter().filter(|emit| (emit.each == "app") == app) {
        let when = emit.when.as_ref().map(|(text, span)| (pack.templates.code(text), *span));
        let to = pack.templates.path(&emit.to.0);
        let asks = pack.templates.asks(&emit.template, FILES)
            || to.as_ref().is_ok_and(|to| to.asks(FILES))
            || when.as_ref().is_some_and(|(when, _)| when.as_ref().is_ok_and(|when| when.asks(FILES)));
        let together = !asks && ready.last().is_some_and(|last| last.emit.each == emit.each);
        ready.push(Ready { emit, when, to, together });
    }
    ready
}

/// Calls `each` for every node the templates of a group are rendered for: node by node, so that what was read of one
/// serves all of them. Returns the paths, relative to the pack's folder.
fn tasks(
    pack: &Pack,
    group: &[Ready<'_>],
    shared: &Arc<Shared>,
    options: &Value,
    files: &[String],
    report: &mut Report,
    each: &mut dyn FnMut(Task<'_>, &mut Report),
) -> Vec<String> {
    let Some(kind) = group.first().map(|first| first.emit.each.as_str()) else { return vec![] };
    let common = shared.scope(options, files);
    let folder = folder(pack, &shared.model);
    let mut left: Vec<&Ready<'_>> = group.iter().collect();
    let mut paths = vec![];
    for index in 0..shared.count(kind) {
        let context = common.context(kind, index);
        left.retain(|ready| match ready.path(&context) {
            Ok(None) => true,
            Ok(Some(own)) => {
                let emit = ready.emit;
                let path = if kind == "app" { own.clone() } else { format!("{folder}/{own}") };
                paths.push(own);
                let node = shared.words(kind, index);
                each(Task { emit, path, context: context.clone(), node }, report);
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

impl Ready<'_> {
    /// The path of the result in this context; none if there is to be no result.
    fn path(&self, context: &Value) -> Result<Option<String>, Finding> {
        if let Some((code, span)) = &self.when {
            let value = code.as_ref().map_err(String::clone).and_then(|code| code.value(context));
            if !value.map_err(|why| broken(*span, &why))?.is_true() {
                return Ok(None);
            }
        }
        let path = self.to.as_ref().map_err(String::clone).and_then(|code| code.value(context));
        path.map(Some).map_err(|why| broken(self.emit.to.1, &why))
    }
}

fn broken(span: Span, why: &str) -> Finding {
    Finding::new("template-error", why.to_string())
        .label(span, "in this expression")
        .help("`bastide model` prints what there is")
}

/// The views of a model, and the model, shared with templates. `home` is the way from the root of all output to the folder of
/// the spec, with a `/` behind it; empty if they are one.
pub fn share(model: Model, views: Views, environments: Value, home: &str) -> Arc<Shared> {
    Arc::new(Shared { model, views, environments, home: home.into(), met: patch::Met::default() })
}
