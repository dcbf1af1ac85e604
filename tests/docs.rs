//! The reference pages are made from what defines things; this test fails when one is stale.
//! `BLESS=1 cargo test --test docs` writes them anew.

use bastide_core::pages;
use bastide_core::spec::{self, Spec};
use bastide_core::target::manifest;
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
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    fresh("stdlib.md", &pages::stdlib::page(&spec));
}

#[test]
fn targets_page_is_fresh() {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let mut manifests = vec![];
    for path in files(&root().join("targets"), |path| path.ends_with("target.kdl")) {
        let file = sources.add(
            path.to_string_lossy(),
            fs::read_to_string(&path).expect("a manifest is text"),
            Role::Pack,
        );
        manifests.extend(manifest::read(file, &sources, &mut report));
    }
    assert!(report.findings.is_empty(), "{:#?}", report.findings);
    fresh("targets.md", &pages::targets::page(&manifests));
}
