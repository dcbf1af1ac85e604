//! Where verdicts and values differ on purpose: each with its reason, which `docs/contracts.md` argues.

use crate::Case;
use serde_json::{Value as Json, json};

/// A schema with `oneOf` read as `anyOf`.
pub fn loose(schema: &Json) -> Json {
    match schema {
        Json::Object(map) => {
            let key = |key: &str| if key == "oneOf" { "anyOf".to_string() } else { key.to_string() };
            Json::Object(map.iter().map(|(name, value)| (key(name), loose(value))).collect())
        }
        Json::Array(all) => json!(all.iter().map(loose).collect::<Vec<_>>()),
        other => other.clone(),
    }
}

fn has_one(schema: &Json) -> bool {
    schema.to_string().contains("\"oneOf\"")
}

/// Why a verdict may be another than that of values.
pub fn why(case: &Case) -> Option<&'static str> {
    let has = |part: &str| case.said.changes.iter().any(|change| change.kind.name.contains(part));
    let breaks = case.said.breaking();
    let unions = has_one(&case.old) && has_one(&case.new);
    if unions && breaks == case.loosely.is_some() {
        return Some("argued: overlap between two unions does not count");
    }
    if !breaks && has("response-property-added") {
        return Some("argued: clients pass over properties they do not know");
    }
    if case.place.between().is_some() {
        let both = |word: &str| [&case.old, &case.new].iter().all(|it| it.to_string().contains(word));
        if both("uniqueItems") {
            return Some("argued: where items are texts, equal ones may be read as a number and a text");
        }
        if both("anyOf") && has_one(&case.new) {
            return Some("argued: where values are texts, a `oneOf` inside a choice is read as `anyOf`");
        }
        if breaks && has("choice-set") && case.new.to_string().contains("integer") {
            return Some("argued: digits that two branches of texts accept may be read as a number");
        }
    }
    let chooses = |schema: &Json| has_one(schema) || schema.to_string().contains("\"anyOf\"");
    if breaks && chooses(&case.old) && chooses(&case.new) {
        return Some("argued: choices are compared branch by branch, not as the sum of them");
    }
    if breaks && has("became-optional") && case.new.to_string().contains("minProperties") {
        return Some("argued: that a closed model needs all of its names to have enough is not seen");
    }
    None
}
