//! Words, further names, meanings of raw data and other properties: what resolution passes over.

use super::diff::{Diff, change};
use super::schema::{Node, Shape};
use crate::value::{Data, Value, same};
use crate::{Bump, place};

/// Logical types of the specification (Avro 1.12): readers turn raw data into other values by them.
const LOGICAL: &str = "big-decimal date decimal duration local-timestamp-micros local-timestamp-millis \
    local-timestamp-nanos time-micros time-millis timestamp-micros timestamp-millis timestamp-nanos \
    uuid";

impl<'v> Diff<'_, 'v> {
    /// Compares what is written of two types besides their shape.
    pub(super) fn written(&mut self, old: &Node<'v>, new: &Node<'v>, path: &str) {
        let raw = |node: &Node<'_>| matches!(node.shape, Shape::Primitive(_) | Shape::Fixed(_));
        if raw(old) && raw(new) {
            self.logical(old, new, path);
        }
        let known = "type name namespace doc aliases fields symbols size items values default logicalType scale precision";
        if old.shape.as_str() == new.shape.as_str() && !matches!(old.shape, Shape::Union(_)) {
            self.words(path, (old.written, new.written), known);
        }
    }

    fn logical(&mut self, old: &Node<'v>, new: &Node<'v>, path: &str) {
        let (was, is) = (old.written.text_at("logicalType"), new.written.text_at("logicalType"));
        let sides = (place(old.at, meaning(old.written)), place(new.at, meaning(new.written)));
        match (was, is) {
            (Some("decimal"), Some("decimal")) if meaning(old.written) != meaning(new.written) => {
                let message =
                    format!("`{path}` has another scale or precision: the same bytes are another number");
                self.tell("avro/decimal-changed", path, sides, message);
            }
            (Some(was), Some(is)) if was != is => {
                let known = LOGICAL.split(' ').any(|it| it == was) && LOGICAL.split(' ').any(|it| it == is);
                let bump = if known { Bump::Major } else { Bump::Minor };
                let message =
                    format!("`{path}` means `{is}`, and meant `{was}`: the same data is another value");
                let change = change("avro/logical-type-changed", path, message);
                self.changes.push(change.between(sides).at(bump));
            }
            (None, Some(is)) => {
                let message = format!("`{path}` means `{is}`; it was raw data");
                self.tell("avro/logical-type-added", path, sides, message);
            }
            (Some(was), None) => {
                let message = format!("`{path}` is raw data; it meant `{was}`");
                self.tell("avro/logical-type-removed", path, sides, message);
            }
            _ => {}
        }
    }

    /// Compares words, further names and properties of two types or fields.
    pub(super) fn words(&mut self, path: &str, (old, new): (&Value<'v>, &Value<'v>), known: &str) {
        for (key, kind, what) in [
            ("doc", "avro/doc-changed", "is described in other words"),
            ("aliases", "avro/aliases-changed", "goes by other names besides its own"),
        ] {
            let (was, is) = (old.get(key), new.get(key));
            if !same(was, is) {
                let side = |value: Option<&Value<'_>>, whole: &Value<'_>| {
                    place(value.unwrap_or(whole).span, value.map(short).unwrap_or_default())
                };
                let message = format!("`{path}` {what}");
                self.fact(kind, path, (side(was, old), side(is, new)), message);
            }
        }
        let entries =
            old.entries().iter().chain(new.entries().iter().filter(|entry| old.get(&entry.key).is_none()));
        let others = entries.filter(|entry| !known.split(' ').any(|it| it == entry.key));
        for key in others.map(|entry| entry.key.as_ref()) {
            let (was, is) = (old.get(key), new.get(key));
            if !same(was, is) {
                let side =
                    |value: Option<&Value<'_>>| value.and_then(|value| place(value.span, short(value)));
                let message = format!("the property `{key}` of `{path}` is another one");
                self.tell("avro/property-changed", path, (side(was), side(is)), message);
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
