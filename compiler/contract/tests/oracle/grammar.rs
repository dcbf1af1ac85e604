//! Schemas, and versions of them: a schema is drawn, and one or two things in it are changed.

use crate::random::Random;
use serde_json::{Map, Value as Json, json};

/// Names that properties have.
pub const NAMES: [&str; 3] = ["a", "b", "c"];
/// Patterns; `values` holds texts that tell them apart.
pub const PATTERNS: [&str; 5] = ["^[a-c]+$", "^[a-b]+$", "^[0-9]+$", "^a", "^-?[0-9]+$"];

/// Whether a text is one of a pattern, so that texts can be drawn along it.
pub fn matches(pattern: &str, text: &str) -> bool {
    let all = |text: &str, signs: &str| !text.is_empty() && text.chars().all(|sign| signs.contains(sign));
    match PATTERNS.iter().position(|it| *it == pattern) {
        Some(0) => all(text, "abc"),
        Some(1) => all(text, "ab"),
        Some(2) => all(text, "0123456789"),
        Some(3) => text.starts_with('a'),
        _ => all(text.strip_prefix('-').unwrap_or(text), "0123456789"),
    }
}

/// A schema; single values only, where `depth` is 0.
pub fn schema(random: &mut Random, depth: usize) -> Json {
    match random.below(if depth == 0 { 9 } else { 16 }) {
        0..=2 => text(random),
        3..=5 => number(random),
        6 => json!({"type": "boolean"}),
        7 => json!({"enum": listed(random)}),
        8 => json!({"type": ["string", "integer"]}),
        9 | 10 => list(random, depth),
        11..=13 => object(random, depth),
        14 => {
            let (key, count) = (*random.pick(&["anyOf", "oneOf", "allOf"]), 1 + random.below(2));
            json!({key: (0..=count).map(|_| schema(random, depth - 1)).collect::<Vec<_>>()})
        }
        _ => json!({"type": "object", "additionalProperties": schema(random, depth - 1)}),
    }
}

fn some(random: &mut Random, map: &mut Map<String, Json>, key: &str, value: Json) {
    if random.once_in(3) {
        map.insert(key.into(), value);
    }
}

fn text(random: &mut Random) -> Json {
    let mut map = Map::from_iter([("type".to_string(), json!("string"))]);
    if random.once_in(4) {
        map.insert("enum".into(), json!(texts(random)));
        return Json::Object(map);
    }
    let (low, high) = (random.below(4), 1 + random.below(5));
    some(random, &mut map, "minLength", json!(low));
    some(random, &mut map, "maxLength", json!(high));
    let pattern = *random.pick(&PATTERNS);
    some(random, &mut map, "pattern", json!(pattern));
    if random.once_in(6) {
        map.insert("type".into(), json!(["string", "null"]));
    }
    Json::Object(map)
}

fn number(random: &mut Random) -> Json {
    let kind = *random.pick(&["integer", "number"]);
    let mut map = Map::from_iter([("type".to_string(), json!(kind))]);
    if random.once_in(5) {
        let values: Vec<usize> = (0..5).filter(|_| random.once_in(2)).chain([6]).collect();
        map.insert("enum".into(), json!(values));
        return Json::Object(map);
    }
    let (low, high, by) = (random.below(5), 3 + random.below(6), 1 + random.below(4));
    let lower = *random.pick(&["minimum", "exclusiveMinimum"]);
    let upper = *random.pick(&["maximum", "exclusiveMaximum"]);
    some(random, &mut map, lower, json!(low));
    some(random, &mut map, upper, json!(high));
    if random.once_in(3) {
        map.insert("multipleOf".into(), json!(by));
    }
    Json::Object(map)
}

fn texts(random: &mut Random) -> Vec<&'static str> {
    ["a", "ab", "1", "2", "true", "x"].into_iter().filter(|_| random.once_in(2)).chain(["b"]).collect()
}

fn listed(random: &mut Random) -> Vec<Json> {
    let all = [json!("a"), json!("1"), json!(1), json!(2), json!(true), json!(null)];
    let mut found: Vec<Json> = all.into_iter().filter(|_| random.once_in(2)).collect();
    found.push(json!("b"));
    found
}

