//! `bastide build`: check, render, write.

#[cfg(test)]
mod conditions;
mod dockerfiles;
#[cfg(test)]
mod every_field;
#[cfg(test)]
mod injection;
mod left_behind;

use super::{finish, open, target_use};
use crate::args::Spec;
use crate::fault::IoFault;
use crate::load::relative::relative_path;
use crate::load::{Project, SPEC};
use crate::packs::{Packs, packs};
use crate::show::OutputFormat;
use crate::write::{Findings, Options, Outcome, Place, Repository, lock, write};
use crate::{known, terminal};
use bastide_core::check::{Environment, check_against};
use bastide_core::contracts::comparisons::NOTHING;
use bastide_core::model::Model;
use bastide_core::resolve::{Keep, resolve_all};
use bastide_core::target::context::{Shared, Ways, environments};
use bastide_core::target::covers::{self, Ledger};
use bastide_core::target::{self, Artifact, Pack};
use bastide_core::view::Views;
use bastide_report::finding::Report;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

/// Check the spec and write everything it means under `deploy/`.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    pub spec: Spec,
    /// Root of all output paths; the spec's folder by default. Paths of the project in what is written lead from there.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write nothing; exit 1 if something would change.
    #[arg(long)]
    pub check: bool,
    /// Take over files that were edited by hand or are not ours.
    #[arg(long)]
    pub force: bool,
    /// What a target can only approximate or not say at all is an error.
    #[arg(long)]
    pub strict: bool,
}

/// A spec, checked and ready to render.
pub struct Plan {
    pub project: Project,
    /// Packs in use, by name.
    pub packs: BTreeMap<String, Pack>,
    /// Each environment with the names of its packs.
    pub environments: Vec<(Arc<Shared>, Vec<String>)>,
    /// The repository that the spec lies in a folder of; none if it lies at its root, or output goes elsewhere.
    pub repository: Option<Repository>,
    /// Path of the lock from the root of all output.
    pub lock: String,
    /// The only environment that is asked for: what is made for the app belongs to all, and is left alone.
    pub only: Option<String>,
}

/// Loads, checks and prepares everything. Rendering makes sense only if nothing is denied. The merged trees stay in the
/// models only if `trees` is set: `why` needs them, templates see what was made of them.
///
/// # Errors
/// A file cannot be read, or no path leads from `out`, the root of all output, to the spec.
pub fn prepare(args: &Spec, strict: bool, trees: bool, out: Option<&Path>) -> Result<Plan, IoFault> {
    let (mut project, names) = open(args)?;
    let home = out.map_or(Ok(String::new()), |out| relative_path(out, &project.root))?;
    let repository = out.is_none().then(|| Repository::above(&project.root)).flatten();
    let within = repository.as_ref().map(|it| it.within.clone()).unwrap_or_default();
    if within.contains("${{") {
        let why = "GitHub would take this name for an expression: the folder needs another one";
        return Err(IoFault::say(within, why));
    }
    let ways = Ways { home, within };
    let all = packs(&mut project)?;
    let keep = if trees { Keep::Tree } else { Keep::Said };
    let Project { spec, inputs, report, .. } = &mut project;
    let models = resolve_all(spec, &names, inputs, keep, report);
    target_use::check(&all, &models, report);
    let list = environments(&models);
    let lock = lock_path(out.unwrap_or(&project.root), &ways.home, &project.main);
    let only = args.environment.clone();
    let mut plan = Plan { project, packs: BTreeMap::new(), environments: vec![], repository, lock, only };
    let chosen: Vec<_> = models.iter().map(|model| choose(&all, model, &mut plan)).collect();
    for (model, chosen) in models.into_iter().zip(chosen) {
        let views = Views::of(&model);
        plan.environments.push((Shared::new(model, views, list.clone(), &ways), chosen));
    }
    let Plan { project: Project { report, .. }, packs, environments, .. } = &mut plan;
    let packs = |names: &[String]| names.iter().filter_map(|name| packs.get(name)).collect::<Vec<_>>();
    let ledgers: Vec<Ledger<'_>> =
        environments.iter().map(|(it, names)| Ledger::of(it, &packs(names), report)).collect();
    let all: Vec<Environment<'_>> = ledgers.iter().map(|it| it.environment(None)).collect();
    check_against(&all, &NOTHING, report);
    covers::check(&ledgers, strict, report);
    drop(ledgers);
    known::apply(&mut plan.project, false)?;
    Ok(plan)
}

