//! A value that a schema shows: its example, else one made of what it says.

use super::pattern;
use crate::value::{Data, Value};
use serde_json::{Map, Number, Value as Json};
use std::cell::Cell;

/// Deepest schema that a value is made of: what refers to itself ends there.
const DEEPEST: usize = 12;

/// Most items and letters that a schema may ask for.
const MOST: usize = 1_000;

/// Values and letters of all that a document shows: a small one can ask for more than a machine holds.
const MOST_OF_ALL: usize = 4 << 20;

/// Where references are looked up, and how much may still be made.
pub struct Examples<'r> {
    root: &'r Value<'r>,
    left: Cell<usize>,
}

impl<'r> Examples<'r> {
    /// Those of a document.
    pub fn of(root: &'r Value<'r>) -> Examples<'r> {
        Examples { root, left: Cell::new(MOST_OF_ALL) }
    }

    /// Takes a value and its letters from what may still be made.
    fn spend(&self, letters: usize) -> Option<()> {
        self.left.get().checked_sub(letters + 1).map(|left| self.left.set(left))
    }

    /// What a value refers to within the document, or itself; `None` if that stands elsewhere or nowhere.
    pub fn followed<'v>(&self, value: &'v Value<'v>) -> Option<&'v Value<'v>>
    where
        'r: 'v,
    {
        let mut value = value;
        for _ in 0..DEEPEST {
            let Some(reference) = value.text_at("$ref") else { return Some(value) };
            let mut at: &Value<'_> = self.root;
            for step in reference.strip_prefix("#/")?.split('/') {
                at = at.get(&step.replace("~1", "/").replace("~0", "~"))?;
            }
            value = at;
        }
        None
    }

    /// What a parameter or the content of a body shows: `example`, the first of `examples`, else its schema.
    pub fn shown(&self, of: &Value<'_>) -> Option<Json> {
        let named = || self.followed(&of.get("examples")?.entries().first()?.value)?.get("value");
        let own = of.get("example").or_else(named);
        own.map_or_else(|| self.value(of.get("schema")?, 0), |own| self.said(own))
    }

    /// A value that fits a schema, as far as it says.
    fn value(&self, schema: &Value<'_>, depth: usize) -> Option<Json> {
        let schema = self.followed(schema).filter(|_| depth < DEEPEST)?;
        let first = |key: &str| schema.get(key).and_then(|it| it.items().first());
        let said = schema.get("example").or_else(|| first("examples"));
        let said =
            said.or_else(|| schema.get("const")).or_else(|| schema.get("default")).or_else(|| first("enum"));
        if let Some(said) = said {
            return self.said(said);
        }
        self.spend(0)?;
        if let Some(one) = first("oneOf").or_else(|| first("anyOf")) {
            return self.value(one, depth + 1);
        }
        let kinds = schema.get("type");
        let kind = kinds.and_then(|it| it.text().or_else(|| it.items().first()?.text()));
        match kind {
            Some("string") => {
                let text = string(schema)?;
                self.spend(text.len())?;
                Some(Json::String(text))
            }
            Some("integer" | "number") => number(schema),
            Some("boolean") => Some(Json::Bool(true)),
            Some("null") => Some(Json::Null),
            Some("array") => {
                let count = Some(count(schema, "minItems").max(1)).filter(|it| *it <= MOST)?;
                let items = schema.get("items")?;
                (0..count).map(|_| self.value(items, depth + 1)).collect::<Option<_>>().map(Json::Array)
            }
            _ => self.object(schema, depth),
        }
    }

    /// A value that the contract writes itself.
    fn said(&self, value: &Value<'_>) -> Option<Json> {
        self.spend(value.text().map_or(0, str::len))?;
        match &value.data {
            Data::List(items) => items.iter().map(|it| self.said(it)).collect::<Option<_>>().map(Json::Array),
            Data::Map(entries) => {
                let pair = |key: &str, value| Some((key.to_string(), self.said(value)?));
                let pairs = entries.iter().map(|it| pair(&it.key, &it.value));
                pairs.collect::<Option<Map<String, Json>>>().map(Json::Object)
            }
            _ => plain(value),
        }
    }

    /// An object of what is required, those of all parts together.
    fn object(&self, schema: &Value<'_>, depth: usize) -> Option<Json> {
        let mut object = Map::new();
        for part in schema.get("allOf").map(Value::items).unwrap_or_default() {
            match self.value(part, depth + 1)? {
                Json::Object(part) => object.extend(part),
                other => return Some(other),
            }
        }
        for name in schema.get("required").map(Value::items).unwrap_or_default() {
            let Some(name) = name.text().filter(|name| !object.contains_key(*name)) else { continue };
            let property = schema.get("properties").and_then(|it| it.get(name))?;
            object.insert(name.into(), self.value(property, depth + 1)?);
        }
        Some(Json::Object(object))
    }
}

fn count(schema: &Value<'_>, key: &str) -> usize {
    schema.get(key).and_then(|it| text(&plain(it)?)?.parse().ok()).unwrap_or(0)
}

fn string(schema: &Value<'_>) -> Option<String> {
    if let Some(pattern) = schema.text_at("pattern") {
        return pattern::example(pattern);
    }
    let known = match schema.text_at("format") {
        Some("uuid") => Some("00000000-0000-4000-8000-000000000000"),
        Some("date") => Some("2026-01-01"),
        Some("date-time") => Some("2026-01-01T00:00:00Z"),
        Some("email") => Some("someone@example.com"),
        Some("uri" | "url") => Some("https://example.com/"),
        Some("ipv4") => Some("192.0.2.1"),
        _ => None,
    };
    let least = count(schema, "minLength");
    let most = schema.get("maxLength").map_or(usize::MAX, |_| count(schema, "maxLength"));
    let made = || "text".chars().cycle().take(least.max(4).min(most)).collect();
    (least <= MOST).then(|| known.map_or_else(made, String::from))
}

/// The least that is allowed, if there is a least.
fn number(schema: &Value<'_>) -> Option<Json> {
    let least = schema.get("minimum").and_then(plain);
    let above = schema.get("exclusiveMinimum").and_then(plain).and_then(|it| it.as_i64());
    let most = schema.get("maximum").and_then(plain).and_then(|it| it.as_i64()).filter(|it| *it < 1);
    Some(
        least
            .or(above.map(|it| Json::from(it.saturating_add(1))))
            .unwrap_or_else(|| Json::from(most.unwrap_or(1))),
    )
}

/// A number, a text or a truth of a contract as JSON.
fn plain(value: &Value<'_>) -> Option<Json> {
    Some(match &value.data {
        Data::Null => Json::Null,
        Data::Bool(it) => Json::Bool(*it),
        Data::Number(it) => it.parse::<Number>().ok().map(Json::Number)?,
        Data::Text(it) => Json::String(it.to_string()),
        Data::List(_) | Data::Map(_) => return None,
    })
}

/// A plain value as a text.
pub fn text(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}
