//! JSON and YAML as one tree of values that know their places. Duplicate keys are findings; numbers keep their digits.

mod anchor;
mod fault;
mod json;
mod keys;
mod number;
mod scalar;
mod string;
#[cfg(test)]
mod tests;
mod yaml;

use bastide_report::finding::Report;
use bastide_report::source::{FileId, Source, Span};
use std::borrow::Cow;

/// Deepest nesting that is read; deeper texts are a finding, not a recursion.
pub const DEEPEST: usize = 512;

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Value<'a> {
    /// Its place.
    pub span: Span,
    /// What it is.
    pub data: Data<'a>,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Data<'a> {
    /// Nothing.
    Null,
    /// A truth value.
    Bool(bool),
    /// A number, as written in JSON's notation.
    Number(Cow<'a, str>),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List(Vec<Value<'a>>),
    /// A map, in the order of the text.
    Map(Vec<Entry<'a>>),
}

/// An entry of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'a> {
    /// The key.
    pub key: Cow<'a, str>,
    /// Where the key stands.
    pub at: Span,
    /// The value.
    pub value: Value<'a>,
}

/// Reads a text: as JSON if it begins like that, else as YAML 1.2 (its core schema: no `yes`, no dates). A text that
/// begins like JSON and is none may still be YAML, unless its name says JSON. Comments and trailing commas in JSON are
/// accepted. `None` where nothing can be made of it; why is in the report.
pub fn read<'a>(file: FileId, source: &'a Source, report: &mut Report) -> Option<Value<'a>> {
    let start = source.text.trim_start_matches('\u{feff}').trim_start();
    if !start.starts_with(['{', '[', '"', '/']) {
        return yaml::read(file, &source.text, report);
    }
    let mut own = Report::default();
    let mut value = json::read(file, &source.text, &mut own);
    if value.is_none() && !source.path.ends_with(".json") {
        value = yaml::read(file, &source.text, &mut Report::default()).inspect(|_| own = Report::default());
    }
    report.findings.append(&mut own.findings);
    value
}

impl<'a> Value<'a> {
    /// The entries of a map; none for anything else.
    pub fn entries(&self) -> &[Entry<'a>] {
        match &self.data {
            Data::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Value<'a>] {
        match &self.data {
            Data::List(items) => items,
            _ => &[],
        }
    }

    /// The value under a key of a map.
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The entry with this key.
    pub fn entry(&self, key: &str) -> Option<&Entry<'a>> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The text, if it is one.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text under a key.
    pub fn text_at(&self, key: &str) -> Option<&str> {
        self.get(key)?.text()
    }

    /// Whether the two mean the same: places and the order of keys do not count.
    pub fn same(&self, other: &Value) -> bool {
        match (&self.data, &other.data) {
            (Data::Map(left), Data::Map(right)) => {
                let found = |(at, entry): (usize, &Entry)| {
                    let beside = right.get(at).filter(|other| other.key == entry.key);
                    let value = beside.map(|other| &other.value).or_else(|| other.get(&entry.key));
                    value.is_some_and(|other| entry.value.same(other))
                };
                left.len() == right.len() && left.iter().enumerate().all(found)
            }
            (Data::List(left), Data::List(right)) => {
                left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.same(right))
            }
            (left, right) => left == right,
        }
    }

    /// Whether it is the given truth value.
    pub fn is(&self, wanted: bool) -> bool {
        self.data == Data::Bool(wanted)
    }
}

/// Whether two values mean the same, or neither is there.
pub fn same(left: Option<&Value>, right: Option<&Value>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => left.same(right),
        (left, right) => left.is_none() && right.is_none(),
    }
}
