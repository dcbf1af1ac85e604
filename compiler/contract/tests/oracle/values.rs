//! Values: what a schema may mean, drawn along its words. Whether it does is the validator's to say.

use crate::grammar::{NAMES, matches};
use crate::random::Random;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeSet;

/// Texts that tell the lengths and patterns of the grammar apart.
const TEXTS: [&str; 40] = [
    "abab", "aabba", "abbaab", "12345", "1234567", "", "a", "b", "c", "x", "ab", "aa", "abc", "cab", "abca",
    "abcab", "abcabc", "1", "2", "12", "123", "-1", "true", "Zz", "0", "aab", "a1", "ax1", "a123", "1234",
    "007", "007007", "01", "aba", "cc", "-12", "-123", "ba", "bab", "baba",
];

/// A name that no schema speaks of.
pub const OTHER: &str = "zz";

fn numbers() -> impl Iterator<Item = Json> {
    let more = [
        json!(-100),
        json!(2.0625),
        json!(4.0625),
        json!(0.5),
        json!(1.5),
        json!(4.5),
        json!(6.5),
        json!(8.5),
        json!(2.5),
        json!(3.5),
        json!(5.5),
        json!(7.5),
        json!(100),
        json!(123_456),
    ];
    (-8..14).map(|whole| json!(whole)).chain(more)
}

/// All single values there are.
pub fn singles() -> Vec<Json> {
    let words = [json!(true), json!(false), json!(null)];
    TEXTS.iter().map(|text| json!(text)).chain(numbers()).chain(words).collect()
}

/// Names a schema declares, where its value is a map.
pub fn declared(schema: &Json, found: &mut BTreeSet<String>) {
    let Json::Object(map) = schema else { return };
    let properties = map.get("properties").and_then(Json::as_object);
    found.extend(properties.into_iter().flatten().map(|(name, _)| name.clone()));
    let required = map.get("required").and_then(Json::as_array);
    found.extend(required.into_iter().flatten().filter_map(|name| Some(name.as_str()?.to_string())));
    for key in ["allOf", "anyOf", "oneOf"] {
        let branches = map.get(key).and_then(Json::as_array);
        branches.into_iter().flatten().for_each(|branch| declared(branch, found));
    }
}

/// A value along a schema, from a few words of which most are right.
pub fn draw(random: &mut Random, schema: &Json, depth: usize) -> Json {
    let Json::Object(map) = schema else { return single(random) };
    for key in ["anyOf", "oneOf", "allOf"] {
        if let Some(branches) = map.get(key).and_then(Json::as_array)
            && !branches.is_empty()
        {
            if key == "allOf" && branches.len() > 1 && map_like(branches) {
                let all = branches.iter().map(|branch| draw(random, branch, depth));
                return joined(all.collect());
            }
            let at = random.below(branches.len());
            return draw(random, &branches[at], depth);
        }
    }
    if let Some(Json::Array(values)) = map.get("enum")
        && !values.is_empty()
        && random.below(4) > 0
    {
        return random.pick(values).clone();
    }
    let kinds: Vec<&str> = match map.get("type") {
        Some(Json::String(kind)) => vec![kind],
        Some(Json::Array(kinds)) => kinds.iter().filter_map(Json::as_str).collect(),
        _ if map.contains_key("properties") => vec!["object"],
        _ if map.contains_key("items") => vec!["array"],
        _ => return single(random),
    };
    match *random.pick(&kinds) {
        "array" => list(random, map, depth),
        "object" => object(random, schema, map, depth),
        "string" => json!(text(random, map)),
        "boolean" => json!(random.once_in(2)),
        "null" => json!(null),
        _ => number(random, map),
    }
}

