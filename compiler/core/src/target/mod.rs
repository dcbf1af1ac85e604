//! Targets: packs of templates, and what they make of a model.

pub mod context;
pub mod covers;
mod emits;
pub mod manifest;
mod node;
pub mod option;
mod parallel;
pub mod part;
pub mod patch;
mod raw;
pub mod rules;
#[cfg(test)]
mod tests;

use crate::model::Model;
use crate::model::app::TargetUse;
use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::Sources;
use bastide_report::source::Span;
use bastide_template::Templates;
use bastide_template::format::Format;
use bastide_template::trace::Traced;
use context::{Nodes, Shared};
use emits::{Group, Task, groups, independent};
use manifest::{Emit, Manifest};
use minijinja::Value;
use rules::{Held, Limits, Rules};
use std::collections::BTreeSet;
use std::sync::Arc;

/// A pack, ready to render.
#[derive(Debug)]
pub struct Pack {
    /// What its `target.kdl` says, and each `part.kdl`.
    pub manifest: Arc<Manifest>,
    /// Its templates.
    pub templates: Templates,
    /// What its platform takes.
    pub rules: Rules,
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
    /// Its path begins at the root of the git repository, where forges read.
    pub at_repository: bool,
    /// What made it: pack, template, node.
    pub from: String,
}

/// Whether a pack is written for this environment: its platform, its CI system, or because it is named.
pub fn selected(manifest: &Manifest, model: &Model) -> bool {
    let named = model.target(&manifest.name);
    let platform = manifest.platform.as_ref().is_some_and(|platform| *platform == model.environment.platform);
    let ci =
        manifest.ci.as_ref().is_some_and(|ci| model.delivery.ci.as_ref().is_some_and(|at| at.value == *ci));
    let with = manifest.with.as_ref().and_then(|it| model.target(it)).is_some_and(TargetUse::on);
    named.map_or(platform || ci || with, TargetUse::on)
}

/// Renders everything a pack makes of one environment, and hands it out file by file, in the order of the manifest and of the
/// nodes. What is written once for the app is rendered only if `app` is set. Returns whether all of it could be rendered.
pub fn render(
    pack: &Pack,
    shared: &Arc<Shared>,
    app: bool,
    sources: &Sources,
    report: &mut Report,
    put: &mut dyn FnMut(Artifact),
) -> bool {
    let before = report.findings.len();
    if !writes(pack, app) {
        return true;
    }
    let options = options(&pack.manifest, &shared.model, report);
    let values = Nodes::of(shared);
    let groups = groups(pack, app, &part::written(pack, &values, &options, report));
    let mut files: Vec<String> = vec![];
    let mut limits = Limits::default();
    if !app {
        raw::lay(pack, shared, &mut limits, &mut files, report, put);
    }
    let (at_once, in_turn) = groups.split_at(independent(&groups));
    for round in [at_once].into_iter().chain(in_turn.chunks(1)) {
        let round: Vec<Group<'_>> =
            round.iter().map(|emits| Group::new(pack, emits, &values, &options, &mut files)).collect();
        let (nodes, begin) = emits::nodes(&round);
        let work = |at: usize| -> Vec<(usize, Done)> {
            let (group, node) = nodes[at];
            let tasks = round[group].tasks(node);
            tasks.map(|(emit, task)| (emit, artifact(pack, shared, task, sources))).collect()
        };
        let mut broken = BTreeSet::new();
        parallel::in_order(&begin, &work, &mut |at, done| {
            let group = nodes[at].0;
            for (emit, done) in done {
                // What is wrong with an expression is told of the first node, and there its emit ends.
                if broken.contains(&(group, emit)) {
                    continue;
                }
                match done {
                    Ok((artifact, mut findings, held)) => {
                        report.findings.append(&mut findings);
                        limits.add(held, report);
                        files.extend(
                            artifact.as_ref().map(|it| round[group].file(&it.path, it.at_repository)),
                        );
                        artifact.into_iter().for_each(&mut *put);
                    }
                    Err(finding) => {
                        broken.insert((group, emit));
                        report.push(finding);
                    }
                }
            }
        });
    }
    !report.findings[before..].iter().any(|it| it.level == Level::Deny)
}

