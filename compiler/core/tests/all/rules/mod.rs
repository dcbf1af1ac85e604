//! The rules: their pages are tested by running their own examples, and the registry against the folder.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads its data")]

mod believes;
mod contents;
pub mod example;
mod page;

use bastide_core::check::{self, RULES};
use bastide_core::fix;
use bastide_report::finding::Finding;
use example::{findings, fixed, shown, whole};
use page::{blocks, examples};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

const SECTIONS: [&str; 5] = ["What it finds", "Why it matters", "Example", "Instead", "When to allow it"];

pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

pub fn sorted(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries.filter(|path| path.extension().unwrap_or_default() == extension).collect();
    files.sort();
    files
}

/// Every example of every page, run once: it raises its rule or not, and what is found has its place and its act.
#[test]
fn examples_tell_the_truth() {
    let (mut faults, mut acting) = (String::new(), 0);
    for rule in RULES {
        let mut acts = false;
        for (bad, mut example) in examples(rule.page) {
            if rule.on_kubernetes && !example.spec.contains("environment \"") {
                let platform = "environment \"prod\" platform=\"kubernetes\"\n";
                example.before = example.before.map(|text| platform.to_string() + &text);
                example.spec.insert_str(0, platform);
            }
            let (sources, found) = example.run();
            let mut wrong = page::untrue(rule.name, bad, &found);
            wrong.extend(page::unformed(&sources, &found));
            if bad && let Some(fixed) = fixed(rule.name, &sources, &found) {
                acts = true;
                wrong.extend(page::unfixed(rule.name, &example, &found, fixed));
                wrong.extend(page::deformed(rule.name, &example));
            }
            if !wrong.is_empty() {
                writeln!(faults, "{} (bad: {bad}): {wrong:?}\n{}", rule.name, shown(&sources, &found))
                    .unwrap();
            }
        }
        acting += usize::from(acts);
    }
    assert!(faults.is_empty(), "{faults}");
    assert!(acting > 25, "{acting} rules act");
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
fn a_chain_of_five_thousand_services() {
    let mut text = String::new();
    for at in 0..5_000 {
        let next = at + 1;
        let (promise, call) = ("slo availability=\"99.9%\"", "timeout=\"500ms\" retries=1 idempotent=#true");
        writeln!(text, "service \"s{at}\" {{ build \"s\"; calls \"s{next}\" {call}; {promise} }}").unwrap();
    }
    let straight = format!("{text}service \"s5000\" {{ build \"s\" }}\n");
    let (_, found) = findings(&straight);
    let count = |found: &[Finding], rule: &str| found.iter().filter(|it| it.rule == rule).count();
    assert_eq!(count(&found, "sync-cycle"), 0);
    assert_eq!(count(&found, "retry-amplification"), 1);
    assert_eq!(count(&found, "timeout-inversion"), 4_999);
    assert_eq!(count(&found, "slo-infeasible-independent"), 4_998);
    let round = format!("{text}service \"s5000\" {{ build \"s\"; calls \"s0\" }}\n");
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
