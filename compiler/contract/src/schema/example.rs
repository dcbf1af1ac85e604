//! A value that a schema shows: its example, else one made of what it says.

use super::pattern;
use crate::value::{Data, Value};
use serde_json::{Map, Number, Value as Json};

/// Deepest schema that a value is made of: what refers to itself ends there.
const DEEPEST: usize = 12;

/// Most items and letters that a schema may ask for.
const MOST: usize = 1_000;

/// Where references are looked up: the document.
pub struct Examples<'r> {
    /// The document.
    pub root: &'r Value<'r>,
}

impl<'r> Examples<'r> {
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
        own.map_or_else(|| self.value(of.get("schema")?, 0), json)
    }

    /// A value that fits a schema, as far as it says.
    fn value(&self, schema: &Value<'_>, depth: usize) -> Option<Json> {
        let schema = self.followed(schema).filter(|_| depth < DEEPEST)?;
        let first = |key: &str| schema.get(key).and_then(|it| it.items().first());
        let said = schema.get("example").or_else(|| first("examples"));
        let said =
            said.or_else(|| schema.get("const")).or_else(|| schema.get("default")).or_else(|| first("enum"));
        if let Some(said) = said {
            return json(said);
        }
        if let Some(one) = first("oneOf").or_else(|| first("anyOf")) {
            return self.value(one, depth + 1);
        }
        let kinds = schema.get("type");
        let kind = kinds.and_then(|it| it.text().or_else(|| it.items().first()?.text()));
        match kind {
            Some("string") => string(schema).map(Json::String),
            Some("integer" | "number") => number(schema),
            Some("boolean") => Some(Json::Bool(true)),
            Some("null") => Some(Json::Null),
            Some("array") => {
                let count = count(schema, "minItems").max(1);
                let item = self.value(schema.get("items")?, depth + 1)?;
                (count <= MOST).then(|| Json::Array(vec![item; count]))
            }
            _ => self.object(schema, depth),
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
    schema.get(key).and_then(|it| text(&json(it)?)?.parse().ok()).unwrap_or(0)
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
    let plain = || "text".chars().cycle().take(least.max(4).min(most)).collect();
    (least <= MOST).then(|| known.map_or_else(plain, String::from))
}

/// The least that is allowed, if there is a least.
fn number(schema: &Value<'_>) -> Option<Json> {
    let least = schema.get("minimum").and_then(json);
    let above = schema.get("exclusiveMinimum").and_then(json).and_then(|it| it.as_i64());
    let most = schema.get("maximum").and_then(json).and_then(|it| it.as_i64()).filter(|it| *it < 1);
    Some(
        least
            .or(above.map(|it| Json::from(it.saturating_add(1))))
            .unwrap_or_else(|| Json::from(most.unwrap_or(1))),
    )
}

/// A value of a contract as JSON.
fn json(value: &Value<'_>) -> Option<Json> {
    Some(match &value.data {
        Data::Null => Json::Null,
        Data::Bool(it) => Json::Bool(*it),
        Data::Number(it) => it.parse::<Number>().ok().map(Json::Number)?,
        Data::Text(it) => Json::String(it.to_string()),
        Data::List(items) => items.iter().map(json).collect::<Option<Vec<Json>>>().map(Json::Array)?,
        Data::Map(entries) => {
            let pairs = entries.iter().map(|it| Some((it.key.to_string(), json(&it.value)?)));
            pairs.collect::<Option<Map<String, Json>>>().map(Json::Object)?
        }
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
