//! Where verdicts and values differ on purpose: each with its reason, which `docs/contracts.md` argues.

use crate::places::Between;
use crate::random::Random;
use crate::{Case, values};
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

/// Whether a number may be read somewhere.
fn has_numbers(schema: &Json) -> bool {
    match schema {
        Json::Object(map) => {
            let typed = map.get("type").is_some_and(|kind| {
                let kind = kind.to_string();
                kind.contains("integer") || kind.contains("number")
            });
            let listed = map.get("enum").and_then(Json::as_array);
            typed || listed.into_iter().flatten().any(Json::is_number) || map.values().any(has_numbers)
        }
        Json::Array(all) => all.iter().any(has_numbers),
        _ => false,
    }
}

/// Whether some part of a schema accepts none of the values drawn along it.
fn hollow(schema: &Json) -> bool {
    let parts = match schema {
        Json::Object(map) => map.values().any(hollow),
        Json::Array(all) => all.iter().any(hollow),
        _ => false,
    };
    parts
        || schema["type"].is_string() && {
            let mut random = Random(1);
            let accepts = jsonschema::validator_for(schema).unwrap();
            !(0..400).any(|_| accepts.is_valid(&values::draw(&mut random, schema, 3)))
        }
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
    if !breaks && has("response-optional-property-removed") {
        return Some("argued: a property that is no longer told of is not sent as something else");
    }
    if case.place.between().is_some() {
        let both = |word: &str| [&case.old, &case.new].iter().all(|it| it.to_string().contains(word));
        if both("uniqueItems") || breaks && has("unique-items") {
            return Some("argued: where items are texts, equal ones may be read as a number and a text");
        }
        if both("anyOf") && has_one(&case.new) {
            return Some("argued: where values are texts, a `oneOf` inside a choice is read as `anyOf`");
        }
        if breaks && has("choice-set") && has_numbers(&case.new) {
            return Some("argued: digits that two branches of texts accept may be read as a number");
        }
    }
    let (inner, outer) = if case.place.is_got() { (&case.new, &case.old) } else { (&case.old, &case.new) };
    let joined = case.place.between() == Some(Between::Comma);
    if breaks && joined && inner.to_string().contains("array") && outer.to_string().contains("\"anyOf\"") {
        return Some("argued: joined lists are compared branch by branch, not with the sum of them");
    }
    let chooses = |schema: &Json| has_one(schema) || schema.to_string().contains("\"anyOf\"");
    if breaks && chooses(&case.old) && chooses(&case.new) {
        return Some("argued: choices are compared branch by branch, not as the sum of them");
    }
    if breaks && [&case.old, &case.new].into_iter().any(hollow) {
        return Some("argued: that a part accepts nothing at all is seen of its bounds alone");
    }
    if breaks && has("became-optional") && case.new.to_string().contains("minProperties") {
        return Some("argued: that a closed model needs all of its names to have enough is not seen");
    }
    None
}
