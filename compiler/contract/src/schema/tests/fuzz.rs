//! Facts against a plain validator: what the old schema accepts and the new one refuses must be told as narrowing, and
//! the other way round; rewriting a schema without changing what it means must tell nothing. `oneOf` is read as `anyOf`:
//! the judge takes overlap of branches for an accident.
#![allow(clippy::unwrap_used, reason = "a test stops where it is wrong")]

use super::facts_as;
use crate::schema::{Dialect, Reading, pattern};
use proptest::prelude::*;
use serde_json::{Value as Json, json};

fn valid(schema: &Json, value: &Json) -> bool {
    let Json::Object(keys) = schema else { return schema != &json!(false) };
    keys.iter().all(|(key, arg)| keyword(key, arg, keys, value))
}

fn is(kind: &str, value: &Json) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        _ => value.is_object(),
    }
}

fn keyword(key: &str, arg: &Json, all: &serde_json::Map<String, Json>, value: &Json) -> bool {
    let schemas = || arg.as_array().into_iter().flatten();
    let number = |test: fn(f64, f64) -> bool| value.as_f64().is_none_or(|it| test(it, arg.as_f64().unwrap()));
    let length = |least: bool, count: Option<usize>| {
        count.is_none_or(|count| {
            if least { count as u64 >= arg.as_u64().unwrap() } else { count as u64 <= arg.as_u64().unwrap() }
        })
    };
    let text = value.as_str().map(|text| text.chars().count());
    let items = value.as_array();
    let map = value.as_object();
    match key {
        "type" => match arg {
            Json::String(kind) => is(kind, value),
            _ => schemas().any(|kind| is(kind.as_str().unwrap(), value)),
        },
        "enum" => schemas().any(|one| one == value),
        "const" => arg == value,
        "minimum" => number(|it, bound| it >= bound),
        "maximum" => number(|it, bound| it <= bound),
        "exclusiveMinimum" => number(|it, bound| it > bound),
        "exclusiveMaximum" => number(|it, bound| it < bound),
        "multipleOf" => number(|it, by| (it / by).fract() == 0.0),
        "minLength" => length(true, text),
        "maxLength" => length(false, text),
        "pattern" => value.as_str().is_none_or(|it| pattern::matches(arg.as_str().unwrap(), it).unwrap()),
        "minItems" => length(true, items.map(Vec::len)),
        "maxItems" => length(false, items.map(Vec::len)),
        "uniqueItems" => {
            items.is_none_or(|all| all.iter().enumerate().all(|(at, one)| !all[..at].contains(one)))
        }
        "prefixItems" => {
            items.is_none_or(|all| all.iter().zip(schemas()).all(|(item, schema)| valid(schema, item)))
        }
        "items" => {
            let skip = all.get("prefixItems").and_then(Json::as_array).map_or(0, Vec::len);
            items.is_none_or(|all| all.iter().skip(skip).all(|item| valid(arg, item)))
        }
        "contains" => items.is_none_or(|all| all.iter().any(|item| valid(arg, item))),
        "required" => map.is_none_or(|map| schemas().all(|name| map.contains_key(name.as_str().unwrap()))),
        "properties" => map.is_none_or(|map| {
            map.iter().all(|(name, item)| arg.get(name).is_none_or(|schema| valid(schema, item)))
        }),
        "patternProperties" => map.is_none_or(|map| {
            map.iter().all(|(name, item)| {
                let like = |text: &str| pattern::matches(text, name).unwrap();
                arg.as_object().unwrap().iter().all(|(text, schema)| !like(text) || valid(schema, item))
            })
        }),
        "additionalProperties" => map.is_none_or(|map| {
            let like = |text: &String, name: &str| pattern::matches(text, name).unwrap();
            let known = |name: &str| {
                all.get("properties").is_some_and(|it| it.get(name).is_some())
                    || all
                        .get("patternProperties")
                        .and_then(Json::as_object)
                        .is_some_and(|it| it.keys().any(|text| like(text, name)))
            };
            map.iter().all(|(name, item)| known(name) || valid(arg, item))
        }),
        "minProperties" => length(true, map.map(|map| map.len())),
        "maxProperties" => length(false, map.map(|map| map.len())),
        "propertyNames" => map.is_none_or(|map| map.keys().all(|name| valid(arg, &json!(name)))),
        "dependentRequired" => map.is_none_or(|map| {
            let has = |name: &Json| map.contains_key(name.as_str().unwrap());
            arg.as_object()
                .unwrap()
                .iter()
                .all(|(with, names)| !map.contains_key(with) || names.as_array().unwrap().iter().all(has))
        }),
        "allOf" => schemas().all(|schema| valid(schema, value)),
        "anyOf" | "oneOf" => schemas().any(|schema| valid(schema, value)),
        "not" => !valid(arg, value),
        "if" => {
            let side = if valid(arg, value) { "then" } else { "else" };
            all.get(side).is_none_or(|schema| valid(schema, value))
        }
        _ => true,
    }
}

