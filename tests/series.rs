//! Every query of the built examples (rules, tests of rules, panels) names series that exist: those of
//! `tests/series.tsv`, and those that rules record.

#![allow(clippy::print_stdout, reason = "it says how much it read")]

#[path = "support/mod.rs"]
mod support;

use serde_yaml::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Words of PromQL that are no series.
const WORDS: [&str; 15] = [
    "and",
    "bool",
    "by",
    "group_left",
    "group_right",
    "ignoring",
    "inf",
    "nan",
    "offset",
    "on",
    "or",
    "unless",
    "without",
    "start",
    "end",
];

/// Words behind which labels stand in parentheses.
const LABELLED: [&str; 6] = ["by", "group_left", "group_right", "ignoring", "on", "without"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn known() -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join("tests/series.tsv")).expect("the list is there");
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.map(|line| line.split('\t').nth(2).expect("source, version, series").to_string()).collect()
}

/// A query without selectors, ranges and texts.
fn bare(query: &str) -> String {
    let (mut out, mut depth, mut quote, mut escaped) = (String::new(), 0, None, false);
    for c in query.chars() {
        match (quote, c) {
            (Some(_), '\\') if !escaped => escaped = true,
            (Some(open), _) => {
                if c == open && !escaped {
                    quote = None;
                }
                escaped = false;
            }
            (None, '"' | '\'' | '`') => quote = Some(c),
            (None, '{' | '[') => depth += 1,
            (None, '}' | ']') => depth -= 1,
            (None, _) if depth == 0 => out.push(c),
            (None, _) => {}
        }
    }
    out
}

/// The series that a query names.
fn series(query: &str) -> BTreeSet<String> {
    let (bare, mut found) = (bare(query), BTreeSet::new());
    let mut rest = bare.as_str();
    while let Some(begin) = rest.find(|c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$') {
        let word: String =
            rest[begin..].chars().take_while(|c| c.is_ascii_alphanumeric() || "_:$.".contains(*c)).collect();
        rest = &rest[begin + word.len()..];
        let lower = word.to_lowercase();
        let called = rest.trim_start().strip_prefix('(');
        if let Some(labels) = called.filter(|_| LABELLED.contains(&lower.as_str())) {
            rest = labels.split_once(')').expect("labels end").1;
        } else if called.is_none()
            && !["by", "without"].iter().any(|it| rest.trim_start().starts_with(&format!("{it} (")))
            && !WORDS.contains(&lower.as_str())
            && word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        {
            found.insert(word);
        }
    }
    found
}

/// The texts that a key holds anywhere in a YAML file.
fn values(value: &Value, key: &str, all: &mut Vec<String>) {
    match value {
        Value::Mapping(map) => map.iter().for_each(|(name, value)| match value {
            Value::String(text) if name == key => all.push(text.clone()),
            _ => values(value, key, all),
        }),
        Value::Sequence(items) => items.iter().for_each(|item| values(item, key, all)),
        _ => {}
    }
}

fn texts(file: &Value, keys: &[&str]) -> Vec<String> {
    let mut all = vec![];
    keys.iter().for_each(|key| values(file, key, &mut all));
    all
}

/// Every query of Prometheus in the panels of a dashboard.
fn panels(dashboard: &[u8]) -> Vec<String> {
    // JSON is YAML.
    let dashboard: Value = serde_yaml::from_slice(dashboard).expect("a dashboard is JSON");
    let panels = dashboard["panels"].as_sequence().expect("a dashboard has panels").iter();
    let of_prometheus = panels.filter(|panel| panel["datasource"]["type"] == "prometheus");
    of_prometheus.flat_map(|panel| texts(&panel["targets"], &["expr"])).collect()
}

/// The shop with telemetry on this machine, too: there each engine has an exporter and a dashboard.
fn watched() -> BTreeMap<String, Vec<u8>> {
    let folder = support::copy_of("examples/shop");
    let (spec, dev) = (folder.get("bastide.kdl"), "environment \"dev\" platform=\"compose\" {");
    assert!(spec.contains(dev));
    folder.put("bastide.kdl", spec.replace(dev, &format!("{dev}\n    target \"telemetry\"")));
    let said = support::bastide(&folder, &["build", "-e", "dev"]);
    assert!(said.code == 0, "{}{}", said.out, said.err);
    folder.tree("deploy/dev")
}

#[test]
fn every_query_names_series_that_exist() {
    let (known, mut asked, mut recorded) = (known(), BTreeMap::new(), BTreeSet::new());
    let (mut rules, mut shown) = (0, 0);
    let built = support::tree(&root().join("tests/golden"));
    for (path, bytes) in built.into_iter().chain(watched()) {
        let queries = if path.contains("telemetry/dashboards/") {
            panels(&bytes)
        } else if path.contains("prometheus/") && path.ends_with(".yaml") {
            let file: Value = serde_yaml::from_slice(&bytes).expect("it is YAML");
            recorded.extend(texts(&file, &["record"]));
            texts(&file, &["expr", "series"])
        } else {
            continue;
        };
        if path.ends_with(".json") {
            shown += queries.len()
        } else {
            rules += queries.len()
        }
        for query in queries {
            let names = series(&query);
            assert!(!names.is_empty() || query.starts_with("vector("), "{path}: no series in `{query}`");
            names.into_iter().for_each(|name| drop(asked.insert(name, path.clone())));
        }
    }
    assert!(rules > 500 && shown > 100, "{rules} queries of rules, {shown} of panels");
    let missing: Vec<_> =
        asked.iter().filter(|(name, _)| !known.contains(*name) && !recorded.contains(*name)).collect();
    assert!(missing.is_empty(), "nobody makes these series: {missing:#?}");
    let never: Vec<_> = known.iter().filter(|name| !asked.contains_key(*name)).collect();
    assert!(never.is_empty(), "no query asks for these: {never:?}");
    println!("{rules} queries of rules, {shown} of panels, {} series", asked.len());
}

#[test]
fn a_series_is_told_from_labels_functions_and_words() {
    let query = r#"sum by (le, "x") (rate(a_bucket{le=~"b(c)",d="\"}"}[$__rate_interval])) / on (e) group_left () max(f:g) or vector(1) > 2e3"#;
    assert_eq!(series(query), ["a_bucket", "f:g"].map(String::from).into());
}