/// The path of the lock of a spec. Earlier releases had one for all that write below a root: it is still that of a spec that
/// lies elsewhere, unless the root has a spec of its own.
pub(super) fn lock_path(root: &Path, home: &str, main: &str) -> String {
    let own = lock::path_of(home, main);
    let earlier = !root.join(&own).exists() && root.join(lock::PATH).exists() && !root.join(SPEC).exists();
    if earlier { lock::PATH.into() } else { own }
}

/// The packs of an environment, compiled.
fn choose(all: &Packs, model: &Model, plan: &mut Plan) -> Vec<String> {
    let Plan { project, packs, .. } = plan;
    let names = all.chosen(model);
    for name in &names {
        if !packs.contains_key(name) {
            let pack = all.load(name, &project.sources, &mut project.report);
            packs.extend(pack.map(|pack| (name.clone(), pack)));
        }
    }
    names
}

impl Plan {
    /// Renders every file; `None` if not all could be rendered.
    fn render(&self, report: &mut Report) -> Option<Vec<Artifact>> {
        let (mut artifacts, mut whole) = (vec![], true);
        let up = self.repository.as_ref().map(Repository::up).unwrap_or_default();
        let mut put = |mut artifact: Artifact| {
            if artifact.at_repository {
                artifact.path.insert_str(0, &up);
            }
            artifacts.push(artifact);
        };
        for (name, pack) in &self.packs {
            let here = self.environments.iter().filter(|(_, names)| names.contains(name));
            for (shared, _) in here {
                whole &= target::render(pack, shared, false, &self.project.sources, report, &mut put);
            }
            if let Some(shared) = self.primary(name).filter(|_| self.only.is_none()) {
                whole &= target::render(pack, shared, true, &self.project.sources, report, &mut put);
            }
        }
        let before = report.findings.len();
        if whole {
            self.environments.iter().for_each(|(shared, _)| target::patch::unmet(shared, report));
        }
        (whole && report.findings.len() == before).then_some(artifacts)
    }

    /// The environment whose model stands for the app: the last that runs on Kubernetes, else the last.
    pub fn primary(&self, pack: &str) -> Option<&Arc<Shared>> {
        let here = || {
            self.environments
                .iter()
                .filter(|(_, names)| names.iter().any(|name| name == pack))
                .map(|(it, _)| it)
        };
        here().rfind(|it| it.model.environment.platform == "kubernetes").or_else(|| here().next_back())
    }
}

pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    let mut plan = prepare(&args.spec, args.strict, false, args.out.as_deref())?;
    if plan.project.report.denied() {
        return Ok(finish(&args.spec, &mut plan.project));
    }
    let root = args.out.clone().unwrap_or_else(|| plan.project.root.clone());
    let (repository, lock) = (plan.repository.clone(), plan.lock.clone());
    let below = plan.only.as_ref().map(|name| format!("deploy/{name}/"));
    let options = Options { force: args.force, check_only: args.check, below: below.as_deref() };
    let place = Place { root: &root, lock: &lock, repository: repository.as_ref() };
    let mut found = Report::default();
    let artifacts = plan.render(&mut found);
    let Project { root: project, sources, report, .. } = &mut plan.project;
    report.findings.append(&mut found.findings);
    let outcome = match artifacts {
        Some(artifacts) => {
            left_behind::find(&root, &artifacts, sources, report);
            let models = plan.environments.iter().map(|(shared, _)| &shared.model);
            dockerfiles::find(project, models, &artifacts, report);
            let mut findings = Findings::new(sources, report).of(args.spec.path.as_deref());
            write(place, options, &artifacts, &mut findings)?
        }
        None => Outcome::default(),
    };
    let code = finish(&args.spec, &mut plan.project);
    if args.spec.format == OutputFormat::Text && !args.spec.quiet {
        terminal::say(&summary(&outcome, args.check, plan.project.report.denied()));
    }
    // The process ends here: what the kernel takes back at once is not taken apart first.
    std::mem::forget(plan);
    Ok(code)
}

fn summary(outcome: &Outcome, check: bool, denied: bool) -> String {
    if denied {
        return "nothing was written\n".into();
    }
    let (created, replaced, removed) = (outcome.created.len(), outcome.replaced.len(), outcome.removed.len());
    let unchanged = outcome.unchanged;
    if check {
        return format!("{unchanged} files are up to date\n");
    }
    format!("{created} files written, {replaced} changed, {removed} removed, {unchanged} unchanged\n")
}
