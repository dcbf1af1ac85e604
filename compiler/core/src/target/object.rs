//! The structs, maps and empty lists among template values.

use minijinja::Value;
use minijinja::value::{DynObject, Enumerator, Object, ObjectExt, ObjectRepr};
use std::cmp::Ordering;
use std::sync::{Arc, OnceLock};

/// The list without items: three of four lists of a model.
pub(super) fn empty() -> Value {
    static EMPTY: OnceLock<Value> = OnceLock::new();
    EMPTY.get_or_init(|| Value::from(Vec::<Value>::new())).clone()
}

/// A struct: names and values in their order.
#[derive(Debug)]
pub(super) struct Struct(pub Box<[(&'static str, Value)]>);

impl Object for Struct {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.0.iter().find(|(name, _)| *name == key).map(|(_, value)| value.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        self.mapped_rev_key_value_enumerator(|it| {
            Box::new(it.0.iter().map(|(name, value)| (Value::from(*name), value.clone())))
        })
    }

    fn enumerator_len(self: &Arc<Self>) -> Option<usize> {
        Some(self.0.len())
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        let other = other.downcast_ref::<Self>()?;
        let names = self.0.iter().map(|field| field.0).eq(other.0.iter().map(|field| field.0));
        names.then(|| self.0.iter().map(|field| &field.1).cmp(other.0.iter().map(|field| &field.1)))
    }
}

/// A map whose keys are strings and sorted.
#[derive(Debug)]
pub(super) struct Map(Vec<(Value, Value)>);

impl Map {
    /// A map of these pairs, in this order.
    pub fn value(pairs: Vec<(Value, Value)>) -> Value {
        // Keys that are not sorted may come twice.
        let sorted = pairs.iter().all(|(key, _)| key.as_str().is_some())
            && pairs.windows(2).all(|two| two[0].0.as_str() < two[1].0.as_str());
        if sorted { Value::from_object(Map(pairs)) } else { Value::from_pairs(pairs) }
    }
}

impl Object for Map {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        let at = self.0.binary_search_by(|(other, _)| other.as_str().cmp(&Some(key))).ok()?;
        Some(self.0[at].1.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        self.mapped_rev_key_value_enumerator(|it| Box::new(it.0.iter().cloned()))
    }

    fn enumerator_len(self: &Arc<Self>) -> Option<usize> {
        Some(self.0.len())
    }

    fn custom_cmp(self: &Arc<Self>, other: &DynObject) -> Option<Ordering> {
        Some(self.0.cmp(&other.downcast_ref::<Self>()?.0))
    }
}
