//! The rules: their pages are tested by running their own examples, and the registry against the folder.
//! Long because reading an example, with its contracts and its past, belongs to all tests of rules.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads its data")]

use bastide_contract::{Contract, File, Format, Side};
use bastide_core::check::{self, Environment, RULES};
use bastide_core::contract::ledger::Ledger;
use bastide_core::contract::shelf::{Held, Shelf, named};
use bastide_core::contract::{File, Format, Side};
use bastide_core::fix;
use bastide_core::model::Model;
use bastide_core::resolve::{Inputs, Keep, environments, resolve, resolve_all};
use bastide_core::spec::{self, Spec};
use bastide_core::target::part;
use bastide_core::view::Views;
use bastide_report::finding::{Finding, Label, Level, Report};
use bastide_report::source::{FileId, Role, Sources};
use bastide_report::units::Date;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

/// What short examples leave out when it is not their subject: these rules may speak beside the one an example is for.
const AMBIENT: [&str; 6] = [
    "body-limit-missing",
    "contract-missing",
    "no-retry-budget",
    "no-slo-on-public-route",
    "orphan-service",
    "unversioned-public-api",
];

const SECTIONS: [&str; 5] = ["What it finds", "Why it matters", "Example", "Instead", "When to allow it"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn sorted(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().unwrap_or_default() == extension).collect();
    files.sort();
    files
}

/// What a page says of a plan: its spec, its contracts, and the same as they were.
#[derive(Clone, Default)]
struct Example {
    spec: String,
    files: BTreeMap<String, String>,
    before: Option<String>,
    files_before: BTreeMap<String, String>,
}

/// All findings about a spec; what is missing to a whole one (an app, an environment) is put in front.
fn findings(text: &str) -> (Sources, Vec<Finding>) {
    findings_of(&Example { spec: text.into(), ..Example::default() })
}