fn list(random: &mut Random, depth: usize) -> Json {
    let items = schema(random, depth - 1);
    let mut map = Map::from_iter([("type".to_string(), json!("array")), ("items".into(), items)]);
    let (low, high, first) = (random.below(3), 1 + random.below(3), schema(random, depth - 1));
    some(random, &mut map, "minItems", json!(low));
    some(random, &mut map, "maxItems", json!(high));
    some(random, &mut map, "uniqueItems", json!(true));
    if random.once_in(6) {
        map.insert("prefixItems".into(), json!([first]));
    }
    Json::Object(map)
}

fn object(random: &mut Random, depth: usize) -> Json {
    let mut map = Map::from_iter([("type".to_string(), json!("object"))]);
    let mut properties = Map::new();
    for name in NAMES.iter().filter(|_| !random.once_in(3)).collect::<Vec<_>>() {
        properties.insert((*name).into(), schema(random, depth - 1));
    }
    let names: Vec<&str> = NAMES.into_iter().filter(|_| random.once_in(3)).collect();
    map.insert("properties".into(), Json::Object(properties));
    some(random, &mut map, "required", json!(names));
    let further = if random.once_in(2) { json!(false) } else { schema(random, 0) };
    some(random, &mut map, "additionalProperties", further);
    let count = random.below(3);
    some(random, &mut map, "minProperties", json!(count));
    Json::Object(map)
}

/// The next version of a schema.
pub fn mutated(random: &mut Random, schema: &Json, depth: usize) -> Json {
    let Json::Object(map) = schema else { return self::schema(random, depth) };
    let inner: Vec<String> = map.keys().filter(|key| holds_schemas(key)).cloned().collect();
    if !inner.is_empty() && random.below(3) > 0 {
        let mut map = map.clone();
        let key = random.pick(&inner).clone();
        let part = within(random, &key, &map[&key], depth.saturating_sub(1));
        map.insert(key, part);
        return Json::Object(map);
    }
    match random.below(12) {
        0 => self::schema(random, depth),
        1 => json!({"allOf": [schema]}),
        2 => json!({"oneOf": [schema]}),
        3 => json!({"anyOf": [schema, self::schema(random, 0)]}),
        4 => json!({"oneOf": [schema, self::schema(random, 0)]}),
        5 => json!({"type": "array", "items": schema}),
        6 => map.get("items").cloned().unwrap_or_else(|| schema.clone()),
        _ => keyword(random, map, depth),
    }
}

fn holds_schemas(key: &str) -> bool {
    ["properties", "items", "anyOf", "oneOf", "allOf", "additionalProperties", "prefixItems"].contains(&key)
}

/// One schema of a map or list of schemas is changed, added or taken out.
fn within(random: &mut Random, key: &str, part: &Json, depth: usize) -> Json {
    match part {
        Json::Array(all) => {
            let mut all = all.clone();
            let at = random.below(all.len());
            match random.below(4) {
                0 => all.push(schema(random, depth)),
                1 if all.len() > 1 => drop(all.remove(at)),
                _ => all[at] = mutated(random, &all[at], depth),
            }
            json!(all)
        }
        Json::Object(all) if key == "properties" => {
            let mut all = all.clone();
            let name = *random.pick(&NAMES);
            match all.get(name).cloned() {
                Some(_) if random.once_in(4) => drop(all.remove(name)),
                Some(old) => drop(all.insert(name.into(), mutated(random, &old, depth))),
                None => drop(all.insert(name.into(), schema(random, depth))),
            }
            json!(all)
        }
        part => mutated(random, part, depth),
    }
}

/// A keyword comes, goes, or has another value; it is taken from another schema of the kind.
fn keyword(random: &mut Random, map: &Map<String, Json>, depth: usize) -> Json {
    let mut map = map.clone();
    let Some(kind) = map.get("type").and_then(Json::as_str).map(str::to_owned) else {
        return json!({"allOf": [map]});
    };
    let other = match kind.as_str() {
        "string" => text(random),
        "integer" | "number" => number(random),
        "array" if depth > 0 => list(random, depth),
        "object" if depth > 0 => object(random, depth),
        _ => schema(random, depth),
    };
    let keys: Vec<String> = map.keys().cloned().collect();
    let gone = random.pick(&keys);
    if random.once_in(3) && gone != "type" && !holds_schemas(gone) {
        map.remove(gone);
    }
    for (key, value) in other.as_object().into_iter().flatten() {
        if random.once_in(2) && !holds_schemas(key) {
            map.insert(key.clone(), value.clone());
        }
    }
    Json::Object(map)
}