/// Values that tell most small schemas apart.
fn instances() -> Vec<Json> {
    let leaves = vec![
        json!(null),
        json!(true),
        json!(false),
        json!(-1),
        json!(0),
        json!(1),
        json!(2),
        json!(3),
        json!(4),
        json!(0.5),
        json!(1.5),
        json!(""),
        json!("a"),
        json!("b"),
        json!("ab"),
        json!("abc"),
        json!("aaaa"),
        json!([]),
        json!({}),
    ];
    let mut all = leaves.clone();
    for one in &leaves {
        all.extend([
            json!([one]),
            json!([one, one]),
            json!({"a": one}),
            json!({"b": one}),
            json!({"ab": one}),
        ]);
        all.extend([json!({"a": {"a": one}}), json!([[one]]), json!({"a": [one]}), json!([{"a": one}])]);
        for other in &leaves {
            all.extend([json!([one, other]), json!({"a": one, "b": other}), json!([one, other, 1])]);
        }
        all.extend([
            json!({"a": 1, "b": "a", "ab": one}),
            json!({"a": "a", "c": one}),
            json!([0, "a", one, 2]),
        ]);
    }
    all
}

fn literal() -> impl Strategy<Value = Json> {
    let values = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(2),
        json!(1.5),
        json!("a"),
        json!("ab"),
        json!([]),
        json!([1]),
        json!({}),
        json!({"a": 1}),
    ];
    prop::sample::select(values.to_vec())
}

fn kinds() -> impl Strategy<Value = Json> {
    let all = vec!["null", "boolean", "integer", "number", "string", "array", "object"];
    prop_oneof![
        3 => prop::sample::select(all.clone()).prop_map(|kind| json!(kind)),
        1 => prop::sample::subsequence(all, 1..4).prop_map(|kinds| json!(kinds)),
    ]
}

fn entry(inner: BoxedStrategy<Json>) -> impl Strategy<Value = (String, Json)> {
    let name = |name: &'static str| move |arg: Json| (name.to_string(), arg);
    let count = || (0..4_u8).prop_map(|count| json!(count));
    let bound = || prop::sample::select(vec![json!(-1), json!(0), json!(1), json!(2), json!(1.5), json!(3)]);
    let by = prop::sample::select(vec![json!(1), json!(2), json!(0.5), json!(3), json!(4)]);
    let text = prop::sample::select(vec!["a", "^a", "^[ab]+$", "^a+$", "b$", "^.{2}$", ".*"])
        .prop_map(|it| json!(it));
    let names = || prop::sample::subsequence(vec!["a", "b", "ab"], 0..3);
    let some =
        |inner: &BoxedStrategy<Json>| prop::collection::vec(inner.clone(), 1..4).prop_map(|all| json!(all));
    let under = |keys: Vec<&'static str>, inner: &BoxedStrategy<Json>| {
        prop::collection::btree_map(prop::sample::select(keys), inner.clone(), 0..3)
            .prop_map(|map| json!(map))
    };
    let numbers = prop_oneof![
        bound().prop_map(name("minimum")),
        bound().prop_map(name("maximum")),
        bound().prop_map(name("exclusiveMinimum")),
        bound().prop_map(name("exclusiveMaximum")),
        by.prop_map(name("multipleOf")),
    ];
    let texts = prop_oneof![
        count().prop_map(name("minLength")),
        count().prop_map(name("maxLength")),
        text.prop_map(name("pattern"))
    ];
    let lists = prop_oneof![
        count().prop_map(name("minItems")),
        count().prop_map(name("maxItems")),
        Just(("uniqueItems".into(), json!(true))),
        inner.clone().prop_map(name("items")),
        some(&inner).prop_map(name("prefixItems")),
        inner.clone().prop_map(name("contains")),
    ];
    let maps = prop_oneof![
        count().prop_map(name("minProperties")),
        count().prop_map(name("maxProperties")),
        names().prop_map(|it| json!(it)).prop_map(name("required")),
        inner.clone().prop_map(name("additionalProperties")),
        inner.clone().prop_map(name("propertyNames")),
        Just(("additionalProperties".into(), json!(false))),
        under(vec!["a", "b", "ab"], &inner).prop_map(name("properties")),
        under(vec!["a", "b", "ab"], &inner).prop_map(name("properties")),
        under(vec!["^a", "b"], &inner).prop_map(name("patternProperties")),
        names().prop_map(|it| json!({"a": it})).prop_map(name("dependentRequired")),
    ];
    let schemas = prop_oneof![
        some(&inner).prop_map(name("allOf")),
        some(&inner).prop_map(name("anyOf")),
        some(&inner).prop_map(name("oneOf")),
        inner.clone().prop_map(name("not")),
        inner.clone().prop_map(name("if")),
        inner.clone().prop_map(name("then")),
        inner.prop_map(name("else")),
    ];
    prop_oneof![
        4 => kinds().prop_map(name("type")), 1 => prop::collection::vec(literal(), 1..4).prop_map(|all| json!(all)).prop_map(name("enum")),
        1 => literal().prop_map(name("const")), 2 => numbers, 2 => texts, 3 => lists, 5 => maps, 3 => schemas,
    ]
}