/// A text, as a rule one of a length that is asked for.
fn text(random: &mut Random, map: &Map<String, Json>) -> &'static str {
    let bound = |key: &str| map.get(key).and_then(Json::as_u64);
    let pattern = map.get("pattern").and_then(Json::as_str);
    let fits = |text: &str| {
        let count = text.len() as u64;
        pattern.is_none_or(|pattern| matches(pattern, text))
            && bound("minLength").is_none_or(|low| low <= count)
            && bound("maxLength").is_none_or(|high| count <= high)
    };
    let fitting: Vec<&'static str> = TEXTS.into_iter().filter(|text| fits(text)).collect();
    let any = fitting.is_empty() || random.once_in(6);
    let all: &[&'static str] = if any { &TEXTS } else { &fitting };
    all[random.below(all.len())]
}

/// A number, as a rule one between bounds and a multiple of what is asked for.
fn number(random: &mut Random, map: &Map<String, Json>) -> Json {
    let bound = |key: &str| map.get(key).and_then(Json::as_f64);
    let whole = map.get("type") == Some(&json!("integer"));
    let fits = |number: &Json| {
        let number = number.as_f64().unwrap_or_default();
        bound("minimum").is_none_or(|low| low <= number)
            && bound("maximum").is_none_or(|high| number <= high)
            && bound("exclusiveMinimum").is_none_or(|low| low < number)
            && bound("exclusiveMaximum").is_none_or(|high| number < high)
            && bound("multipleOf").is_none_or(|by| number % by == 0.0)
            && (!whole || number.fract() == 0.0)
    };
    let all: Vec<Json> = numbers().collect();
    let fitting: Vec<Json> = all.iter().filter(|number| fits(number)).cloned().collect();
    if fitting.is_empty() || random.once_in(6) {
        random.pick(&all).clone()
    } else {
        random.pick(&fitting).clone()
    }
}

fn map_like(branches: &[Json]) -> bool {
    branches.iter().all(|branch| branch["type"] == "object" || branch.get("properties").is_some())
}

fn joined(all: Vec<Json>) -> Json {
    let maps = all.into_iter().filter_map(|one| one.as_object().cloned()).flatten();
    Json::Object(maps.collect())
}

fn single(random: &mut Random) -> Json {
    random.pick(&singles()).clone()
}

fn list(random: &mut Random, map: &Map<String, Json>, depth: usize) -> Json {
    let none = json!({});
    let items = map.get("items").unwrap_or(&none);
    let first = map.get("prefixItems").and_then(Json::as_array);
    let at = |at: usize| first.and_then(|first| first.get(at)).unwrap_or(items);
    let count = random.below(6);
    let mut all: Vec<Json> =
        (0..count).map(|index| draw(random, at(index), depth.saturating_sub(1))).collect();
    if random.once_in(3) {
        let same = all.get(random.below(all.len())).cloned().unwrap_or_default();
        all.iter_mut().for_each(|one| one.clone_from(&same));
    }
    if map.contains_key("uniqueItems") {
        let mut seen: Vec<Json> = vec![];
        all.retain(|one| !seen.contains(one) && (seen.push(one.clone()), true).1);
    }
    Json::Array(all)
}

fn object(random: &mut Random, schema: &Json, map: &Map<String, Json>, depth: usize) -> Json {
    let mut found = Map::new();
    let mut names = BTreeSet::new();
    declared(schema, &mut names);
    let required = map.get("required").and_then(Json::as_array).cloned().unwrap_or_default();
    let further = map.get("additionalProperties").filter(|it| it.is_object());
    for name in NAMES.iter().filter(|name| names.contains(**name)) {
        if required.contains(&json!(name)) || random.below(3) > 0 {
            let property = map.get("properties").and_then(|properties| properties.get(*name));
            let value = match property.or(further) {
                Some(property) => draw(random, property, depth.saturating_sub(1)),
                None => single(random),
            };
            found.insert((*name).into(), value);
        }
    }
    for other in [OTHER, "zy"].iter().filter(|_| random.once_in(3)).collect::<Vec<_>>() {
        let value = match further {
            Some(further) => draw(random, further, depth.saturating_sub(1)),
            None => single(random),
        };
        found.insert((*other).into(), value);
    }
    Json::Object(found)
}
