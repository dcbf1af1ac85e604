//! From the spec as written to the model as meant, for one environment.

mod connections;
pub mod layers;
mod lower;
mod meaning;
pub mod merge;
mod names;
mod overlay;
mod references;
pub mod resource;
pub mod wiring;

use crate::model::Model;
use crate::model::dockerfile::Dockerfile;
use crate::model::raw::Raws;
use crate::secret::literal::{Literal, literals};
use crate::spec::Spec;
use crate::tree::Layer;
use bastide_contract::openapi::requests::Requests;
use bastide_report::finding::Report;
use bastide_report::source::{FileId, Span};
use bastide_report::units::Date;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the shell found on disk and was told: the parts of a run that are not spec text.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Project files the spec names: path → exists. Files whose text matters carry it.
    pub files: BTreeMap<String, FileState>,
    /// Those among them that may be run.
    pub executables: BTreeSet<String>,
    /// Dockerfiles of what is built.
    pub dockerfiles: Arc<BTreeMap<String, Dockerfile>>,
    /// Requests that the contracts of services show.
    pub requests: Arc<BTreeMap<String, Requests>>,
    /// Of each target pack of the project's own that extends another, that one.
    pub extends: BTreeMap<String, String>,
    /// Files that are laid beside the generated ones.
    pub raws: Raws,
    /// The secrets that stand in the spec, if they were looked for already.
    pub literals: Option<Vec<Literal>>,
    /// The day the run is for, if one was given (`--today`).
    pub today: Option<Date>,
}

/// What the shell found under a path the spec names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    /// Nothing.
    Missing,
    /// A file or folder.
    Exists,
    /// A file, with its text.
    Text(String),
    /// A file that is no text, in base64.
    Binary(String),
    /// A folder, and the paths of all files in it, from there.
    Folder(Vec<String>),
}

/// A project file the spec names.
#[derive(Clone, Debug)]
pub struct NamedFile {
    /// Path from the project's root.
    pub path: String,
    /// Where it is named.
    pub span: Span,
    /// Whether its text ends up in the output.
    pub wants_text: bool,
    /// Whether a folder in its place is a mistake.
    pub wants_file: bool,
}

/// All project files the spec names, for the shell to look up.
pub fn named_files(spec: &Spec) -> Vec<NamedFile> {
    let mut files = vec![];
    spec.items.iter().for_each(|item| references::collect_files(item, &mut files));
    files.sort_by(|left, right| (&left.path, left.wants_text).cmp(&(&right.path, right.wants_text)));
    files
}

/// The Dockerfiles a spec may name, for the shell to read; none if it has no pipeline, since nobody else asks them.
pub fn dockerfiles(spec: &Spec) -> BTreeSet<String> {
    let mut files = BTreeSet::new();
    if spec.items.iter().any(|item| item.schema.node == "delivery" || item.part("delivery").is_some()) {
        spec.items.iter().for_each(|item| references::collect_dockerfiles(item, &mut files));
    }
    files
}

/// The targets that environments name.
pub fn targets(spec: &Spec) -> BTreeSet<String> {
    let environments = spec.items.iter().filter(|it| it.schema.node == "environment");
    let parts = environments.flat_map(|it| &it.parts).filter(|it| it.schema.node == "target");
    parts.map(|it| it.key_text()).collect()
}

/// Names of the environments in the order of the spec, which is the order a release goes through them.
pub fn environments(spec: &Spec) -> Vec<String> {
    let mut names: Vec<String> = vec![];
    for item in spec.items.iter().filter(|it| it.schema.node == "environment") {
        let name = item.key_text();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The files of the spec, not those of the standard library.
fn own_files(spec: &Spec) -> BTreeSet<FileId> {
    let own = spec.items.iter().filter(|item| matches!(item.origin.layer, Layer::Spec | Layer::Overlay));
    own.map(|item| item.origin.span.file).collect()
}

/// What of the merged tree stays in a model beside what was made of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// Nothing: each node is gone when it is read, so that tree and model are not held at once.
    Nothing,
    /// Where fields are said, for what targets cover.
    Said,
    /// All of it too, for `why`.
    Tree,
}

/// The model of one environment. Everything wrong is in the report; what is left is sound enough to check further.
pub fn resolve(
    spec: Spec,
    environment: &str,
    inputs: &Inputs,
    keep: Keep,
    report: &mut Report,
) -> Option<Model> {
    let environments = environments(&spec);
    let literals = match &inputs.literals {
        Some(literals) => literals.clone(),
        None => find_literals(&spec, |_| false, inputs),
    };
    let own: BTreeSet<FileId> = own_files(&spec);
    let mut tree = layers::effective(spec, environment, report);
    references::check(&mut tree, &environments, inputs, report);
    let mut model = lower::lower(tree, &own, inputs, keep, report)?;
    wiring::check(&mut model, report);
    names::check(&model, report);
    model.environments = environments;
    let here = |it: &Literal| it.environment.as_ref().is_none_or(|name| name == environment);
    model.literals = literals.into_iter().filter(here).collect();
    Some(model)
}

fn text_of<'i>(inputs: &'i Inputs, path: &str) -> Option<&'i str> {
    match inputs.files.get(path) {
        Some(FileState::Text(text)) => Some(text),
        _ => None,
    }
}

/// The secrets that stand in a spec and in the files it takes; those that are built in are not looked through.
pub fn find_literals(spec: &Spec, built_in: impl Fn(FileId) -> bool, inputs: &Inputs) -> Vec<Literal> {
    literals(&spec.items, built_in, |path| match inputs.files.get(path) {
        Some(FileState::Text(text)) => vec![text],
        Some(FileState::Folder(files)) => {
            files.iter().filter_map(|file| text_of(inputs, &format!("{path}/{file}"))).collect()
        }
        _ => vec![],
    })
}

/// The models of these environments. The last one takes the spec, which is empty then.
pub fn resolve_all(
    spec: &mut Spec,
    names: &[String],
    inputs: &Inputs,
    keep: Keep,
    report: &mut Report,
) -> Vec<Model> {
    let last = names.len().saturating_sub(1);
    let one = |(at, name): (usize, &String)| {
        let own = if at == last { std::mem::take(spec) } else { spec.clone() };
        let first = report.findings.len();
        let model = resolve(own, name, inputs, keep, report);
        report.found_in(name, first);
        model
    };
    names.iter().enumerate().filter_map(one).collect()
}
