//! A plan as a page or a case writes it, checked by all rules.

use super::{root, sorted};
use bastide_contract::{Contract, ContractFormat, File, Side};
use bastide_core::check::{self, Environment};
use bastide_core::contracts::comparisons::{Comparisons, Contracts};
use bastide_core::contracts::named::named;
use bastide_core::fix;
use bastide_core::model::Model;
use bastide_core::model::dockerfile::Dockerfile;
use bastide_core::resolve::{Inputs, Keep, environments, resolve, resolve_all};
use bastide_core::spec::{self, Spec};
use bastide_core::target::context::{self, Shared, Ways};
use bastide_core::target::covers::Ledger;
use bastide_core::target::{Pack, part};
use bastide_core::view::Views;
use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::{FileId, Role, Sources};
use bastide_report::units::Date;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

/// What a page says of a plan: its spec, its contracts, and the same as they were.
#[derive(Clone, Default)]
pub struct Example {
    pub spec: String,
    pub files: BTreeMap<String, String>,
    pub before: Option<String>,
    pub files_before: BTreeMap<String, String>,
}

/// All findings about a spec; what is missing to a whole one (an app, an environment) is put in front.
pub fn findings(text: &str) -> (Sources, Vec<Finding>) {
    Example { spec: text.into(), ..Example::default() }.run()
}

pub fn whole(text: &str) -> String {
    let has = |node: &str| text.lines().any(|line| line.starts_with(node));
    let mut whole = String::new();
    if !has("app ") {
        whole += "app \"shop\" version=\"1.0.0\" { images \"registry.example.com/shop\" }\n";
    }
    if !has("environment ") {
        whole += "environment \"dev\" platform=\"compose\"\n";
    }
    whole + text
}

thread_local! {
    static BUILT_IN: (Sources, Spec) = built_in();
}

/// The standard library, with what the parts of the Kubernetes pack provide.
fn built_in() -> (Sources, Spec) {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let read = |path: &PathBuf| sources.add("stdlib", fs::read_to_string(path).unwrap(), Role::Stdlib);
    let files: Vec<FileId> = sorted(&root().join("stdlib"), "kdl").iter().map(read).collect();
    let mut spec = read_into(Spec::default(), &files, &sources, &mut report);
    for folder in sorted(&root().join("targets/kubernetes"), "") {
        let Ok(text) = fs::read_to_string(folder.join(part::FILE)) else { continue };
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let file = sources.add(name.as_str(), text, Role::Pack);
        let part = part::read(&name, file, &sources, &mut report).unwrap();
        spec::provide(&mut spec, &name, part.provides, &mut report);
    }
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    (sources, spec)
}

fn read_into(mut spec: Spec, files: &[FileId], sources: &Sources, report: &mut Report) -> Spec {
    for file in files {
        let source = sources.get(*file);
        let document = bastide_syntax::parse(*file, &source.text, report);
        spec::read(&mut spec, source, &document, report);
    }
    spec
}

fn contracts(
    spec: &Spec,
    files: &BTreeMap<String, String>,
    behind: &str,
    sources: &mut Sources,
) -> Contracts {
    let mut all = Contracts::new();
    for named in named(spec) {
        let Some(text) = files.get(&named.path) else { continue };
        let id = sources.add(format!("{}{behind}", named.path), text.as_str(), Role::Contract);
        let side = Side { files: vec![File { path: named.path.clone(), id, asked: true }] };
        all.insert(named.path.clone(), Contract { format: ContractFormat::of(&named.path, text), side });
    }
    all
}

impl Example {
    /// All findings about it, but for those that are waived.
    pub fn run(&self) -> (Sources, Vec<Finding>) {
        self.run_on(None)
    }

