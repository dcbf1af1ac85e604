//! Changes to generated objects.

use crate::tree::Origin;
use serde_json::Value;

/// A change to generated objects.
#[derive(Clone, Debug)]
pub struct Patch {
    /// `Kind/name`, or `services/name` of a compose file; `*` stands for any letters.
    pub object: String,
    /// The object itself is taken away.
    pub gone: bool,
    /// What is changed in it, in the order it is written.
    pub changes: Vec<Change>,
    /// Where it stands.
    pub origin: Origin,
}

/// What a change does at its path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Puts a value there.
    Set,
    /// Adds an item at the end of a list.
    Append,
    /// Adds an item before that of this number.
    Insert(usize),
    /// Takes away what is there.
    Remove,
}

/// A change to one field.
#[derive(Clone, Debug)]
pub struct Change {
    /// Its path in the spec.
    pub at: String,
    /// What it does.
    pub how: How,
    /// Dotted path of the field in the object.
    pub path: String,
    /// The value.
    pub value: Option<Value>,
    /// Fields below the path, and their values.
    pub fields: Vec<(String, Value)>,
    /// Where it stands.
    pub origin: Origin,
}

impl Patch {
    /// Whether it is about several objects.
    pub fn is_pattern(&self) -> bool {
        self.object.contains('*')
    }

    /// Whether it is about this object.
    pub fn meets(&self, object: &str) -> bool {
        matches(&self.object, object)
    }

    /// Whether it is about objects of this kind.
    pub fn is_of(&self, kind: &str) -> bool {
        self.object.split_once('/').is_some_and(|(own, _)| matches(own, kind))
    }
}

impl Change {
    /// Each field it sets, adds or takes away: its steps with dots between them, and its value if it gets one.
    pub fn fields(&self) -> Vec<(String, Option<&Value>)> {
        let plain = |path: &str| steps(path).map_or_else(|| path.to_string(), |steps| steps.join("."));
        let own = plain(&self.path);
        let below = self.fields.iter().map(|(field, value)| (format!("{own}.{}", plain(field)), Some(value)));
        let itself = (self.fields.is_empty()).then(|| (own.clone(), self.value.as_ref()));
        itself.into_iter().chain(below).collect()
    }
}

/// The steps of `spec.containers.orders.image`. A key with dots stands in brackets:
/// `metadata.annotations[prometheus.io/scrape]`.
pub fn steps(path: &str) -> Option<Vec<String>> {
    let mut steps = vec![];
    let mut rest = path;
    loop {
        let (step, left) = match rest.strip_prefix('[') {
            Some(inner) => inner.split_once(']')?,
            None => rest.split_at(rest.find(['.', '[']).unwrap_or(rest.len())),
        };
        if step.is_empty() {
            return None;
        }
        steps.push(step.to_string());
        rest = match left.strip_prefix('.') {
            Some("") => return None,
            Some(more) if more.starts_with('[') => return None,
            Some(more) => more,
            None if left.is_empty() => return Some(steps),
            None if left.starts_with('[') => left,
            None => return None,
        };
    }
}

/// Whether a text is a pattern in which each `*` stands for any letters.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((first, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut left) = text.strip_prefix(first) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        match left.split_once(part) {
            Some((_, behind)) => left = behind,
            None => return false,
        }
    }
    left.ends_with(last)
}
