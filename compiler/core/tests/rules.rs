//! The rules: their pages are tested by running their own examples, and the registry against the folder.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads its data")]

use bastide_core::check::{self, RULES};
use bastide_core::report::{Finding, Level, Report};
use bastide_core::resolve::{Inputs, environments, resolve};
use bastide_core::source::{Role, Sources};
use bastide_core::spec::{self, Spec};
use bastide_core::syntax;
use bastide_core::units::Date;
use bastide_core::view::Views;
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
        entries.filter(|path| path.extension().is_some_and(|it| it == extension)).collect();
    files.sort();
    files
}

/// All findings about a spec; what is missing to a whole one (an app, an environment) is put in front.
fn findings(text: &str) -> (Sources, Vec<Finding>) {
    let has = |node: &str| text.lines().any(|line| line.starts_with(node));
    let mut whole = String::new();
    if !has("app ") {
        whole += "app \"shop\" version=\"1.0.0\" { images \"registry.example.com/shop\" }\n";
    }
    if !has("environment ") {
        whole += "environment \"dev\" platform=\"compose\"\n";
    }
    whole += text;
    let (mut sources, mut spec, mut report) = (Sources::default(), Spec::default(), Report::default());
    let mut files: Vec<_> = sorted(&root().join("stdlib"), "kdl")
        .iter()
        .map(|path| sources.add("stdlib", fs::read_to_string(path).unwrap(), Role::Stdlib))
        .collect();
    files.push(sources.add("bastide.kdl", whole, Role::Spec));
    for file in files {
        let source = sources.get(file);
        let document = syntax::parse(file, &source.text, &mut report);
        spec::read(&mut spec, source, &document, &mut report);
    }
    spec::repeated(&spec, &mut report);
    let inputs = Inputs { today: Date::parse("2027-01-01"), ..Inputs::default() };
    let names = environments(&spec);
    let models: Vec<_> = names.iter().filter_map(|name| resolve(&spec, name, &inputs, &mut report)).collect();
    let views: Vec<Views> = models.iter().map(Views::of).collect();
    check::check_all(&models.iter().zip(&views).collect::<Vec<_>>(), &mut report);
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

#[test]
fn examples_tell_the_truth() {
    let mut faults = String::new();
    for rule in RULES {
        for (fence, text) in blocks(rule.docs) {
            let (sources, found) = findings(&text);
            let own = |it: &&Finding| it.rule == rule.name;
            let others = || found.iter().filter(|it| it.rule != rule.name && !AMBIENT.contains(&&*it.rule));
            let right = match fence {
                "kdl bad" => found.iter().any(|it| own(&it)) && others().next().is_none(),
                "kdl good" => !found.iter().any(|it| own(&it)) && others().all(|it| it.level < Level::Warn),
                _ => false,
            };
            if !right {
                writeln!(faults, "{} ({fence}):\n{}", rule.name, shown(&sources, &found)).unwrap();
            }
        }
    }
    assert!(faults.is_empty(), "{faults}");
}

#[test]
fn every_finding_of_the_examples_has_a_place_and_an_act() {
    for rule in RULES {
        for (_, text) in blocks(rule.docs) {
            let (sources, found) = findings(&text);
            for finding in found {
                let at = format!("{}: {}", rule.name, shown(&sources, std::slice::from_ref(&finding)));
                assert!(finding.help.is_some() && !finding.labels.is_empty(), "{at}");
                assert!(
                    !finding.message.ends_with('.') && !finding.labels.iter().any(|it| it.text.is_empty()),
                    "{at}"
                );
                assert!(finding.labels.iter().all(|it| sources.place(it.span).file == "bastide.kdl"), "{at}");
                assert!(finding.message.starts_with(|c: char| !c.is_uppercase()), "{at}");
            }
        }
    }
}

#[test]
fn rules_and_their_files_agree() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/check");
    let files: Vec<String> = sorted(&folder, "rs")
        .iter()
        .map(|path| path.file_stem().unwrap().to_string_lossy().replace('_', "-"))
        .collect();
    let files: Vec<&str> =
        files.iter().map(String::as_str).filter(|name| !["mod", "known"].contains(name)).collect();
    let mut names: Vec<&str> = RULES.iter().map(|rule| rule.name).collect();
    assert!(names.is_sorted(), "RULES is not in the order of names");
    names.sort_unstable();
    let mut files_sorted = files.clone();
    files_sorted.sort_unstable();
    assert_eq!(names, files_sorted, "a file is not in RULES, or a rule is not named after its file");
}

#[test]
fn pages_have_their_sections() {
    for rule in RULES {
        let sections: Vec<&str> = rule.docs.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        assert_eq!(sections, SECTIONS, "{}", rule.name);
        let fences: Vec<&str> = blocks(rule.docs).iter().map(|(fence, _)| *fence).collect();
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