/// What a task made, what is wrong with it, and what its platform says of it and where; or what is wrong with an expression
/// of its emit.
type Done = Result<(Option<Artifact>, Vec<Finding>, Option<(Held, Span)>), Finding>;

fn artifact(pack: &Pack, shared: &Shared, task: Result<Task<'_>, Finding>, sources: &Sources) -> Done {
    let Task { emit, path, context, node, number } = task?;
    let mut report = Report::default();
    let text = pack.templates.render(&emit.template, context, sources, &mut report);
    let text = text.and_then(|text| match patchable(emit) {
        true => patch::apply(shared, text, &mut report),
        false => Some(text),
    });
    let rules = &pack.rules;
    let hold = |text: &String| {
        (rules.hold(text, &shared.model.environment.namespace), shared.span(&emit.each, number))
    };
    let held = text.as_ref().filter(|_| patchable(emit) && !rules.is_empty()).map(hold);
    let held = held.map(|(held, span)| (raw::with_parts(pack, shared, text.as_deref(), held), span));
    let text = text.map(|mut text| {
        // Every text of a build is held until all are rendered; what was reserved for its growth is not.
        text.shrink_to_fit();
        text
    });
    let from = from(&pack.manifest.name, &emit.template, &node);
    let artifact = text.map(|text| Artifact {
        path,
        text,
        executable: emit.executable,
        at_repository: emit.at_repository,
        from,
    });
    Ok((artifact, report.findings, held))
}

/// Whether a pack writes anything for the app, or for an environment.
fn writes(pack: &Pack, app: bool) -> bool {
    pack.manifest.all_emits().any(|(_, emit)| emit.of_app == app)
}

/// What made a file: pack, template, node.
fn from(pack: &str, template: &str, node: &str) -> String {
    let blank = if node.is_empty() { "" } else { " " };
    [pack, "/", template, blank, node].concat()
}

/// Whether patches may meet what a template makes: YAML that belongs to an environment.
fn patchable(emit: &Emit) -> bool {
    !emit.of_app && Format::of(&emit.template) == Format::Yaml
}

/// Finds the task that makes the file at `path`, and renders it in tracing mode. Returns the node, and what was traced.
pub fn trace(
    pack: &Pack,
    shared: &Arc<Shared>,
    app: bool,
    path: &str,
    sources: &Sources,
    report: &mut Report,
) -> Option<(String, Traced)> {
    if !writes(pack, app) {
        return None;
    }
    if let Some(traced) = raw::trace(pack, shared, path, report).filter(|_| !app) {
        return Some((String::new(), traced));
    }
    let options = options(&pack.manifest, &shared.model, report);
    let values = Nodes::of(shared);
    let groups = groups(pack, app, &part::written(pack, &values, &options, report));
    let mut files = raw::names(pack, shared);
    for emits in &groups {
        let group = Group::new(pack, emits, &values, &options, &mut files);
        for task in (0..group.len()).flat_map(|node| group.tasks(node)).filter_map(|(_, task)| task.ok()) {
            if task.path != path {
                files.push(group.file(&task.path, task.emit.at_repository));
                continue;
            }
            let traced = pack.templates.traced(&task.emit.template, task.context, sources, report)?;
            return Some(match patchable(task.emit) {
                true => (task.node, patch::trace(shared, traced, report)?),
                false => (task.node, traced),
            });
        }
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
        let value = set.cloned().unwrap_or_else(|| option.usual(&model.environment));
        (option.name.clone(), Value::from(minijinja::value::Serde(value)))
    };
    manifest.options.iter().map(value).collect::<std::collections::BTreeMap<_, _>>().into()
}
