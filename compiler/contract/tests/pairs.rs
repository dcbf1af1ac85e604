//! Pairs of contracts with the verdict that a clause of a specification decides. `pairs/CASE/` holds two texts and
//! `expect.json`; `siblings/*.yaml` are lists of small pairs of the same kinds: other keywords, places and versions.
#![allow(clippy::disallowed_methods, reason = "tests read their cases")]

use bastide_contract::{Comparison, ContractFormat, File, Options, Side};
use bastide_report::source::{Role, Sources};
use serde_json::{Value as Json, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Two texts compared.
fn compare(kind: &str, old: &str, new: &str) -> Comparison {
    let format = ContractFormat::named(kind).expect("the kind is a format");
    let mut sources = Sources::default();
    let mut side = |text: &str| {
        let id = sources.add("contract", text, Role::Spec);
        Side { files: vec![File { path: "contract".into(), id, asked: true }] }
    };
    let (old, new) = (side(old), side(new));
    (format.compare)(&old, &new, &sources, &Options::default())
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("it can be listed").path()).collect();
    paths.sort();
    paths
}

fn root(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

/// What was said, for whoever reads a failure.
fn told(comparison: &Comparison) -> String {
    let changes = comparison.changes.iter();
    let lines =
        changes.map(|it| format!("    {} {}: {}: {}", it.bump.as_str(), it.kind.name, it.path, it.message));
    let findings = comparison.findings.iter().map(|it| format!("    {}", it.message));
    lines.chain(findings).collect::<Vec<_>>().join("\n")
}

#[test]
fn verdicts_follow_the_specifications() {
    let mut faults = vec![];
    for case in sorted(&root("pairs")) {
        let text = |stem: &str| {
            let found = sorted(&case).into_iter().find(|path| path.file_stem().is_some_and(|it| it == stem));
            fs::read_to_string(found.expect("both sides are there")).expect("it is text")
        };
        let expect: Json = serde_json::from_str(&text("expect")).expect("the verdict is JSON");
        let said = compare(expect["kind"].as_str().expect("it has a kind"), &text("old"), &text("new"));
        let mut right = said.looked() && Some(said.breaking()) == expect["breaking"].as_bool();
        for (mode, holds) in expect["modes"].as_object().into_iter().flatten() {
            right &= said.modes.iter().any(|(it, is)| it.as_str() == mode && Some(*is) == holds.as_bool());
        }
        if !right {
            faults.push(format!("{}: {}\n{}", case.display(), expect["reason"], told(&said)));
        }
    }
    assert!(faults.is_empty(), "{} are wrong\n{}", faults.len(), faults.join("\n"));
}

/// A whole document around the part that differs.
fn framed(frame: &str, part: &Json, version: &str) -> Json {
    let media = |kind: &str| json!({"content": {kind: {"schema": part}}});
    let answers = json!({"204": {"description": "done"}});
    let post = |body: Json| json!({"post": {"requestBody": body, "responses": answers}});
    let get = |more: Json| json!({"get": {"parameters": [more], "responses": answers}});
    let answer = |more: Json| json!({"get": {"responses": {"200": more}}});
    let field = |place: &str| {
        let whole = part.get("schema").is_some() || part.get("content").is_some();
        let mut field = if whole { part.clone() } else { json!({"schema": part}) };
        field["name"] = json!("f");
        field["in"] = json!(place);
        if place == "path" {
            field["required"] = json!(true);
        }
        field
    };
    let item = match frame {
        "body" => post(media("application/json")),
        "xml" => post(media("application/xml")),
        "form" => post(media("application/x-www-form-urlencoded")),
        "parts" => post(media("multipart/form-data")),
        "answer" => answer(media("application/json")),
        "xml-answer" => answer(media("application/xml")),
        "header" => answer(json!({"headers": {"F": {"schema": part}}})),
        "responses" => json!({"get": {"responses": part}}),
        "security" => json!({"get": {"security": part, "responses": answers}}),
        "operation" => json!({"post": part}),
        "content" => post(json!({"content": part})),
        place => get(field(place.trim_start_matches("in-"))),
    };
    if let Some(hook) = frame.strip_prefix("webhook-") {
        let inner = framed(hook, part, version)["paths"]["/a"].clone();
        return json!({"openapi": version, "webhooks": {"w": inner}});
    }
    json!({"openapi": version, "paths": {"/a": item}})
}

/// A side of a sibling: a whole text, or a part in a frame beside what both sides share.
fn text(case: &Json, side: &str) -> String {
    if case["at"].is_null() {
        let mut whole = case[side].clone();
        for (key, value) in case["with"].as_object().into_iter().flatten() {
            whole[key] = value.clone();
        }
        return whole.to_string();
    }
    let part = &case[side];
    let said = case[format!("{side}-version")].as_str().or(case["version"].as_str());
    let mut whole = framed(case["at"].as_str().expect("a name"), part, said.unwrap_or("3.1.0"));
    for (key, value) in case["with"].as_object().into_iter().flatten() {
        whole[key] = value.clone();
    }
    for (key, value) in case[format!("{side}-with")].as_object().into_iter().flatten() {
        whole[key] = value.clone();
    }
    whole.to_string()
}

#[test]
fn siblings_are_judged_alike() {
    let (mut faults, mut count) = (vec![], 0);
    for file in sorted(&root("siblings")) {
        let written = fs::read_to_string(&file).expect("it is text");
        let mut cases: serde_yaml::Value = serde_yaml::from_str(&written).expect("it is YAML");
        cases.apply_merge().expect("what is merged are maps");
        let cases: Vec<Json> = serde_yaml::from_value(cases).expect("a list of cases");
        for case in &cases {
            let kind = case["kind"].as_str().unwrap_or("openapi");
            let texts = ["old", "new"].map(|side| text(case, side));
            for (key, at) in [("takes", [0, 1]), ("back", [1, 0])] {
                let Some(wanted) = case[key].as_str() else { continue };
                let said = compare(kind, &texts[at[0]], &texts[at[1]]);
                count += 1;
                let unread = said.unreadable() || said.compared == 0;
                if unread || said.required().as_str() != wanted {
                    let name = case["name"].as_str().unwrap_or_default();
                    let (is, told) = (said.required().as_str(), told(&said));
                    faults.push(format!("{name} ({key}): {is}, must be {wanted}\n{told}"));
                }
            }
        }
    }
    assert!(count > 0 && faults.is_empty(), "{} of {count} are wrong\n{}", faults.len(), faults.join("\n"));
}