fn schema() -> BoxedStrategy<Json> {
    let leaf = prop_oneof![
        6 => kinds().prop_map(|kinds| json!({"type": kinds})), 1 => Just(json!(true)), 1 => Just(json!(false)),
        2 => literal().prop_map(|one| json!({"const": one})),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop::collection::vec(entry(inner.boxed()), 0..5)
            .prop_map(|entries| Json::Object(entries.into_iter().collect()))
    })
    .boxed()
}

/// A schema and one that differs in some of its keywords.
fn versions() -> impl Strategy<Value = (Json, Json)> {
    (schema(), schema(), any::<u8>()).prop_map(|(old, other, mask)| {
        let mut new = old.clone();
        if let (Json::Object(new), Json::Object(other)) = (&mut new, &other) {
            for (at, (key, value)) in other.iter().enumerate() {
                if mask & (1 << (at % 8)) != 0 {
                    new.insert(key.clone(), value.clone());
                }
            }
            if mask & 128 != 0
                && let Some(key) = new.keys().nth(mask as usize % 3).cloned()
            {
                new.remove(&key);
            }
        } else {
            new = other;
        }
        (old, new)
    })
}

fn facts(old: &Json, new: &Json) -> Vec<String> {
    facts_as(&old.to_string(), &new.to_string(), Dialect::New, Reading::Data)
}

proptest! {
    #[test]
    fn what_is_refused_is_told((old, new) in versions()) {
        let facts = facts(&old, &new);
        let (narrows, widens) = (facts.iter().any(|it| it.contains('<')), facts.iter().any(|it| it.contains('>')));
        for value in instances() {
            let (was, is) = (valid(&old, &value), valid(&new, &value));
            prop_assert!(narrows || !was || is, "{value} is refused by {new}, not by {old}: {facts:?}");
            prop_assert!(widens || was || !is, "{value} is refused by {old}, not by {new}: {facts:?}");
        }
    }

    #[test]
    fn other_words_for_the_same_tell_nothing(schema in schema(), form in 0..6_u8) {
        let other = match form {
            0 => schema.clone(),
            1 => json!({"allOf": [schema]}),
            2 => json!({"oneOf": [schema]}),
            3 => json!({"$ref": "#/$defs/x", "$defs": {"x": schema}}),
            4 => json!({"anyOf": [{"allOf": [schema, true]}]}),
            _ => json!({"allOf": [{}, {"$ref": "#/$defs/x"}], "$defs": {"x": {"anyOf": [schema]}}}),
        };
        prop_assert_eq!(facts(&schema, &other), Vec::<String>::new(), "{} to {}", schema, other);
        prop_assert_eq!(facts(&other, &schema), Vec::<String>::new(), "{} to {}", other, schema);
    }
}
