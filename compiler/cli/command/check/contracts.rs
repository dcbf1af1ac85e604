//! The contracts of a plan beside those of the plan before it: read, compared, summed up.

use crate::fault::IoFault;
use crate::load::Project;
use crate::load::baseline::Baseline;
use crate::load::contract::contracts;
use crate::load::files::ProjectFiles;
use crate::load::path_kind::PathKind;
use crate::terminal;
use bastide_contract::{Comparison, Mode};
use bastide_core::check::Environment;
use bastide_core::contracts::comparisons::{Comparisons, Contracts};
use bastide_core::contracts::history::{EventStep, History as Steps, Step};
use bastide_core::contracts::named::{named, read};
use bastide_core::model::Model;
use bastide_core::resolve::{Keep, resolve};
use bastide_core::secret;
use bastide_core::secret::literal::{Literal, Stands};
use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::{FileId, Role, Sources, Span};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

/// Everything that is compared.
pub struct ContractCheck {
    /// All contracts and comparisons.
    pub comparisons: Comparisons,
    old: Option<Baseline>,
}

impl ContractCheck {
    /// Reads the contracts: those of the plan, and of the plan before it if there is one.
    pub fn open(project: &mut Project, old: Option<Baseline>) -> Result<ContractCheck, IoFault> {
        let mut comparisons = Comparisons::default();
        comparisons.options.today = project.inputs.today.map(|day| day.to_string());
        let Project { files, spec, sources, report, .. } = project;
        // Without a past, a contract is only looked into for what somebody says to read of it.
        comparisons.new = contracts(files, spec, old.is_some() || read(spec), sources, report)?;
        if let Some((spec, old)) = old.as_ref().and_then(|old| Some((old.spec.as_ref()?, old))) {
            // What was wrong then cannot be corrected now; what that means for a comparison is told by the comparison.
            comparisons.old = contracts(&old.files, spec, true, sources, &mut Report::default())?;
        }
        secrets(project, &comparisons.new)?;
        Ok(ContractCheck { comparisons, old })
    }

    /// An environment as it was.
    pub fn before(&self, name: &str) -> Option<Model> {
        let old = self.old.as_ref()?;
        let model = resolve(old.spec.clone()?, name, &old.inputs, Keep::Nothing, &mut Report::default())?;
        Some(Model { tree: vec![], ..model })
    }