fn whole(text: &str) -> String {
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

fn parsed(files: &[FileId], sources: &Sources, report: &mut Report) -> Spec {
    let mut spec = Spec::default();
    let (parts, files): (Vec<FileId>, Vec<FileId>) =
        files.iter().partition(|file| sources.get(**file).role == Role::Pack);
    for file in &files {
        let source = sources.get(*file);
        let document = bastide_syntax::parse(*file, &source.text, report);
        spec::read(&mut spec, source, &document, report);
    }
    for file in parts {
        let name = &sources.get(file).path;
        let part = part::read(name, file, sources, report).unwrap();
        spec::provide(&mut spec, name, part.provides, report);
    }
    spec::duplicates::find(&spec, report);
    spec
}

fn shelf(spec: &Spec, files: &BTreeMap<String, String>, behind: &str, sources: &mut Sources) -> Contracts {
    let mut shelf = Contracts::new();
    for named in named(spec) {
        let Some(text) = files.get(&named.path) else { continue };
        let id = sources.add(format!("{}{behind}", named.path), text.as_str(), Role::Contract);
        let side = Side { files: vec![File { path: named.path.clone(), id, asked: true }] };
        shelf.insert(named.path.clone(), Contract { format: Format::of(&named.path, text), side });
    }
    shelf
}

fn findings_of(example: &Example) -> (Sources, Vec<Finding>) {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let mut files: Vec<_> = sorted(&root().join("stdlib"), "kdl")
        .iter()
        .map(|path| sources.add("stdlib", fs::read_to_string(path).unwrap(), Role::Stdlib))
        .collect();
    for part in
        sorted(&root().join("targets/kubernetes"), "").iter().filter(|it| it.join(part::FILE).exists())
    {
        let name = part.file_name().unwrap().to_string_lossy();
        files.push(sources.add(name, fs::read_to_string(part.join(part::FILE)).unwrap(), Role::Pack));
    }
    let stdlib = files.clone();
    files.push(sources.add("bastide.kdl", whole(&example.spec), Role::Spec));
    let mut spec = parsed(&files, &sources, &mut report);
    let old = example.before.as_ref().map(|text| {
        let own = sources.add("bastide.kdl@before", whole(text), Role::Baseline);
        parsed(&[stdlib, vec![own]].concat(), &sources, &mut report)
    });
    let mut ledger = Comparisons::default();
    ledger.new = shelf(&spec, &example.files, "", &mut sources);
    if let Some(old) = &old {
        ledger.old = shelf(old, &example.files_before, "@before", &mut sources);
    }
    let inputs = Inputs { today: Date::parse("2027-01-01"), ..Inputs::default() };
    let names = environments(&spec);
    let models = resolve_all(&mut spec, &names, &inputs, Keep::Nothing, &mut report);
    let before = |model: &Model| {
        let name = &model.environment.name.value;
        resolve(old.clone()?, name, &inputs, Keep::Nothing, &mut Report::default())
    };
    let old: Vec<_> = models.iter().map(before).collect();
    let views: Vec<Views> = models.iter().map(Views::of).collect();
    models.iter().zip(&old).for_each(|(model, before)| ledger.fill(model, before.as_ref(), &sources));
    report.findings.extend(ledger.all().flat_map(|(_, it)| it.findings.clone()));
    let environments: Vec<Environment<'_>> = models
        .iter()
        .zip(&views)
        .zip(&old)
        .map(|((model, views), before)| Environment { model, views, before: before.as_ref() })
        .collect();
    check::check_against(&environments, &ledger, &mut report);
    report.sort();
    (sources, report.findings.into_iter().filter(|it| it.level != Level::Allow).collect())
}

fn shown(sources: &Sources, findings: &[Finding]) -> String {
    let mut out = String::new();
    for finding in findings {
        writeln!(out, "{}[{}]: {}", finding.level.word(), finding.rule, finding.message).unwrap();
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

/// The fenced blocks of a page: what stands behind the fence, and the text.
fn blocks(docs: &str) -> Vec<(&str, String)> {
    let mut blocks: Vec<(&str, String)> = vec![];
    let mut open = false;
    for line in docs.lines() {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(fence) => {
                open = true;
                blocks.push((fence, String::new()));
            }
            None if open => {
                let (_, text) = blocks.last_mut().unwrap();
                *text += line;
                *text += "\n";
            }
            None => {}
        }
    }
    blocks
}

/// The plans of a page: whether each is bad, and what it holds. A block `LANGUAGE PATH` is a contract, `before` in front
/// of the path what it was; the good plan has the bad one's past and contracts, unless it has its own.
fn examples(docs: &str) -> Vec<(bool, Example)> {
    let (mut plans, mut last): (Vec<(bool, Example)>, _) = (vec![], Example::default());
    for section in docs.split("\n## ").filter(|it| it.starts_with("Example") || it.starts_with("Instead")) {
        let bad = section.starts_with("Example");
        let mut specs = vec![];
        for (fence, text) in blocks(section) {
            let words: Vec<&str> = fence.split(' ').collect();
            match words.as_slice() {
                ["kdl", "before"] => last.before = Some(text),
                ["kdl", kind] => {
                    assert_eq!(*kind, if bad { "bad" } else { "good" }, "{fence}");
                    specs.push(text);
                }
                [_, "before", path] => drop(last.files_before.insert(path.to_string(), text)),
                [_, path] => drop(last.files.insert(path.to_string(), text)),
                _ => panic!("a block that is no part of an example: {fence}"),
            }
        }
        plans.extend(specs.into_iter().map(|spec| (bad, Example { spec, ..last.clone() })));
    }
    plans
}

#[test]
fn examples_tell_the_truth() {
    let mut faults = String::new();
    for rule in RULES {
        for (bad, example) in examples(rule.page) {
            let (sources, found) = findings_of(&example);
            let own = |it: &&Finding| it.rule == rule.name;
            let others = || found.iter().filter(|it| it.rule != rule.name && !AMBIENT.contains(&&*it.rule));
            let right = match bad {
                true => found.iter().any(|it| own(&it)) && others().next().is_none(),
                false => !found.iter().any(|it| own(&it)) && others().all(|it| it.level < Level::Warn),
            };
            if !right {
                writeln!(faults, "{} (bad: {bad}):\n{}", rule.name, shown(&sources, &found)).unwrap();
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn every_finding_of_the_examples_has_a_place_and_an_act() {
    for rule in RULES {
        for (_, example) in examples(rule.page) {
            let (sources, found) = findings_of(&example);
            for finding in found {
                let at = format!("{}: {}", rule.name, shown(&sources, std::slice::from_ref(&finding)));
                assert!(finding.help.is_some() && !finding.labels.is_empty(), "{at}");
                assert!(
                    !finding.message.ends_with('.') && !finding.labels.iter().any(|it| it.text.is_empty()),
                    "{at}"
                );
                let file = |it: &Label| sources.place(it.span).file;
                assert_eq!(file(&finding.labels[0]), "bastide.kdl", "{at}");
                let own = |it| file(it).starts_with("bastide.kdl") || file(it).starts_with("contracts/");
                assert!(finding.labels.iter().all(own), "{at}");
                assert!(finding.message.starts_with(|c: char| !c.is_uppercase()), "{at}");
                assert!(finding.edits.iter().all(|it| sources.place(it.span).file == "bastide.kdl"), "{at}");
            }
        }
    }
}

/// What is made of a spec by the acts of its findings: only those of one rule.
fn fixed(sources: &Sources, found: &[Finding], rule: &str) -> Option<String> {
    let own: Vec<&Finding> = found.iter().filter(|it| it.rule == rule && !it.edits.is_empty()).collect();
    let fixed = fix::apply(sources, &own);
    assert!(fixed.texts.len() < 2, "{rule}: an act reaches out of the spec");
    fixed.texts.into_values().next()
}

/// Acts of a machine are right: applied to the bad example they give a spec that is read, in which their findings are gone.
#[test]
fn acts_fix_their_findings() {
    let (mut faults, mut rules) = (String::new(), vec![]);
    for rule in RULES {
        for (_, example) in examples(rule.page).into_iter().filter(|(bad, _)| *bad) {
            let (sources, found) = findings_of(&example);
            let Some(mut spec) = fixed(&sources, &found, rule.name) else { continue };
            rules.push(rule.name);
            let acted: Vec<String> =
                found.iter().filter(|it| it.rule == rule.name).map(|it| it.message.clone()).collect();
            let mut after = vec![];
            for _ in 0..16 {
                let next = findings_of(&Example { spec: spec.clone(), ..example.clone() });
                after = next.1;
                match fixed(&next.0, &after, rule.name) {
                    Some(better) => spec = better,
                    None => break,
                }
            }
            let left = after
                .iter()
                .any(|it| it.rule == rule.name && (acted.contains(&it.message) || !it.edits.is_empty()));
            let unread = after.iter().any(|it| it.rule.starts_with("kdl") || it.rule.starts_with("unknown-"));
            if left || unread {
                writeln!(faults, "{}:\n{spec}\n{}", rule.name, shown(&sources, &after)).unwrap();
            }
        }
    }
    rules.dedup();
    assert!(faults.is_empty(), "{faults}");
    assert!(rules.len() > 25, "{rules:?}");
}

/// Letters outside the edits stay: comments, blanks and line ends, on every line that no act is about.
#[test]
fn acts_keep_the_form() {
    for rule in RULES {
        for (_, example) in examples(rule.page).into_iter().filter(|(bad, _)| *bad) {
            let told = |line: &str| format!("{line}  // said\r\n");
            let spec: String = whole(&example.spec).lines().map(told).collect();
            let (sources, found) = findings_of(&Example { spec: spec.clone(), ..example });
            let Some(new) = fixed(&sources, &found, rule.name) else { continue };
            let said = |text: &str| text.matches("  // said\r\n").count();
            assert_eq!(said(&new), said(&spec), "{}: {new}", rule.name);
            let (mut old, mut kept) = (spec.lines(), 0);
            for line in new.lines() {
                let at = old.clone().position(|it| it == line);
                kept += usize::from(at.is_some());
                at.map(|at| old.nth(at));
            }
            let edits: usize = found.iter().filter(|it| it.rule == rule.name).map(|it| it.edits.len()).sum();
            assert!(kept + edits >= spec.lines().count(), "{}:\n{new}", rule.name);
        }
    }
}

#[test]
fn slips_are_fixed() {
    let bad = "servce \"web\" {\n    build \"web\"  // as it is\n    calls \"oders\" timout=\"1s\" soft=\"true\"\n}\nservice \"orders\" { build \"o\"; scale min=\"2\" }\n";
    let mut spec = whole(bad);
    for _ in 0..4 {
        let (sources, found) = findings(&spec);
        let fixed = fix::apply(&sources, &fix::fixable(&found));
        spec = fixed.texts.into_values().next().unwrap_or(spec);
    }
    assert!(spec.ends_with("service \"web\" {\n    build \"web\"  // as it is\n    calls \"orders\" timeout=\"1s\" soft=#true\n}\nservice \"orders\" { build \"o\"; scale min=2 }\n"), "{spec}");
}

/// A page makes a module of a group a rule, so each must have one; the name and the group are those of the file.
#[test]
fn rules_and_their_files_agree() {
    let mut files = vec![];
    let folders = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check")).unwrap();
    for folder in folders.map(|entry| entry.unwrap().path()).filter(|path| path.is_dir()) {
        let stem = |path: &PathBuf| path.file_stem().unwrap().to_string_lossy().into_owned();
        let pages: Vec<String> = sorted(&folder, "md").iter().map(stem).collect();
        let modules: Vec<String> =
            sorted(&folder, "rs").iter().map(stem).filter(|name| name != "mod").collect();
        if !modules.is_empty() && !pages.is_empty() {
            assert_eq!(pages, modules, "a rule without a page, or a page without a rule");
            let group = stem(&folder).replace('_', "-");
            files.extend(modules.iter().map(|name| (name.replace('_', "-"), group.clone())));
        }
    }
    files.sort();
    let rules: Vec<_> = RULES.iter().map(|rule| (rule.name.to_string(), rule.group.to_string())).collect();
    assert_eq!(
        rules, files,
        "a file has no line in the `mod.rs` of its group, or a rule is not named after its file"
    );
}

#[test]
fn pages_have_their_sections() {
    for rule in RULES {
        let sections: Vec<&str> = rule.page.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(sections, SECTIONS, "{}", rule.name);
        let fences: Vec<&str> = blocks(rule.page).iter().map(|(fence, _)| *fence).collect();
        assert!(fences.contains(&"kdl bad") && fences.contains(&"kdl good"), "{}: {fences:?}", rule.name);
        let page = check::explain(rule.name).unwrap();
        assert!(!page.summary.is_empty() && !page.summary.contains("```"), "{}", rule.name);
    }
}

/// Whatever name a finding can bear, `explain` knows it.
#[test]
fn every_name_can_be_explained() {
    let mut names = vec![];
    for folder in ["compiler/core/src", "compiler/cli"] {
        collect_names(&root().join(folder), &mut names);
    }
    assert!(names.len() > 20, "the sources are not where this test looks");
    names.extend(["kdl-syntax", "kdl-version-1", "nesting-too-deep"].map(String::from));
    let unknown: Vec<_> = names.iter().filter(|name| check::explain(name).is_none()).collect();
    assert!(unknown.is_empty(), "no page: {unknown:?}");
    let all = check::names();
    assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "a name has two pages");
}

fn collect_names(folder: &Path, names: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect_names(&path, names);
        } else if path.extension().is_some_and(|it| it == "rs") && !path.ends_with("tests.rs") {
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for rest in code.split("Finding::new(").skip(1) {
                if let Some(name) =
                    rest.trim_start().strip_prefix('"').and_then(|rest| rest.split('"').next())
                {
                    names.push(name.to_string());
                }
            }
        }
    }
}

/// Long chains neither overflow a stack nor take for ever: every walk is a loop, and nearly linear.
#[test]
fn a_chain_of_twenty_thousand_services() {
    let mut text = String::new();
    for at in 0..20_000 {
        let next = at + 1;
        let (promise, call) = ("slo availability=\"99.9%\"", "timeout=\"500ms\" retries=1 idempotent=#true");
        writeln!(text, "service \"s{at}\" {{ build \"s\"; calls \"s{next}\" {call}; {promise} }}").unwrap();
    }
    let straight = format!("{text}service \"s20000\" {{ build \"s\" }}\n");
    let (_, found) = findings(&straight);
    let count = |found: &[Finding], rule: &str| found.iter().filter(|it| it.rule == rule).count();
    assert_eq!(count(&found, "sync-cycle"), 0);
    assert_eq!(count(&found, "retry-amplification"), 1);
    assert_eq!(count(&found, "timeout-inversion"), 19_999);
    assert_eq!(count(&found, "slo-infeasible-independent"), 19_998);
    let round = format!("{text}service \"s20000\" {{ build \"s\"; calls \"s0\" }}\n");
    let (_, found) = findings(&round);
    assert_eq!(count(&found, "sync-cycle"), 1);
    assert_eq!(count(&found, "timeout-inversion"), 0);
}

/// Every rule runs over every case; input and findings stand in one snapshot.
#[test]
fn cases() {
    let folder = root().join("tests/cases/checks");
    let files = sorted(&folder, "kdl");
    assert!(!files.is_empty());
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder.canonicalize().unwrap());
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let (sources, found) = findings(&text);
        let (_, source) = sources.iter().last().unwrap();
        let case = format!("{}\n────\n{}", source.text, shown(&sources, &found));
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        settings.bind(|| insta::assert_snapshot!(name, case));
    }
}
