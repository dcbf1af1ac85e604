//! Schemas that are written alike, down to all they refer to. Most of a contract is what it was; of that no shapes are
//! made. Each pair of places that a `$ref` leads to is looked at once.

use super::term::{Atom, TermId, Which};
use super::{Judge, Value};
use std::collections::BTreeMap;

/// Keywords whose value is data: a `$ref` in it refers to nothing.
const DATA: [&str; 5] = ["example", "examples", "default", "enum", "const"];
/// Keywords whose value is a map from names to schemas.
const NAMES: [&str; 6] =
    ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies"];

/// Pairs of places that are looked at in all: as many as a contract refers to, unless its circles are of two lengths.
const LOOKED_AT: usize = 200_000;

/// The pairs known.
#[derive(Debug, Default)]
pub struct Identities<'s, 'a> {
    known: BTreeMap<(usize, usize), usize>,
    nodes: Vec<Node<'s, 'a>>,
}

/// Two places.
#[derive(Debug)]
struct Node<'s, 'a> {
    old: &'s Value<'a>,
    new: &'s Value<'a>,
    /// Where the references in both lead; only those before the first difference.
    next: Vec<usize>,
    /// They differ themselves.
    differs: bool,
    entered: bool,
    /// Whether they are alike down to the end, once known.
    alike: Option<bool>,
}

/// What two schemas that are written alike lead to.
#[derive(Default)]
struct References<'s, 'a> {
    /// `$ref`s of both sides that stand in the same place.
    refs: Vec<(&'s Value<'a>, &'s Value<'a>)>,
    /// Schemas with a `discriminator`, which stand for others.
    parents: Vec<(&'s Value<'a>, &'s Value<'a>)>,
}

impl<'s, 'a> Judge<'s, 'a> {
    /// Whether two terms are alike; `false` where that is not plain to see, as for two of one side.
    pub(super) fn alike(&mut self, old: TermId, new: TermId) -> bool {
        let (from, to) = (self.origin(old), self.origin(new));
        if (from.which, to.which) != (Which::Old, Which::New) || from.reading != to.reading {
            return false;
        }
        let atoms = |term: TermId| self.terms.all[term.0 as usize].atoms.clone();
        let (left, right) = (atoms(old), atoms(new));
        left.len() == right.len()
            && left.iter().zip(&right).all(|pair| match pair {
                (Atom::Schema(left), Atom::Schema(right)) => self.identical(left, right),
                _ => false,
            })
    }

    /// Whether two schemas are alike.
    pub(super) fn identical(&mut self, old: &'s Value<'a>, new: &'s Value<'a>) -> bool {
        let mut references = References::default();
        if self.old_dialect != self.new_dialect || !written(old, new, false, &mut references) {
            return false;
        }
        let next = self.led_to(references);
        next.is_some_and(|next| next.into_iter().all(|node| self.decided(node)))
    }

    /// The nodes of all that two schemas lead to; `None` where they stand for other kinds.
    fn led_to(&mut self, References { refs, parents }: References<'s, 'a>) -> Option<Vec<usize>> {
        let mut next: Vec<usize> = refs.into_iter().filter_map(|pair| self.node(pair)).collect();
        for (old, new) in parents {
            let (was, is) = (self.kin(Which::Old, old), self.kin(Which::New, new));
            if !was.keys().eq(is.keys()) {
                return None;
            }
            next.extend(was.into_values().zip(is.into_values()).map(|(old, new)| self.node_of(old, new)));
        }
        Some(next)
    }

    /// The node of what two references lead to; `None` where either leads nowhere, which is told elsewhere. Beyond what is
    /// looked at, one that differs.
    fn node(&mut self, (old, new): (&'s Value<'a>, &'s Value<'a>)) -> Option<usize> {
        let old = self.target(Which::Old, old)?;
        let new = self.target(Which::New, new)?;
        Some(self.node_of(old, new))
    }

    fn node_of(&mut self, old: &'s Value<'a>, new: &'s Value<'a>) -> usize {
        let at = self.identities.nodes.len();
        if at > LOOKED_AT {
            return LOOKED_AT;
        }
        let key = (std::ptr::from_ref(old) as usize, std::ptr::from_ref(new) as usize);
        let node = *self.identities.known.entry(key).or_insert(at);
        if node == at {
            let beyond = at >= LOOKED_AT;
            let (differs, entered, alike) = (beyond, beyond, beyond.then_some(false));
            self.identities.nodes.push(Node { old, new, next: vec![], differs, entered, alike });
        }
        node
    }

    /// Looks at all that can be reached from a node and was not yet, and decides it all.
    fn decided(&mut self, root: usize) -> bool {
        if let Some(alike) = self.identities.nodes[root].alike {
            return alike;
        }
        let (mut found, mut waiting) = (vec![], vec![root]);
        while let Some(at) = waiting.pop() {
            let node = &mut self.identities.nodes[at];
            if node.alike.is_some() || std::mem::replace(&mut node.entered, true) {
                continue;
            }
            self.compared += 1;
            let (old, new, mut references) = (node.old, node.new, References::default());
            let mut differs = !written(old, new, false, &mut references);
            let next = self.led_to(references);
            differs |= next.is_none();
            let next = next.unwrap_or_default();
            waiting.extend(&next);
            let node = &mut self.identities.nodes[at];
            (node.differs, node.next) = (differs, next);
            found.push(at);
        }
        self.identities.spread(&found);
        self.identities.nodes[root].alike.unwrap_or(false)
    }
}

impl Identities<'_, '_> {
    /// What leads to a difference differs; the rest of what was found is alike.
    fn spread(&mut self, found: &[usize]) {
        let mut back: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut waiting = vec![];
        for &at in found {
            let node = &self.nodes[at];
            if node.differs || node.next.iter().any(|next| self.nodes[*next].alike == Some(false)) {
                waiting.push(at);
            }
            node.next.iter().for_each(|next| back.entry(*next).or_default().push(at));
        }
        while let Some(at) = waiting.pop() {
            if self.nodes[at].alike.replace(false).is_none() {
                waiting.extend(back.get(&at).into_iter().flatten());
            }
        }
        for &at in found {
            self.nodes[at].alike.get_or_insert(true);
        }
    }
}

/// Whether two schemas are written alike but for the order of keys; their references are gathered.
fn written<'s, 'a>(
    old: &'s Value<'a>,
    new: &'s Value<'a>,
    names: bool,
    references: &mut References<'s, 'a>,
) -> bool {
    let (left, right) = (old.entries(), new.entries());
    if left.is_empty() || right.is_empty() {
        let (one, other) = (old.items(), new.items());
        return one.len() == other.len()
            && !one.is_empty()
            && one.iter().zip(other).all(|(one, other)| written(one, other, false, references))
            || one.is_empty() && old.same(new);
    }
    left.len() == right.len()
        && left.iter().enumerate().all(|(at, entry)| {
            let beside = right.get(at).filter(|other| other.key == entry.key);
            let Some(other) = beside.map(|other| &other.value).or_else(|| new.get(&entry.key)) else {
                return false;
            };
            match entry.key.as_ref() {
                _ if names => written(&entry.value, other, false, references),
                "$dynamicRef" | "$recursiveRef" => false,
                "$ref" => {
                    references.refs.push((&entry.value, other));
                    entry.value.same(other)
                }
                "discriminator" => {
                    references.parents.push((old, new));
                    entry.value.same(other)
                }
                key if DATA.contains(&key) || key.starts_with("x-") => entry.value.same(other),
                key => written(&entry.value, other, NAMES.contains(&key), references),
            }
        })
}
