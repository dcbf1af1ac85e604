//! Kinds of change: every name in the code has its page, and every page is read.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "a test reads the code")]

use bastide_contract::{ChangeKind, FORMATS, find};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => files(&path, ending),
            false => vec![path]
                .into_iter()
                .filter(|path| path.extension().is_some_and(|it| it == ending))
                .collect(),
        })
        .collect()
}

fn contract() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../contract/src")
}

/// `"openapi/operation-added"` in a text.
fn names(text: &str) -> impl Iterator<Item = &str> {
    let name = |quoted: &&str| {
        let (format, fact) = quoted.split_once('/').unwrap_or_default();
        let word = |text: &str| {
            !text.is_empty() && text.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-')
        };
        FORMATS.iter().any(|it| it.name == format) && word(fact)
    };
    text.split('"').filter(name)
}

#[test]
fn every_name_in_the_code_has_its_page() {
    let mut found = BTreeSet::new();
    for path in files(&contract(), "rs") {
        for name in names(&fs::read_to_string(&path).unwrap()) {
            // What stands on one side only is named by its stem.
            let stem = || ["added", "removed"].iter().all(|end| find(&format!("{name}-{end}")).is_some());
            assert!(find(name).is_some() || stem(), "{name} in {} has no page", path.display());
            found.insert(name.to_owned());
        }
    }
    // The others are made of parts; the example of each page proves that its name is raised.
    assert!(found.len() > 150, "names are found at all: {}", found.len());
}

#[test]
fn every_heading_is_a_kind_and_kinds_are_in_the_order_of_their_names() {
    for path in files(&contract(), "md") {
        let text = fs::read_to_string(&path).unwrap();
        let headings: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("## ")).collect();
        let name = |heading: &&str| heading.split_once(": ").map(|(name, _)| name.to_owned());
        assert!(headings.is_sorted_by_key(name) && !headings.is_empty(), "{}", path.display());
        for heading in headings {
            let (name, bump) = heading.split_once(": ").unwrap();
            let Some(ChangeKind { bump: read, docs, old, new, .. }) = find(name) else {
                panic!("{name} of {} is not read", path.display())
            };
            assert_eq!(read.as_str(), bump, "{name}");
            let example = |text: &str| format!("\n{text}\n```\n");
            assert!(
                text.contains(docs) && text.contains(&example(old)) && text.contains(&example(new)),
                "{name}"
            );
        }
    }
}

#[test]
fn every_fact_of_schemas_is_told_by_openapi_and_by_json_schema() {
    let text = |path: &str| fs::read_to_string(contract().join(path)).unwrap();
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|sign: char| !sign.is_alphanumeric()).map(str::to_owned).collect()
    };
    let kinds = text("schema/fact_kind.rs");
    let kinds: Vec<&str> =
        kinds.lines().filter_map(|line| line.strip_prefix("    ")?.strip_suffix(',')).collect();
    assert!(kinds.len() > 50, "kinds are found at all: {kinds:?}");
    for own in ["openapi/diff/facts.rs", "json_schema/kinds.rs"] {
        let (own, table) = (words(&text(own)), words(&text("schema/keywords.txt")));
        let lost: Vec<_> =
            kinds.iter().filter(|kind| !own.contains(**kind) && !table.contains(**kind)).collect();
        assert!(lost.is_empty(), "{lost:?}");
    }
}
