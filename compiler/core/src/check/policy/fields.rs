//! Fields of nodes, at any depth: a misspelt one would only ever be undefined.

use minijinja::Value;
use minijinja::value::ValueKind;
use std::collections::BTreeSet;

/// Maps whose names are the user's own.
const FREE: [&str; 3] = ["labels", "env", "options"];

/// The first step of a path that none of the values has, and what is there in its place.
pub fn unknown(mut values: Vec<Value>, path: &str) -> Option<(&str, Vec<String>)> {
    for step in path.split('.').filter(|step| !step.is_empty()) {
        // What an optional part would have said is not known where no node has that part.
        values.retain(|value| !value.is_none() && !value.is_undefined());
        if values.is_empty() {
            return None;
        }
        let maps = values.iter().filter(|value| value.kind() == ValueKind::Map);
        let names: BTreeSet<String> =
            maps.flat_map(|map| map.try_iter().into_iter().flatten()).map(|key| key.to_string()).collect();
        if !names.contains(step) {
            return Some((step, names.into_iter().collect()));
        }
        values = values.iter().filter_map(|value| value.get_attr(step).ok()).collect();
        if FREE.contains(&step) {
            return None;
        }
    }
    None
}
