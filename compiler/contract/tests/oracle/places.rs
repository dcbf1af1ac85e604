//! Where a schema stands in a contract, which way its data travels there, and what the data is on the wire.

use serde_json::{Value as Json, json};

/// A place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Body,
    Answer,
    Webhook,
    CallbackAnswer,
    Query,
    QueryJoined,
    Cookie,
    Path,
    Header,
    AnswerHeader,
    Form,
    Deep,
}

pub const ALL: [Place; 12] = [
    Place::Body,
    Place::Answer,
    Place::Webhook,
    Place::CallbackAnswer,
    Place::Query,
    Place::QueryJoined,
    Place::Cookie,
    Place::Path,
    Place::Header,
    Place::AnswerHeader,
    Place::Form,
    Place::Deep,
];

impl Place {
    /// Whether the client gets the data: then the new schema must lie in the old one.
    pub fn is_got(self) -> bool {
        matches!(self, Place::Answer | Place::Webhook | Place::AnswerHeader)
    }

    /// Whether values are texts there, and what stands between items; `None` for JSON.
    pub fn texts(self) -> Option<Between> {
        match self {
            Place::Query | Place::Cookie => Some(Between::Repeated),
            Place::QueryJoined | Place::Path | Place::Header | Place::AnswerHeader => Some(Between::Comma),
            _ => None,
        }
    }

    /// A contract with the schema in this place.
    pub fn contract(self, schema: &Json) -> String {
        let media = |kind: &str, schema: &Json| json!({"content": {kind: {"schema": schema}}});
        let parameter = |at: &str, more: Json| {
            let mut parameter = json!({"name": "f", "in": at, "schema": schema, "required": at == "path"});
            more.as_object().into_iter().flatten().for_each(|(key, value)| parameter[key] = value.clone());
            json!({"get": {"parameters": [parameter]}})
        };
        let field = json!({"type": "object", "properties": {"f": schema}});
        let item = match self {
            Place::Body => json!({"post": {"requestBody": media("application/json", schema)}}),
            Place::Answer => json!({"get": {"responses": {"200": media("application/json", schema)}}}),
            Place::CallbackAnswer => {
                let answer = json!({"post": {"responses": {"200": media("application/json", schema)}}});
                json!({"post": {"callbacks": {"c": {"{$request.body#/u}": answer}}}})
            }
            Place::Webhook => {
                let hook = json!({"post": {"requestBody": media("application/json", schema)}});
                return json!({"openapi": "3.1.0", "webhooks": {"w": hook}}).to_string();
            }
            Place::Query => parameter("query", json!({})),
            Place::QueryJoined => parameter("query", json!({"explode": false})),
            Place::Cookie => parameter("cookie", json!({})),
            Place::Path => parameter("path", json!({})),
            Place::Header => parameter("header", json!({})),
            Place::AnswerHeader => {
                json!({"get": {"responses": {"200": {"headers": {"F": {"schema": schema}}}}}})
            }
            Place::Form => {
                json!({"post": {"requestBody": media("application/x-www-form-urlencoded", &field)}})
            }
            Place::Deep => {
                let field = json!({"schema": field, "style": "deepObject", "explode": true});
                parameter("query", field)
            }
        };
        let path = if self == Place::Path { "/a/{f}" } else { "/a" };
        json!({"openapi": "3.1.0", "paths": {path: item}}).to_string()
    }

    /// Fields of forms and of `deepObject` repeat for each item.
    pub fn between(self) -> Option<Between> {
        match self {
            Place::Form | Place::Deep => Some(Between::Repeated),
            _ => self.texts(),
        }
    }
}

/// What stands between the items of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Between {
    /// The name of the parameter, again.
    Repeated,
    Comma,
}

/// What a value is on the wire: one text for each time its name stands there. Maps and `null` are not written so.
pub fn spelled(value: &Json, between: Between) -> Option<Vec<String>> {
    let one = |value: &Json| match value {
        Json::String(text) => Some(text.clone()),
        Json::Number(_) | Json::Bool(_) => Some(value.to_string()),
        _ => None,
    };
    match value {
        Json::Array(items) if items.is_empty() => None,
        Json::Array(items) => {
            let texts: Option<Vec<String>> = items.iter().map(one).collect();
            match between {
                Between::Repeated => texts,
                Between::Comma => Some(vec![texts?.join(",")]),
            }
        }
        value => Some(vec![one(value)?]),
    }
}

/// All values that texts may be read as.
pub fn meanings(texts: &[String], between: Between) -> Vec<Json> {
    let items: Vec<String> = match between {
        Between::Repeated => texts.to_vec(),
        Between::Comma => texts[0].split(',').map(str::to_owned).collect(),
    };
    let mut lists: Vec<Vec<Json>> = vec![vec![]];
    for item in &items {
        let each = lists
            .iter()
            .flat_map(|list| one(item).into_iter().map(move |it| [list.clone(), vec![it]].concat()));
        lists = each.take(256).collect();
    }
    let single = if texts.len() == 1 { one(&texts[0]) } else { vec![] };
    single.into_iter().chain(lists.into_iter().map(Json::Array)).collect()
}

fn one(text: &str) -> Vec<Json> {
    let read = serde_json::from_str::<Json>(text).ok().filter(|it| it.is_number() || it.is_boolean());
    [Some(json!(text)), read].into_iter().flatten().collect()
}
