//! Two specs side by side: as it was and as it is, each environment resolved, their contracts compared.

use super::{finish, open};
use crate::args;
use crate::fault::IoFault;
use crate::load::Project;
use crate::load::baseline::{Against, Baseline, baseline};
use crate::load::contract::contracts;
use crate::show::OutputFormat;
use bastide_core::contracts::comparisons::Comparisons;
use bastide_core::contracts::history::History;
use bastide_core::diff::{Diff, Environment, compare};
use bastide_core::model::Model;
use bastide_core::resolve::{Inputs, Keep, environments, resolve};
use bastide_core::spec::Spec;
use bastide_core::view::Views;
use bastide_report::source::Span;
use std::process::ExitCode;

/// Two specs, resolved.
pub struct SpecPair {
    /// The project as it is; its sources hold the texts of both.
    pub project: Project,
    /// What the old plan is, for people.
    pub about: String,
    /// Environments as they were.
    pub old: Vec<(Model, Views)>,
    /// Environments as they are.
    pub new: Vec<(Model, Views)>,
    comparisons: Comparisons,
}

/// Loads both; the exit code if the new spec is so faulty that comparing it would mislead.
///
/// # Errors
/// There is nothing to compare with, or it cannot be read.
pub fn spec_pair(args: &args::Compare, format: OutputFormat) -> Result<Result<SpecPair, ExitCode>, IoFault> {
    let spec = args::Spec { format, ..args.spec() };
    let (mut project, names) = open(&spec)?;
    let against = args.against();
    let mut base = baseline(&mut project, &against)?;
    let mut comparisons = Comparisons::default();
    comparisons.options.today = project.inputs.today.map(|day| day.to_string());
    comparisons.new =
        contracts(&project.files, &project.spec, true, &mut project.sources, &mut project.report)?;
    if let Some(spec) = &base.spec {
        comparisons.old = contracts(&base.files, spec, true, &mut project.sources, &mut base.report)?;
    }
    let new: Vec<Model> = names
        .iter()
        .filter_map(|name| {
            resolve(project.spec.clone(), name, &project.inputs, Keep::Tree, &mut project.report)
        })
        .collect();
    if project.report.denied() {
        return Ok(Err(finish(&spec, &mut project)));
    }
    let old = old(&mut base, args.environment.as_deref());
    if old.is_empty() {
        return Err(nothing(&against, &base));
    }
    for model in &new {
        comparisons.fill(model, same(&old, model), &project.sources);
    }
    let [old, new] = [old, new].map(|models| models.into_iter().map(with_views).collect());
    Ok(Ok(SpecPair { project, about: base.about, old, new, comparisons }))
}

fn with_views(model: Model) -> (Model, Views) {
    let views = Views::of(&model);
    (model, views)
}

/// The environments as they were.
fn old(base: &mut Baseline, only: Option<&str>) -> Vec<Model> {
    let empty = Spec::default();
    let spec = base.spec.as_ref().unwrap_or(&empty);
    let inputs: &Inputs = &base.inputs;
    let wanted = |name: &String| only.is_none_or(|only| only == name);
    let names = environments(spec).into_iter().filter(wanted);
    names.filter_map(|name| resolve(spec.clone(), &name, inputs, Keep::Tree, &mut base.report)).collect()
}

fn same<'m>(old: &'m [Model], model: &Model) -> Option<&'m Model> {
    old.iter().find(|it| it.environment.name.value == model.environment.name.value)
}

/// Nothing compared is no success.
fn nothing(against: &Against, base: &Baseline) -> IoFault {
    let why = match (&base.spec, base.report.findings.first()) {
        (None, _) => "there was no spec yet; nothing can be compared".to_string(),
        (_, Some(finding)) => format!("the spec there cannot be read: {}", finding.message),
        _ => "the spec there has no such environment; nothing can be compared".to_string(),
    };
    let path = match against {
        Against::Folder(path) => path.clone(),
        Against::Commit(_) => base.about.clone().into(),
    };
    IoFault::say(path, why)
}

impl SpecPair {
    /// The old environments.
    pub fn before(&self) -> Vec<Environment<'_>> {
        self.old.iter().map(|(model, views)| (model, views)).collect()
    }

    /// The new environments.
    pub fn after(&self) -> Vec<Environment<'_>> {
        self.new.iter().map(|(model, views)| (model, views)).collect()
    }

    /// What became of the contracts of an environment.
    pub fn history<'b>(&'b self, model: &'b Model) -> History<'b> {
        let name = &model.environment.name.value;
        let before = self.old.iter().map(|(model, _)| model).find(|it| it.environment.name.value == *name);
        History::of(model, before, &self.comparisons)
    }

    /// What differs between the two, and who is concerned.
    pub fn diff(&self) -> Diff {
        let histories: Vec<History<'_>> = self.new.iter().map(|(model, _)| self.history(model)).collect();
        compare(&self.before(), &self.after(), &histories)
    }

    /// Where the new spec begins: the place of what is no longer in it.
    pub fn start(&self) -> Span {
        let app = |(model, _): &(Model, Views)| model.app.origin.span;
        self.new.first().or(self.old.first()).map(app).expect("one environment was resolved")
    }

    /// Name of the system.
    pub fn app(&self) -> &str {
        self.new.first().or(self.old.first()).map_or("", |(model, _)| &model.app.name.value)
    }
}
