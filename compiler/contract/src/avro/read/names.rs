//! Names of types: full by their namespace, defined once, known wherever they are used.

use super::fault;
use crate::avro::schema::{Id, Schema, Shape};
use crate::value::Value;
use bastide_report::finding::Finding;
use std::collections::BTreeMap;

/// The full name: with the namespace it stands in unless it has one itself.
pub(super) fn full(name: &str, space: &str) -> String {
    if name.contains('.') || space.is_empty() {
        return name.trim_start_matches('.').to_string();
    }
    format!("{space}.{name}")
}

/// Whether it can be a part of a name: a letter or `_`, then letters, digits and `_`, of any script as in Java.
pub(super) fn fit(name: &str) -> bool {
    let mut letters = name.chars();
    letters.next().is_some_and(|first| first.is_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_alphanumeric() || letter == '_')
}

/// The types defined so far.
#[derive(Default)]
pub(super) struct Names<'v> {
    known: BTreeMap<String, (Id, &'v Value<'v>)>,
    open: Vec<String>,
}

impl<'v> Names<'v> {
    /// Begins a record: until its end a record of the same name may stand in it, as Java has it.
    pub(super) fn open(&mut self, full: &str, id: Id, value: &'v Value<'v>) -> Option<Finding> {
        let inside = self.open.iter().any(|open| open == full);
        self.open.push(full.to_string());
        match self.known.get(full) {
            Some((_, other)) if !inside => Some(twice(full, value, other)),
            Some(_) => None,
            None => {
                self.known.insert(full.to_string(), (id, value));
                None
            }
        }
    }

    /// Ends the record begun last.
    pub(super) fn close(&mut self) {
        self.open.pop();
    }

    /// Adds an enum or a fixed. A second one of its name may only say the same.
    pub(super) fn define(&mut self, full: &str, id: Id, value: &'v Value<'v>) -> Option<Finding> {
        let Some((_, other)) = self.known.get(full) else {
            self.known.insert(full.to_string(), (id, value));
            return None;
        };
        (!same(other, value)).then(|| twice(full, value, other))
    }

    /// Leads each name to its definition.
    pub(super) fn resolve(&self, schema: &mut Schema<'_>, findings: &mut Vec<Finding>) {
        for node in &mut schema.nodes {
            let Shape::Reference(full, target) = &mut node.shape else { continue };
            let plain = node.written.text().or_else(|| node.written.text_at("type")).unwrap_or_default();
            *target = self.known.get(full.as_str()).or_else(|| self.known.get(plain)).map(|(id, _)| *id);
            if target.is_none() {
                let message = format!("the type `{full}` is not defined");
                findings.push(fault(
                    node.at,
                    message,
                    "named here",
                    format!("define `{full}`, or correct the name"),
                ));
            }
        }
    }
}

fn twice(full: &str, value: &Value<'_>, other: &Value<'_>) -> Finding {
    fault(value.span, format!("`{full}` is defined twice"), "defined anew", "name it, do not define it again")
        .label(other.span, "defined here already")
}

/// Whether two definitions say the same; words, further names, the default and how the name is written do not count.
fn same(left: &Value<'_>, right: &Value<'_>) -> bool {
    let counts = |key: &str| !matches!(key, "doc" | "aliases" | "namespace" | "name" | "default");
    let count = |value: &Value<'_>| value.entries().iter().filter(|entry| counts(&entry.key)).count();
    let mut entries = left.entries().iter().filter(|entry| counts(&entry.key));
    count(left) == count(right)
        && entries.all(|entry| right.get(&entry.key).is_some_and(|other| entry.value.same(other)))
}
