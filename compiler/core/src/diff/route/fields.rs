//! The fields of an answer: all that a rule of the route view says, but for what only names or finds it.

use crate::view::route::{Deprecation, Rule};
use bastide_report::units::{Duration, Size};
use bastide_report::version;
use serde_json::Value;
use std::collections::BTreeSet;

/// Fields by which a rule is found or named, or which follow from others.
const NAMES: &str = "at item name group route path exact methods headers any_header accept query any_query subdomain \
    cluster port upstream provider require_cel call status rewrite_pattern location counted \
    per_try_ms safe preflight vary";

/// The field with what clients of an old version are told.
const DEPRECATION: &str = "deprecation";

/// What a route has from its gateway unless it says its own: field of the rule, node of the gateway.
const INHERITED: &[(&str, &str)] = &[
    ("body_limit", "body-limit"),
    ("cors", "cors"),
    ("cors_origins", "cors"),
    ("cors_methods", "cors"),
    ("cors_headers", "cors"),
    ("cors_credentials", "cors"),
    ("cors_max_age", "cors"),
    ("public", "auth"),
    ("auth", "auth"),
];

/// What a route's own words become in a rule, where the name does not say it.
const WORDS: &[(&str, &[&str])] = &[
    ("to", &["service", "version"]),
    ("api", &["service", "version"]),
    ("version", &["service", "version"]),
    ("limit", &["limits"]),
    ("cors", &["cors_origins", "cors_methods", "cors_headers", "cors_credentials", "cors_max_age"]),
];

/// One field of an answer, on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The field, as the view calls it.
    pub field: String,
    /// What it was; empty where there was no answer or nothing was said.
    pub old: String,
    /// What it is.
    pub new: String,
}

/// The fields that differ because the gateway itself does, of which these paths tell: they are told once, there.
pub fn inherited(gateway: &str, paths: &[&str]) -> Vec<&'static str> {
    let told = |node: &str| {
        let path = format!("{gateway}.{node}");
        let rest = |it: &&str| {
            it.strip_prefix(&path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        paths.iter().any(rest)
    };
    INHERITED.iter().filter(|(_, node)| told(node)).map(|(field, _)| *field).collect()
}

/// Whether a node or property of a route is told by these fields of rules.
pub fn covered(step: &str, fields: &BTreeSet<String>) -> bool {
    let own = step.replace('-', "_");
    let spelled = ["", "_ms", "_s"].iter().any(|end| fields.contains(&format!("{own}{end}")));
    let other = WORDS.iter().find(|(word, _)| *word == step).map_or(&[][..], |(_, others)| others);
    spelled || other.iter().any(|field| fields.contains(*field))
}

/// In what two answers differ; all that is said if there is only one.
pub fn changes(old: Option<&Rule>, new: Option<&Rule>, ignored: &[&str]) -> Vec<Change> {
    if let (Some(old), Some(new)) = (old, new)
        && text_of(old) == text_of(new)
    {
        return vec![];
    }
    let (old, new) = (old.map(value), new.map(value));
    let names = old.iter().chain(&new).filter_map(Value::as_object).flat_map(|map| map.keys().cloned());
    let names: BTreeSet<String> = names.filter(|name| !ignored.contains(&name.as_str())).collect();
    let one = |field: String| {
        let of = |side: &Option<Value>| side.as_ref().map_or(Value::Null, |it| it[&field].clone());
        let (before, after) = (of(&old), of(&new));
        let whole = old.is_none() || new.is_none();
        let same = before == after || (field == "version" && same_line(&before, &after));
        // Of a new answer, only who gives it and what is special about it.
        let plain =
            whole && !matches!(field.as_str(), "service" | "version" | "public" | "redirect" | "aggregate");
        (!same && !plain).then(|| Change { old: print(&field, &before), new: print(&field, &after), field })
    };
    let mut changes: Vec<Change> = names.into_iter().filter_map(one).collect();
    changes.retain(|it| it.old != it.new);
    changes.sort_by_key(|it| (it.field != "service", it.field != "version"));
    changes
}

fn text_of(rule: &Rule) -> Vec<u8> {
    serde_json::to_vec(rule).expect("a rule has only text keys")
}

fn value(rule: &Rule) -> Value {
    let mut value = serde_json::to_value(rule).expect("a rule has only text keys");
    if let Some(map) = value.as_object_mut() {
        map.retain(|name, _| !NAMES.split(' ').any(|it| it == name.as_str()));
        if let Some(told) = &rule.deprecation {
            map.insert(DEPRECATION.into(), dates(told).into());
        }
    }
    if let Some(map) = value.as_object_mut()
        && let Some(Value::Object(cors)) = map.remove("cors")
    {
        // `matches` says what `origins` says, for engines.
        let own = cors.into_iter().filter(|(name, _)| name != "matches");
        map.extend(own.map(|(name, it)| (format!("cors_{name}"), it)));
    }
    forget_places(&mut value);
    value
}

/// What clients of an old version are told, with days as one writes them rather than as the headers do:
/// `2027-01-01, sunset 2027-09-01, successor /v2/orders`.
fn dates(told: &Deprecation) -> String {
    let [since, until] = told.days;
    let sunset = until.map(|day| format!("sunset {day}"));
    let successor = told.successor.as_ref().map(|path| format!("successor {path}"));
    since.map(|day| day.to_string()).into_iter().chain(sunset).chain(successor).collect::<Vec<_>>().join(", ")
}

/// Takes the paths in the spec out of nested values: moving a route is no difference.
fn forget_places(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.remove("at");
            map.values_mut().for_each(forget_places);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_places),
        _ => {}
    }
}

/// That a version goes on within its line is told with the api.
fn same_line(old: &Value, new: &Value) -> bool {
    let line = |value: &Value| value.as_str().and_then(version::parse).map(|it| version::line(&it));
    line(old).is_some() && line(old) == line(new)
}

fn print(field: &str, value: &Value) -> String {
    let time = |unit: u64| value.as_u64().map(|count| Duration(count * unit).to_string());
    match value {
        Value::Null | Value::Bool(false) => String::new(),
        Value::Array(items) if items.is_empty() => String::new(),
        Value::String(text) => text.clone(),
        _ if field.ends_with("_ms") => time(1).unwrap_or_default(),
        Value::Number(_) if field == "body_limit" => {
            value.as_u64().map(|it| Size(it).to_string()).unwrap_or_default()
        }
        _ if field.ends_with("_s") => time(1_000).unwrap_or_default(),
        other => plain(other),
    }
}

/// A nested value in words: `rate 20/s, by user`.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => "none".into(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(map) => {
            let said = map.iter().filter(|(_, value)| !value.is_null());
            said.map(|(name, value)| format!("{name} {}", plain(value))).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}

/// A field and its value in words: `orders`, `2.1.0`, `timeout 3s`, `public`.
pub fn words(field: &str, value: &str) -> String {
    let name = field.trim_end_matches("_ms").trim_end_matches("_s").replace('_', "-");
    match field {
        "service" | "version" => value.into(),
        DEPRECATION if !value.starts_with(|c: char| c.is_ascii_digit()) => value.into(),
        _ if value == "true" => name,
        _ => format!("{name} {value}"),
    }
}
