//! What a field holds as a template value: structs as lists of names and values, maps as lists of pairs.

use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

/// A part of the model as a template value.
pub fn of<T: Serialize + ?Sized>(it: &T) -> Value {
    Value::from(Serde(it))
}