    /// Compares, and tells what is wrong with the contracts as they are.
    pub fn compare(&mut self, environments: &[Environment<'_>], project: &mut Project) {
        for it in environments {
            self.comparisons.fill(it.model, it.before, &project.sources);
        }
        let own: Vec<_> =
            self.comparisons.new.values().flat_map(|it| &it.side.files).map(|it| it.id).collect();
        let now =
            |finding: &&Finding| finding.labels.first().is_none_or(|label| own.contains(&label.span.file));
        let findings: Vec<Finding> =
            self.comparisons.all().flat_map(|(_, it)| &it.findings).filter(now).cloned().collect();
        for finding in findings {
            if !project.report.findings.contains(&finding) {
                project.report.push(finding);
            }
        }
    }

    /// What was compared, what was not and why. To have looked at nothing is no pass.
    pub fn summary(&self, environments: &[Environment<'_>], project: &mut Project) -> String {
        let mut out = String::new();
        let all: Vec<Steps<'_>> =
            environments.iter().map(|it| Steps::of(it.model, it.before, &self.comparisons)).collect();
        events(&all, &mut out);
        let Some(old) = &self.old else { return out };
        if let Some(path) = &old.moved {
            let message = format!("there was no spec here in {}, and the one at `{path}` is gone", old.about);
            project.report.push(
                Finding::new("nothing-compared", message).help(
                    "if the project moved, compare with a folder that has it as it was: `--baseline DIR`",
                ),
            );
        }
        if old.spec.is_none() {
            let _ = writeln!(out, "{}: there was no spec yet, so these are the first versions", old.about);
            return out;
        }
        // Environments mostly have the same apis: each step is told once.
        let mut steps: BTreeMap<String, &Step<'_>> = BTreeMap::new();
        for step in all.iter().flat_map(|it| &it.steps) {
            let name = if step.service.name.value == step.api.name.value {
                step.api.name.value.clone()
            } else {
                format!("{} of {}", step.api.name.value, step.service.name.value)
            };
            steps.entry(format!("{name} {}", step.version.version.value)).or_insert(step);
        }
        let looked: Vec<&Comparison> =
            steps.values().filter_map(|step| step.comparison).filter(|it| it.looked()).collect();
        if looked.is_empty() && !(self.comparisons.old.is_empty() && steps.is_empty()) && expected(&steps) {
            nothing(old, project);
        }
        for (name, step) in &steps {
            tell(name, step, &mut out);
        }
        let faults = old.report.findings.iter().filter(|it| it.level == Level::Deny).count();
        if faults > 0 {
            let _ = writeln!(
                out,
                "the baseline has errors of its own ({faults}), and was read as far as it goes"
            );
        }
        let changed = looked.iter().filter(|it| !it.changes.is_empty()).count();
        let compared: usize = looked.iter().map(|it| it.compared).sum();
        let skipped: usize = looked.iter().map(|it| it.skipped.len()).sum();
        let _ = writeln!(
            out,
            "checked {} of {} contracts ({changed} changed), {compared} comparisons, {skipped} skipped; baseline {}",
            looked.len(),
            steps.len(),
            old.about
        );
        out
    }
}

/// Whether some contract was there before and could have been compared.
fn expected(steps: &BTreeMap<String, &Step<'_>>) -> bool {
    steps.values().any(|step| step.before.is_some() && step.was.is_some_and(|was| was.contract.is_some()))
}

/// Findings that say why a contract was not compared.
const TOLD: [&str; 5] =
    ["contract-not-compared", "contract-reference", "contract-syntax", "contract-unsupported", "not-utf8"];

fn nothing(old: &Baseline, project: &mut Project) {
    // One cause, one finding: of each contract it is told why it was not compared.
    if project.report.findings.iter().any(|it| TOLD.contains(&&*it.rule)) {
        return;
    }
    let message = format!("no contract could be compared with {}", old.about);
    project.report.push(
        Finding::new("nothing-compared", message)
            .help("see below what was skipped and why; compare with a commit that has the contracts"),
    );
}

/// One line for each version: `orders 1.4.2 → 1.5.0, required 2.0.0: too low`.
fn tell(name: &str, step: &Step<'_>, out: &mut String) {
    let from = step.before.map_or(String::new(), |it| format!(" (was {})", it.version.value));
    let looked = step.comparison.filter(|it| it.looked());
    let verdict = match (looked, &step.skipped) {
        (Some(_), _) if step.announced() => format!("{} change", step.required().as_str()),
        (Some(_), _) => {
            let next = step.next().map_or(String::new(), |next| format!(" takes {next}"));
            format!("{} change{next}", step.required().as_str())
        }
        (None, Some(why)) if step.before.is_none() => format!("{why}, so this is the first"),
        (None, Some(why)) => format!("skipped: {why}"),
        (None, None) => {
            let why = step.comparison.and_then(|it| it.skipped.first()).map(|it| it.why.clone());
            format!("skipped: {}", why.unwrap_or_else(|| "a side could not be read".into()))
        }
    };
    let verdict = if verdict.starts_with("none") { "no change".into() } else { verdict };
    let _ = writeln!(out, "{name}{from}: {verdict}");
}

/// The compatibility each event reached, and who must move first.
fn events(all: &[Steps<'_>], out: &mut String) {
    let mut told: BTreeMap<String, String> = BTreeMap::new();
    for history in all {
        for near in history.events.iter().filter(|it| it.nearest) {
            let kin: Vec<&EventStep<'_>> = history
                .events
                .iter()
                .filter(|it| it.event.at == near.event.at && it.comparison.is_some())
                .collect();
            let Some(first) = near.first() else { continue };
            let (topic, version) = (&near.topic.name.value, &near.event.version.value);
            let asked = near.event.compatibility.as_ref().map_or("no mode asked", |at| at.value.as_str());
            told.entry(format!("{topic} {version}"))
                .or_insert_with(|| format!("{} reached ({asked}), {}", reached(near, &kin), first.words()));
        }
    }
    for (event, verdict) in told {
        let _ = writeln!(out, "{event}: {verdict}");
    }
}

/// The strongest mode that holds.
fn reached(near: &EventStep<'_>, kin: &[&EventStep<'_>]) -> String {
    let one = |mode| near.comparison.is_some_and(|it| it.holds(mode));
    let all = |mode| kin.iter().all(|step| step.comparison.is_some_and(|it| it.holds(mode)));
    let both = |holds: &dyn Fn(Mode) -> bool| holds(Mode::Backward) && holds(Mode::Forward);
    let word = match () {
        () if both(&all) => "full-transitive",
        () if both(&one) => "full",
        () if all(Mode::Backward) => "backward-transitive",
        () if all(Mode::Forward) => "forward-transitive",
        () if one(Mode::Backward) => "backward",
        () if one(Mode::Forward) => "forward",
        () => "none",
    };
    word.into()
}

/// Looks for secrets in the contracts of a plan, whether or not they are compared.
fn secrets(project: &mut Project, known: &Contracts) -> Result<(), IoFault> {
    let Project { files, spec, sources, inputs, .. } = project;
    for named in named(spec) {
        let known = known.get(&named.path).and_then(|it| it.side.files.iter().find(|file| file.asked));
        let Some(file) =
            known.map_or_else(|| unread(files, &named.path, sources), |file| Ok(Some(file.id)))?
        else {
            continue;
        };
        let text = &sources.get(file).text;
        for spot in secret::find("", text) {
            let (path, environment, stands) = (String::new(), None, Stands::Contract);
            let (span, secret) = (Span::new(file, spot.at.start, spot.at.end), &text[spot.at]);
            terminal::hide(secret);
            let literal = Literal { path, environment, span, what: spot.what, text: secret.into(), stands };
            inputs.literals.get_or_insert_default().push(literal);
        }
    }
    Ok(())
}

/// A contract that nobody compares, if a secret stands in it.
fn unread(files: &ProjectFiles, path: &str, sources: &mut Sources) -> Result<Option<FileId>, IoFault> {
    if files.kind_of(Path::new(path))? != PathKind::File {
        return Ok(None);
    }
    let text = files.read(Path::new(path), Role::Contract)?.ok().map(|text| text.text);
    let text = text.filter(|text| !secret::find("", text).is_empty());
    Ok(text.map(|text| sources.add(files.shown(path), text, Role::Contract)))
}
