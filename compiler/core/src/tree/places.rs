//! Where each field is said by hand: what is left to know of a tree when the model was made of it.

use super::{Item, Layer, Origin};
use std::collections::BTreeMap;

/// Kinds that no target writes: they steer the compiler.
const STEERING: [&str; 6] = ["environment", "lint", "policy", "archetype", "resource-type", "defaults"];

/// The rule that asks for them.
pub const RULE: &str = "not-covered";

/// Where a field is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The first place.
    pub first: Origin,
    /// How many places there are.
    pub count: usize,
}

/// By field (`service.scale.min`).
#[derive(Clone, Debug, Default)]
pub struct Places(BTreeMap<String, Place>);

impl Places {
    /// The fields of a merged tree, without those in nodes whose path is `waived`.
    pub fn of(tree: &[Item], waived: impl Fn(&str) -> bool) -> Places {
        let mut walk = Walk { places: Places::default(), waived };
        for item in tree.iter().filter(|item| !STEERING.contains(&item.schema.node)) {
            walk.item(item, &item.path(), item.schema.node);
        }
        walk.places
    }

    /// All fields, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Place)> {
        self.0.iter().map(|(field, place)| (field.as_str(), *place))
    }

    fn note(&mut self, field: String, first: Origin) {
        self.0.entry(field).and_modify(|place| place.count += 1).or_insert(Place { first, count: 1 });
    }
}

struct Walk<W> {
    places: Places,
    waived: W,
}

impl<W: Fn(&str) -> bool> Walk<W> {
    /// Notes where each field is said by hand. Parts with names of their own (`calls`, `route`, `job`) begin anew.
    fn item(&mut self, item: &Item, node: &str, path: &str) {
        if item.schema.judged || (self.waived)(node) {
            return;
        }
        let by_hand = |origin: &Origin| matches!(origin.layer, Layer::Spec | Layer::Overlay);
        let judged = |name: &str| item.schema.prop(name).is_some_and(|prop| prop.judged);
        for field in item.fields.iter().filter(|field| by_hand(&field.at.origin) && !judged(field.name)) {
            self.places.note(format!("{path}.{}", field.name), field.at.origin);
        }
        if item.parts.is_empty() && item.fields.is_empty() && by_hand(&item.origin) {
            self.places.note(path.to_string(), item.origin);
        }
        for part in item.parts.iter().filter(|part| !part.is_free() && !STEERING.contains(&part.schema.node))
        {
            let own = ["calls", "route", "job", "api"].contains(&part.schema.node);
            let inner = if own { part.schema.node.into() } else { format!("{path}.{}", part.schema.node) };
            self.item(part, &part.path_in(node), &inner);
        }
        if item.parts.iter().any(|part| part.is_free() && by_hand(&part.origin)) {
            self.places.note(path.to_string(), item.origin);
        }
    }
}
