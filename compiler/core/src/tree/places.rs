//! Where each field is said by hand: what is left to know of a tree when the model was made of it.

use super::name::is_within;
use super::{Item, Layer, Origin};
use bastide_report::source::FileId;
use std::collections::{BTreeMap, BTreeSet};

/// Kinds that no target writes: they steer the compiler.
const STEERING: [&str; 5] = ["lint", "policy", "archetype", "resource-type", "defaults"];

/// The rule that asks for them.
pub const RULE: &str = "not-covered";

/// Parts with names of their own: what is said in them is told of them by these names alone, not of the node around them.
pub const NAMED: [&str; 4] = ["calls", "route", "job", "api"];

/// One place where a field is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// The node at the top, by its number in [`Places::nodes`].
    pub node: usize,
    /// Who says it, by its number in the names of [`Places`].
    who: usize,
    /// The place.
    pub origin: Origin,
}

/// Every place of each field (`service.scale.min`), in the order of the nodes.
#[derive(Clone, Debug, Default)]
pub struct Places {
    /// The nodes at the top that say anything: kind and name.
    pub nodes: Vec<(&'static str, Box<str>)>,
    names: Vec<Box<str>>,
    fields: BTreeMap<String, Vec<Said>>,
}

impl Places {
    /// The fields of a merged tree, without those in nodes whose path is `waived`. What an archetype says is said by who is
    /// `like` it; of defaults, what stands in `own` files counts, not those of the standard library.
    pub fn of(tree: &[Item], own: &BTreeSet<FileId>, waived: impl Fn(&str) -> bool) -> Places {
        let (node, path, name, like) = (String::new(), String::new(), String::new(), None);
        let mut walk = Walk { places: Places::default(), own, waived, node, path, name, like };
        for item in tree.iter().filter(|item| !STEERING.contains(&item.schema.node)) {
            walk.top(item);
        }
        walk.places
    }

    /// All fields, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[Said])> {
        self.fields.iter().map(|(field, places)| (field.as_str(), places.as_slice()))
    }

    /// How many places of a field, and of what stands in it, each node has, by kind and name.
    pub fn count(&self, field: &str) -> BTreeMap<(&str, &str), usize> {
        let mut count = BTreeMap::new();
        for (_, places) in self.fields.iter().filter(|(it, _)| is_within(it, field)) {
            for said in places {
                let (kind, name) = &self.nodes[said.node];
                *count.entry((*kind, &**name)).or_default() += 1;
            }
        }
        count
    }

    /// Whether anybody says this field.
    pub fn says(&self, field: &str) -> bool {
        self.fields.contains_key(field)
    }

    /// Who says it: `cart`, or for a part with a name of its own `cart calls catalog`.
    pub fn name(&self, said: &Said) -> &str {
        &self.names[said.who]
    }

    fn note(&mut self, field: &str, origin: Origin) {
        let said = Said { node: self.nodes.len() - 1, who: self.names.len() - 1, origin };
        match self.fields.get_mut(field) {
            Some(places) => places.push(said),
            None => drop(self.fields.insert(field.into(), vec![said])),
        }
    }
}

struct Walk<'a, W> {
    places: Places,
    /// Files of the spec.
    own: &'a BTreeSet<FileId>,
    waived: W,
    /// Path of the node in the spec.
    node: String,
    /// Path of its kind: fields of all nodes of a kind are noted together.
    path: String,
    /// What people call it.
    name: String,
    /// Where the node at the top says what it is like.
    like: Option<Origin>,
}

impl<W: Fn(&str) -> bool> Walk<'_, W> {
    fn top(&mut self, item: &Item) {
        self.node.clear();
        item.push_path(&mut self.node);
        self.path.clear();
        self.path.push_str(item.schema.node);
        self.name.clear();
        self.name.push_str(if item.key.is_empty() { item.schema.node } else { &item.key });
        self.like = item.field("like").map(|at| at.origin);
        self.places.nodes.push((item.schema.node, item.key.clone()));
        self.places.names.push(self.name.as_str().into());
        // A node of which nothing but its name is said is carried out where others name it.
        if !item.parts.is_empty() || !item.fields.is_empty() {
            self.item(item);
        }
    }

    /// Where a person says it; none if the language does by itself.
    fn by_hand(&self, origin: Origin) -> Option<Origin> {
        match origin.layer {
            Layer::Spec | Layer::Overlay => Some(origin),
            Layer::Archetype | Layer::Default if self.own.contains(&origin.span.file) => Some(origin),
            Layer::Archetype => self.like,
            Layer::Default | Layer::Type | Layer::Derived => None,
        }
    }

    /// Notes where each field is said by hand. Parts with names of their own begin anew.
    fn item(&mut self, item: &Item) {
        if item.schema.check_only || (self.waived)(&self.node) {
            return;
        }
        let check_only = |name: &str| item.schema.prop(name).is_some_and(|prop| prop.check_only);
        for field in item.fields.iter().filter(|field| !check_only(field.name)) {
            if let Some(origin) = self.by_hand(field.at.origin) {
                let outer = self.push(field.name);
                self.places.note(&self.path, origin);
                self.path.truncate(outer);
            }
        }
        let value = item.values.first().map(|field| field.at.origin);
        let bare = item.parts.is_empty() && item.fields.is_empty();
        let value = value.or(bare.then_some(item.origin)).and_then(|origin| self.by_hand(origin));
        if let Some(origin) = value {
            self.places.note(&self.path, origin);
        }
        let (free, parts): (Vec<&Item>, Vec<&Item>) = item.parts.iter().partition(|part| part.is_free());
        // A text of one's own names stands for all of them: the first one a person wrote.
        if let Some(origin) = free.iter().find_map(|part| self.by_hand(part.origin)) {
            self.places.note(&self.path, origin);
        }
        parts
            .into_iter()
            .filter(|part| !STEERING.contains(&part.schema.node))
            .for_each(|part| self.part(part));
    }

    fn part(&mut self, part: &Item) {
        let node = self.node.len();
        part.push_path(&mut self.node);
        if NAMED.contains(&part.schema.node) {
            self.named(part, node);
        } else {
            let outer = self.push(part.schema.node);
            self.item(part);
            self.path.truncate(outer);
        }
        self.node.truncate(node);
    }

    /// A part with a name of its own; its path begins at `node`, behind a dot.
    fn named(&mut self, part: &Item, node: usize) {
        let outer = std::mem::replace(&mut self.path, part.schema.node.into());
        let name = self.name.len();
        self.name.push(' ');
        self.name.push_str(&self.node[node + 1..].replacen('.', " ", 1));
        self.places.names.push(self.name.as_str().into());
        self.item(part);
        self.name.truncate(name);
        // What follows is said by the node around it again.
        self.places.names.push(self.name.as_str().into());
        self.path = outer;
    }

    /// Goes a step down the path of kinds; returns the length to go back to.
    fn push(&mut self, step: &str) -> usize {
        let outer = self.path.len();
        self.path.push('.');
        self.path.push_str(step);
        outer
    }
}
