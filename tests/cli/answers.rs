//! What a spec gets for an answer: findings at their lines, and values in what is written.
//!
//! Each `tests/cases/answers/NAME.kdl` is a whole spec that says in its comments what is right:
//!
//! - `… //~ RULE RULE` at the end of a line: these rules find something there. `lost:FIELD` is a field that no target
//!   writes as it is said, and `!RULE` finds nothing. Every error and warning has to be marked; notes may be.
//! - `//= FILE POINTER VALUE`: below `deploy/`, what stands there in some document: keys and numbers with `/` between,
//!   `*` for any of them, and the value in YAML. A whole object holds if it has at least these fields.
//! - `//! FILE POINTER`: nothing stands there.
//!
//! A spec with an error writes nothing.

use crate::support::{Folder, bastide};
use serde_yaml::Value as Yaml;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What specs name, so that a file that is not there is nobody's fault.
const BESIDE: [(&str, &str); 3] = [
    ("src/Dockerfile", "FROM scratch AS lint\nFROM scratch AS test\n"),
    ("api.proto", "syntax = \"proto3\";\npackage shop;\nmessage Order { string id = 1; }\n"),
    (
        "api.yaml",
        "openapi: 3.0.3\ninfo: {title: a, version: 1.0.0}\npaths: {/orders: {get: {responses: {\"200\": {description: a}}}}}\n",
    ),
];

#[test]
fn each_spec_gets_the_answer_it_asks_for() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/answers");
    let (mut specs, mut marks, mut values) = (0, 0, 0);
    let mut wrong = vec![];
    for entry in fs::read_dir(&folder).expect("the cases are there") {
        let path = entry.expect("it can be read").path();
        let text = fs::read_to_string(&path).expect("a text");
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let project = Folder::with(&[BESIDE.as_slice(), &[("bastide.kdl", &text)]].concat());
        marks += findings(&project, &name, &text, &mut wrong);
        values += output(&project, &name, &text, &mut wrong);
        specs += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{specs} specs: {marks} findings at their lines, {values} values in what is written");
    assert!(specs >= 10 && marks >= 100 && values >= 60, "{specs} specs, {marks} findings, {values} values");
}

/// Holds what `check` finds against the marks.
fn findings(project: &Folder, name: &str, text: &str, wrong: &mut Vec<String>) -> usize {
    let mut wanted = BTreeSet::new();
    for (line, text) in text.lines().enumerate() {
        let marks = text.split_once("//~").map_or("", |(_, marks)| marks);
        wanted.extend(marks.split_whitespace().map(|mark| (line as u64 + 1, mark.to_string())));
    }
    let said = bastide(project, &["check", "--format", "json"]);
    let mut found = BTreeSet::new();
    for it in said.json()["findings"].as_array().expect("findings") {
        let rule = it["rule"].as_str().unwrap_or_default();
        let field = it["message"].as_str().unwrap_or_default().split('`').nth(1).unwrap_or_default();
        let mark = if rule == "not-covered" { format!("lost:{field}") } else { rule.to_string() };
        // One finding may have several places.
        for label in it["labels"].as_array().into_iter().flatten() {
            let mark = (label["line"].as_u64().unwrap_or_default(), mark.clone());
            let not = (mark.0, format!("!{}", mark.1));
            if wanted.contains(&not) {
                wrong.push(format!("{name}.kdl:{}: `{}` is found: {}", not.0, mark.1, it["message"]));
            }
            if wanted.contains(&mark) {
                found.insert(mark);
            }
        }
        let place = (it["labels"][0]["line"].as_u64().unwrap_or_default(), mark);
        if it["level"] != "info" && !wanted.contains(&place) {
            wrong.push(format!("{name}.kdl:{}: `{}` is not asked for: {}", place.0, place.1, it["message"]));
        }
    }
    let missing = wanted.difference(&found).filter(|(_, mark)| !mark.starts_with('!'));
    wrong.extend(missing.map(|(line, mark)| format!("{name}.kdl:{line}: no `{mark}`")));
    wanted.len()
}

/// Builds, and holds what is written against the expected values.
fn output(project: &Folder, name: &str, text: &str, wrong: &mut Vec<String>) -> usize {
    let rows: Vec<&str> =
        text.lines().filter(|it| it.starts_with("//= ") || it.starts_with("//! ")).collect();
    let built = bastide(project, &["build", "--quiet"]);
    let deploy = project.0.join("deploy");
    if built.code != 0 {
        let told = (rows.is_empty() && !deploy.exists()).then_some(());
        wrong.extend(
            told.is_none().then(|| format!("{name}.kdl: build ends with {}:\n{}", built.code, built.err)),
        );
        return 0;
    }
    for row in &rows {
        let mut words = row[4..].splitn(3, ' ');
        let (file, pointer) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let value: Yaml = serde_yaml::from_str(words.next().unwrap_or("null")).expect("a value in YAML");
        let read = fs::read_to_string(deploy.join(file)).unwrap_or_default();
        let all: Vec<Yaml> = documents(&read);
        let there: Vec<&Yaml> = all.iter().flat_map(|it| at(it, pointer.split('/'))).collect();
        let right = match row.starts_with("//= ") {
            true => there.iter().any(|it| holds(it, &value)),
            false => there.is_empty(),
        };
        wrong.extend((!right).then(|| format!("{name}.kdl: {row}\n  there: {there:?}")));
    }
    rows.len()
}

fn documents(text: &str) -> Vec<Yaml> {
    let read = |it| {
        let mut yaml: Yaml = serde::Deserialize::deserialize(it).expect("what is written is YAML");
        yaml.apply_merge().expect("what is merged is a map");
        yaml
    };
    serde_yaml::Deserializer::from_str(text).map(read).collect()
}

/// Everything that stands at a pointer.
fn at<'y>(yaml: &'y Yaml, mut steps: std::str::Split<'_, char>) -> Vec<&'y Yaml> {
    let Some(step) = steps.next() else { return vec![yaml] };
    let below: Vec<&Yaml> = match yaml {
        Yaml::Sequence(items) if step == "*" => items.iter().collect(),
        Yaml::Mapping(pairs) if step == "*" => pairs.values().collect(),
        Yaml::Sequence(items) => step.parse().ok().and_then(|at: usize| items.get(at)).into_iter().collect(),
        _ => yaml.get(step.replace("~1", "/")).into_iter().collect(),
    };
    below.into_iter().flat_map(|it| at(it, steps.clone())).collect()
}

/// Whether a value is the wanted one; a map may have more than that.
fn holds(there: &Yaml, wanted: &Yaml) -> bool {
    match (there, wanted) {
        (Yaml::Mapping(own), Yaml::Mapping(wanted)) => {
            wanted.iter().all(|(key, value)| own.get(key).is_some_and(|own| holds(own, value)))
        }
        _ => there == wanted,
    }
}