    /// The same, where a pack is all that is written.
    pub fn run_on(&self, pack: Option<&Pack>) -> (Sources, Vec<Finding>) {
        let mut report = Report::default();
        let (mut sources, stdlib) = BUILT_IN.with(Clone::clone);
        let read = |name: &str, text: &str, role, sources: &mut Sources, report: &mut Report| {
            let own = sources.add(name, whole(text), role);
            let spec = read_into(stdlib.clone(), &[own], sources, report);
            spec::duplicates::find(&spec, report);
            spec
        };
        let mut spec = read("bastide.kdl", &self.spec, Role::Spec, &mut sources, &mut report);
        let before = self.before.as_ref();
        let old =
            before.map(|text| read("bastide.kdl@before", text, Role::Baseline, &mut sources, &mut report));
        let mut comparisons = Comparisons::default();
        comparisons.new = contracts(&spec, &self.files, "", &mut sources);
        if let Some(old) = &old {
            comparisons.old = contracts(old, &self.files_before, "@before", &mut sources);
        }
        let dockerfiles = self.files.iter().filter(|(path, _)| path.ends_with("Dockerfile"));
        let dockerfiles: BTreeMap<String, Dockerfile> =
            dockerfiles.map(|(path, text)| (path.clone(), Dockerfile::read(text))).collect();
        let today = Date::parse("2027-01-01");
        let inputs = Inputs { today, dockerfiles: dockerfiles.into(), ..Inputs::default() };
        let names = environments(&spec);
        let models = resolve_all(&mut spec, &names, &inputs, Keep::Said, &mut report);
        let before = |model: &Model| {
            let name = &model.environment.name.value;
            resolve(old.clone()?, name, &inputs, Keep::Nothing, &mut Report::default())
        };
        let old: Vec<_> = models.iter().map(before).collect();
        models
            .iter()
            .zip(&old)
            .for_each(|(model, before)| comparisons.fill(model, before.as_ref(), &sources));
        report.findings.extend(comparisons.all().flat_map(|(_, it)| it.findings.clone()));
        let list = context::environments(&models);
        let share = |model| {
            let views = Views::of(&model);
            Shared::new(model, views, list.clone(), &Ways::default())
        };
        let models: Vec<Arc<Shared>> = models.into_iter().map(share).collect();
        let ledgers: Vec<_> = models
            .iter()
            .map(|it| pack.map(|pack| Ledger::of(it, &[pack], &mut Report::default())))
            .collect();
        let all = models.iter().zip(&ledgers).zip(&old);
        let environments: Vec<Environment<'_>> = all
            .map(|((it, ledger), before)| Environment {
                model: &it.model,
                views: &it.views,
                before: before.as_ref(),
                ledger: ledger.as_ref().map(|it| it as _),
            })
            .collect();
        check::check_against(&environments, &comparisons, &mut report);
        report.sort();
        (sources, report.findings.into_iter().filter(|it| it.level != Level::Allow).collect())
    }
}

/// What is made of a spec by the acts of the findings of one rule; nothing if there are none.
pub fn fixed(rule: &str, sources: &Sources, found: &[Finding]) -> Option<String> {
    let own: Vec<&Finding> = found.iter().filter(|it| it.rule == rule && !it.edits.is_empty()).collect();
    let fixed = fix::apply(sources, &own);
    assert!(fixed.texts.len() < 2, "{rule}: an act reaches out of the spec");
    fixed.texts.into_values().next()
}

pub fn shown(sources: &Sources, findings: &[Finding]) -> String {
    let mut out = String::new();
    for finding in findings {
        writeln!(out, "{}[{}]: {}", finding.level.as_str(), finding.rule, finding.message).unwrap();
        for label in &finding.labels {
            let place = sources.place(label.span);
            let code = sources.text(label.span);
            writeln!(out, "  {}:{}:{} `{code}` {}", place.file, place.line, place.column, label.text)
                .unwrap();
        }
        if let Some(help) = &finding.help {
            writeln!(out, "  help: {help}").unwrap();
        }
    }
    out
}
