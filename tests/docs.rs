//! The reference pages are made from what defines things; this test fails when one is stale.
//! `BLESS=1 cargo test --test docs` writes them anew.
#![allow(clippy::print_stdout, reason = "says how many promises it held")]

use bastide_core::pages;
use bastide_core::spec::{self, Spec};
use bastide_core::target::manifest::{self, Manifest};
use bastide_core::target::{option, part};
use bastide_report::finding::Report;
use bastide_report::source::{Role, Sources};
use std::path::{Path, PathBuf};
use std::{env, fs};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, name: impl Fn(&Path) -> bool) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = vec![];
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).expect("the folder is there").flatten() {
            let path = entry.path();
            if path.is_dir() {
                waiting.push(path)
            } else if name(&path) {
                found.push(path)
            }
        }
    }
    found.sort();
    found
}

fn fresh(page: &str, text: &str) {
    let path = root().join("docs").join(page);
    if env::var_os("BLESS").is_some() {
        fs::write(&path, text).expect("docs can be written");
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == text, "docs/{page} is stale: run `BLESS=1 cargo test --test docs`");
}

#[test]
fn rules_page_is_fresh() {
    fresh("rules.md", &pages::rules::page());
}

#[test]
fn changes_page_is_fresh() {
    fresh("changes.md", &pages::contracts::page());
}

#[test]
fn porting_page_is_fresh() {
    fresh("porting.md", &pages::porting::page());
}

#[test]
fn spec_page_is_fresh() {
    fresh("spec.md", &pages::spec::page());
}

#[test]
fn stdlib_page_is_fresh() {
    let (mut sources, mut spec, mut report) = (Sources::default(), Spec::default(), Report::default());
    for path in files(&root().join("stdlib"), |path| path.extension().is_some_and(|it| it == "kdl")) {
        let text = fs::read_to_string(&path).expect("stdlib is text");
        let file = sources.add(path.to_string_lossy(), text, Role::Stdlib);
        let source = sources.get(file);
        let document = bastide_syntax::parse(file, &source.text, &mut report);
        spec::read(&mut spec, source, &document, &mut report);
    }
    for part in packs(&mut sources, &mut report).into_iter().flat_map(|pack| pack.parts) {
        spec::provide(&mut spec, &part.name, part.provides, &mut report);
    }
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    fresh("stdlib.md", &pages::stdlib::page(&spec));
}

/// The built-in packs with their parts, by name.
fn packs(sources: &mut Sources, report: &mut Report) -> Vec<Manifest> {
    let manifests = files(&root().join("targets"), |path| path.ends_with("target.kdl"));
    manifests.iter().filter_map(|path| pack(path.parent()?, sources, report)).collect()
}

fn pack(folder: &Path, sources: &mut Sources, report: &mut Report) -> Option<Manifest> {
    let mut add = |path: &Path| {
        let text = fs::read_to_string(path).expect("a manifest is text");
        sources.add(path.to_string_lossy(), text, Role::Pack)
    };
    let own = add(&folder.join("target.kdl"));
    let parts: Vec<_> = files(folder, |path| path.ends_with(part::FILE))
        .iter()
        .map(|path| (path.clone(), add(path)))
        .collect();
    let mut manifest = manifest::read(own, sources, report)?;
    for (path, file) in parts {
        let name = path.parent()?.file_name()?.to_string_lossy().into_owned();
        manifest.parts.extend(part::read(&name, file, sources, report));
    }
    option::complete(&mut manifest, report);
    Some(manifest)
}

#[test]
fn targets_page_is_fresh() {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let manifests = packs(&mut sources, &mut report);
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    // What was seen of each field stands below, and is held by the test that changes every field.
    let page = fs::read_to_string(root().join("docs/targets.md")).unwrap_or_default();
    let seen = page.find("\n## Field by field\n").map_or("", |at| &page[at..]);
    fresh("targets.md", &(pages::targets::page(&manifests) + seen));
}

#[test]
fn every_promise_of_the_security_page_has_its_test() {
    let page = fs::read_to_string(root().join("docs/security.md")).expect("the page is there");
    let promises = page.split("## What is promised").nth(1).and_then(|it| it.split("\n## ").next());
    let lines: Vec<&str> = promises.expect("its section").lines().filter(|it| it.starts_with("- ")).collect();
    for line in &lines {
        let tests: Vec<&str> = line.split('`').skip(1).step_by(2).collect();
        let [.., file, name] = tests[..] else { panic!("no test is named: {line}") };
        let text = fs::read_to_string(root().join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
        assert!(text.contains(&format!("#[test]\nfn {name}(")), "{file} has no test {name}");
    }
    println!("{} promises", lines.len());
    assert!(!lines.is_empty());
}

#[test]
fn every_dependency_has_its_reason() {
    let page = fs::read_to_string(root().join("docs/security.md")).expect("the page is there");
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("the manifest is there");
    let all = manifest.split("[workspace.dependencies]").nth(1).and_then(|it| it.split("\n[").next());
    for line in all.expect("its table").lines().filter(|it| it.contains(" = ") && !it.starts_with("bastide-"))
    {
        let name = line.split(" = ").next().expect("a name");
        let name = if name == "serde_yaml" { "serde_yaml_ng" } else { name };
        assert!(page.contains(&format!("`{name}`")), "docs/security.md does not say why `{name}` is here");
    }
}
