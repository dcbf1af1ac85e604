//! Nodes of one kind in a plan. Copies of a plan share them until one is changed: rules are asked about many plans that
//! differ from another in a node or two.

use serde::{Serialize, Serializer};
use std::ops::{Deref, DerefMut};
use std::slice::Iter;
use std::sync::Arc;

/// Nodes of one kind, in their order.
#[derive(Clone, Debug)]
pub struct Many<T>(Arc<Vec<T>>);

impl<T> From<Vec<T>> for Many<T> {
    fn from(nodes: Vec<T>) -> Many<T> {
        Many(Arc::new(nodes))
    }
}

impl<T> Deref for Many<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.0
    }
}

impl<T: Clone> DerefMut for Many<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        Arc::make_mut(&mut self.0)
    }
}

impl<'m, T> IntoIterator for &'m Many<T> {
    type Item = &'m T;
    type IntoIter = Iter<'m, T>;

    fn into_iter(self) -> Iter<'m, T> {
        self.0.iter()
    }
}

impl<T: Serialize> Serialize for Many<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.as_slice().serialize(serializer)
    }
}
