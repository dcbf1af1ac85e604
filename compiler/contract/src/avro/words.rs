//! Words, further names, meanings of raw data and other properties: what resolution passes over.

use super::diff::{Diff, place};
use super::rows::facts as rows;
use super::schema::{Node, Shape};
use crate::value::{Data, Value};
use bastide_report::version::Bump;

/// Logical types of the specification (Avro 1.12): readers turn raw data into other values by them.
const LOGICAL: [&str; 13] = [
    "big-decimal",
    "date",
    "decimal",
    "duration",
    "local-timestamp-micros",
    "local-timestamp-millis",
    "local-timestamp-nanos",
    "time-micros",
    "time-millis",
    "timestamp-micros",
    "timestamp-millis",
    "timestamp-nanos",
    "uuid",
];

impl<'v> Diff<'_, 'v> {
    /// Compares what is written of two types besides their shape.
    pub(super) fn written(&mut self, old: &Node<'v>, new: &Node<'v>, path: &str) {
        let raw = |node: &Node<'_>| matches!(node.shape, Shape::Primitive(_) | Shape::Fixed(_));
        if raw(old) && raw(new) {
            self.logical(old, new, path);
        }
        let mut known = vec![
            "type",
            "name",
            "namespace",
            "doc",
            "aliases",
            "fields",
            "symbols",
            "size",
            "items",
            "values",
        ];
        known.extend(["default", "logicalType", "scale", "precision"]);
        if old.shape.word() == new.shape.word() && !matches!(old.shape, Shape::Union(_)) {
            self.words(path, (old.written, new.written), &known);
        }
    }

    fn logical(&mut self, old: &Node<'v>, new: &Node<'v>, path: &str) {
        let (was, is) = (old.written.text_at("logicalType"), new.written.text_at("logicalType"));
        let sides = (place(old.at, meaning(old.written)), place(new.at, meaning(new.written)));
        match (was, is) {
            (Some("decimal"), Some("decimal")) if meaning(old.written) != meaning(new.written) => {
                let message =
                    format!("`{path}` has another scale or precision: the same bytes are another number");
                self.push(&rows::DECIMAL_CHANGED, Bump::Major, path, sides, message);
            }
            (Some(was), Some(is)) if was != is => {
                let known = LOGICAL.contains(&was) && LOGICAL.contains(&is);
                let bump = if known { Bump::Major } else { Bump::Minor };
                let message =
                    format!("`{path}` means `{is}`, and meant `{was}`: the same data is another value");
                self.push(&rows::LOGICAL_CHANGED, bump, path, sides, message);
            }
            (None, Some(is)) => {
                let message = format!("`{path}` means `{is}`; it was raw data");
                self.push(&rows::LOGICAL_ADDED, Bump::Minor, path, sides, message);
            }
            (Some(was), None) => {
                let message = format!("`{path}` is raw data; it meant `{was}`");
                self.push(&rows::LOGICAL_REMOVED, Bump::Minor, path, sides, message);
            }
            _ => {}
        }
    }

    /// Compares words, further names and properties of two types or fields.
    pub(super) fn words(&mut self, path: &str, (old, new): (&Value<'v>, &Value<'v>), known: &[&str]) {
        for (key, row, what) in [
            ("doc", &rows::DOC_CHANGED, "is described in other words"),
            ("aliases", &rows::ALIASES_CHANGED, "goes by other names besides its own"),
        ] {
            let (was, is) = (old.get(key), new.get(key));
            if !alike(was, is) {
                let text = |value: Option<&Value<'_>>| value.map(short).unwrap_or_default();
                let span =
                    |value: Option<&Value<'_>>, or: &Value<'_>| value.map_or(or.span, |value| value.span);
                let message = format!("`{path}` {what}");
                self.fact(row, path, (span(was, old), text(was)), (span(is, new), text(is)), message);
            }
        }
        let entries =
            old.entries().iter().chain(new.entries().iter().filter(|entry| old.get(&entry.key).is_none()));
        let others = entries.filter(|entry| !known.contains(&entry.key.as_ref()));
        for key in others.map(|entry| entry.key.as_ref()) {
            let (was, is) = (old.get(key), new.get(key));
            if !alike(was, is) {
                let side =
                    |value: Option<&Value<'_>>| value.and_then(|value| place(value.span, short(value)));
                let message = format!("the property `{key}` of `{path}` is another one");
                self.push(&rows::PROPERTY_CHANGED, Bump::Patch, path, (side(was), side(is)), message);
            }
        }
    }
}

/// The logical type with its numbers, as people read it.
fn meaning(written: &Value<'_>) -> String {
    let number = |key: &str| match written.get(key).map(|value| &value.data) {
        Some(Data::Number(digits)) => digits.to_string(),
        _ => "0".into(),
    };
    match written.text_at("logicalType") {
        Some("decimal") => format!("decimal({}, {})", number("precision"), number("scale")),
        other => other.unwrap_or_default().into(),
    }
}

fn alike(old: Option<&Value<'_>>, new: Option<&Value<'_>>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => equal(old, new),
        (old, new) => old.is_none() && new.is_none(),
    }
}

/// Whether two values are the same wherever they stand; the order of keys does not count.
pub(crate) fn equal(left: &Value<'_>, right: &Value<'_>) -> bool {
    match (&left.data, &right.data) {
        (Data::List(left), Data::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| equal(left, right))
        }
        (Data::Map(left), Data::Map(others)) => {
            let found =
                |key: &str, value: &Value<'_>| right.get(key).is_some_and(|other| equal(value, other));
            left.len() == others.len() && left.iter().all(|entry| found(&entry.key, &entry.value))
        }
        (left, right) => left == right,
    }
}

/// A value in few letters.
pub(crate) fn short(value: &Value<'_>) -> String {
    match &value.data {
        Data::Null => "null".into(),
        Data::Bool(truth) => truth.to_string(),
        Data::Number(digits) => digits.to_string(),
        Data::Text(text) if text.chars().count() > 40 => {
            format!("{}…", text.chars().take(39).collect::<String>())
        }
        Data::Text(text) => text.to_string(),
        Data::List(items) if items.len() <= 4 => {
            format!("[{}]", items.iter().map(short).collect::<Vec<_>>().join(", "))
        }
        Data::List(_) => "[…]".into(),
        Data::Map(entries) if entries.is_empty() => "{}".into(),
        Data::Map(_) => "{…}".into(),
    }
}
