//! The same judge over a large contract: of hundreds of shared schemas one is changed, and only the operations that use
//! it may break.

use crate::places::Place;
use crate::random::Random;
use crate::{argued, compare, grammar, witness_of};
use serde_json::{Map, Value as Json, json};

/// Shared schemas; each is sent by one operation, got by another, or both by a third.
const SCHEMAS: usize = 300;

/// How the operations of a schema use it.
fn uses(at: usize) -> (bool, bool) {
    [(true, false), (false, true), (true, true)][at % 3]
}

fn contract(schemas: &[Json]) -> String {
    let (mut paths, mut shared) = (Map::new(), Map::new());
    for (at, schema) in schemas.iter().enumerate() {
        let media = json!({"content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/S{at}")}}}});
        let (sent, got) = uses(at);
        let mut operation = json!({"responses": {"204": {}}});
        if sent {
            operation["requestBody"] = media.clone();
        }
        if got {
            operation["responses"]["200"] = media;
        }
        paths.insert(format!("/s{at}"), json!({"post": operation}));
        shared.insert(format!("S{at}"), schema.clone());
    }
    json!({"openapi": "3.1.0", "paths": paths, "components": {"schemas": shared}}).to_string()
}

#[test]
fn what_changes_in_a_large_contract_breaks_whom_it_concerns() {
    let mut random = Random(7);
    let schemas: Vec<Json> = (0..SCHEMAS).map(|_| grammar::schema(&mut random, 2)).collect();
    let old = contract(&schemas);
    let (mut breaking, mut told) = (0, 0);
    for _ in 0..40 {
        let at = random.below(SCHEMAS);
        let mut next = schemas.clone();
        next[at] = grammar::mutated(&mut random, &schemas[at], 2);
        let said = compare(&old, &contract(&next));
        let own = format!("POST /s{at} ");
        for change in &said.changes {
            told += 1;
            assert!(change.path.starts_with(&own) && change.also.is_empty(), "{at}: {}", change.path);
        }
        let (sent, got) = uses(at);
        let mut shows = |from: &Json, to: &Json, place| {
            let sides = (argued::loose(from), argued::loose(to));
            witness_of(&mut random, place, from, sides).flatten().is_some()
        };
        let lost = sent && shows(&schemas[at], &next[at], Place::Body);
        let new = got && shows(&next[at], &schemas[at], Place::Answer);
        let passed = said.changes.iter().any(|change| change.kind.name.contains("response-property-added"));
        assert!(said.breaking() || passed || !lost && !new, "{at}: {} to {}", schemas[at], next[at]);
        breaking += usize::from(said.breaking());
    }
    assert!(breaking > 5 && told > 20, "{breaking} of 40 break, {told} changes");
}
