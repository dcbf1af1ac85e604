//! Where each field is said by hand: what is left to know of a tree when the model was made of it.

use super::{Item, Layer, Origin};
use std::collections::BTreeMap;

/// Kinds that no target writes: they steer the compiler.
const STEERING: [&str; 5] = ["lint", "policy", "archetype", "resource-type", "defaults"];

/// The rule that asks for them.
pub const RULE: &str = "not-covered";

/// One place where a field is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// The node at the top, by its number in [`Places::nodes`].
    pub node: usize,
    /// The place.
    pub origin: Origin,
}

/// Every place of each field (`service.scale.min`), in the order of the nodes.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The nodes at the top that say anything: kind and name.
    pub nodes: Vec<(&'static str, Box<str>)>,
    fields: BTreeMap<String, Vec<Said>>,
}

impl Places {
    /// The fields of a merged tree, without those in nodes whose path is `waived`.
    pub fn of(tree: &[Item], waived: impl Fn(&str) -> bool) -> Places {
        let mut walk = Walk { places: Places::default(), waived, node: String::new(), path: String::new() };
        for item in tree.iter().filter(|item| !STEERING.contains(&item.schema.node)) {
            walk.node.clear();
            item.push_path(&mut walk.node);
            walk.path.clear();
            walk.path.push_str(item.schema.node);
            walk.places.nodes.push((item.schema.node, item.key.clone()));
            walk.item(item);
        }
        walk.places
    }

    /// All fields, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Said])> {
        self.fields.iter().map(|(field, places)| (field.as_str(), places.as_slice()))
    }

    /// Whether anybody says this field.
    pub fn says(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    fn note(&mut self, field: &str, origin: Origin) {
        let said = Said { node: self.nodes.len() - 1, origin };
        match self.fields.get_mut(field) {
            Some(places) => places.push(said),
            None => drop(self.fields.insert(field.into(), vec![said])),
        }
    }
}

struct Walk<W> {
    places: Places,
    waived: W,
    /// Path of the node in the spec.
    node: String,
    /// Path of its kind: fields of all nodes of a kind are noted together.
    path: String,
}

impl<W: Fn(&str) -> bool> Walk<W> {
    /// Notes where each field is said by hand. Parts with names of their own (`calls`, `route`, `job`) begin anew.
    fn item(&mut self, item: &Item) {
        if item.schema.check_only || (self.waived)(&self.node) {
            return;
        }
        let by_hand = |origin: &Origin| matches!(origin.layer, Layer::Spec | Layer::Overlay);
        let check_only = |name: &str| item.schema.prop(name).is_some_and(|prop| prop.check_only);
        for field in item.fields.iter().filter(|field| by_hand(&field.at.origin) && !check_only(field.name)) {
            let outer = self.push(field.name);
            self.places.note(&self.path, field.at.origin);
            self.path.truncate(outer);
        }
        let value = item.values.first().map(|field| field.at.origin);
        let bare = item.parts.is_empty() && item.fields.is_empty();
        if let Some(origin) = value.or(bare.then_some(item.origin)).filter(by_hand) {
            self.places.note(&self.path, origin);
        }
        for part in item.parts.iter().filter(|part| !part.is_free() && !STEERING.contains(&part.schema.node))
        {
            self.part(part);
        }
        if item.parts.iter().any(|part| part.is_free() && by_hand(&part.origin)) {
            self.places.note(&self.path, item.origin);
        }
    }

    fn part(&mut self, part: &Item) {
        let node = self.node.len();
        part.push_path(&mut self.node);
        if ["calls", "route", "job", "api"].contains(&part.schema.node) {
            let outer = std::mem::replace(&mut self.path, part.schema.node.into());
            self.item(part);
            self.path = outer;
        } else {
            let outer = self.push(part.schema.node);
            self.item(part);
            self.path.truncate(outer);
        }
        self.node.truncate(node);
    }

    /// Goes a step down the path of kinds; returns the length to go back to.
    fn push(&mut self, step: &str) -> usize {
        let outer = self.path.len();
        self.path.push('.');
        self.path.push_str(step);
        outer
    }
}
