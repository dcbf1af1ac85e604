//! Nodes: two merged trees side by side, told apart by the tables of the language alone.

use super::pair::{self, Pair};
use super::{Difference, DifferenceKind, Effect, effect, subject};
use crate::model::Model;
use crate::schema::Schema;
use crate::secret::{MASK, find, masked};
use crate::tree::{At, Field, Item, Layer, Scalar};
use bastide_contract::Place;
use std::cmp::Ordering;

/// Kinds at the top whose meaning is in the nodes that use them.
const MERGED: &[&str] = &["archetype"];

/// Kinds whose parts mean something by their order.
const ORDERED: &[&str] = &["saga"];

/// What stands in place of a value nobody should read.
const HIDDEN: &str = "(a secret, not shown)";

/// Compares all nodes of two models; returns of how many a spec itself says something.
pub fn compare(old: &Model, new: &Model, found: &mut Vec<Difference>) -> usize {
    let mut walk = Walk { above: vec![], found, nodes: 0 };
    for (old, new) in pair::tops(&old.tree, &new.tree) {
        let node = old.or(new).map_or("", |item| item.schema.node);
        if !MERGED.contains(&node) {
            walk.pair((old, new));
        }
    }
    walk.nodes
}

/// The way down to the node that is looked at.
struct Walk<'t, 'f> {
    above: Vec<&'t Item>,
    found: &'f mut Vec<Difference>,
    nodes: usize,
}

/// One difference as the walk meets it, below the nodes above.
struct Seen<'n> {
    /// Field of the node; empty for the node itself.
    field: &'n str,
    change: DifferenceKind,
    old: Option<Place>,
    new: Option<Place>,
    order: Option<Ordering>,
    /// A text of words lost one.
    lost: bool,
    inside: bool,
}

impl<'t> Walk<'t, '_> {
    fn pair(&mut self, pair: Pair<'t>) {
        self.nodes += usize::from([pair.0, pair.1].into_iter().flatten().any(in_the_spec));
        match pair {
            (Some(old), Some(new)) => self.both(old, new),
            (Some(old), None) => self.whole(old, DifferenceKind::Removed, false),
            (None, Some(new)) => self.whole(new, DifferenceKind::Added, false),
            (None, None) => {}
        }
    }

    fn both(&mut self, old: &'t Item, new: &'t Item) {
        self.above.push(new);
        if old.key != new.key {
            let order = order(&Scalar::Text(old.key.clone()), &Scalar::Text(new.key.clone()));
            let place = |item: &Item| Some(Place { span: item.origin.span, text: item.key.to_string() });
            self.tell(Seen { old: place(old), new: place(new), order, ..changed("") });
        }
        for field in &old.fields {
            let other = new.fields.iter().find(|other| other.name == field.name);
            self.field(field, other.map(|other| &other.at));
        }
        for field in new.fields.iter().filter(|it| old.field(it.name).is_none()) {
            let place = shown(field.name, &field.at);
            self.tell(Seen { change: DifferenceKind::Added, new: Some(place), ..changed(field.name) });
        }
        self.values(old, new);
        pair::parts(&old.parts, &new.parts).into_iter().for_each(|pair| self.pair(pair));
        if ORDERED.contains(&new.schema.node) {
            self.sequence(old, new);
        }
        self.above.pop();
    }

    fn field(&mut self, old: &Field, new: Option<&At<Scalar>>) {
        let place = Some(shown(old.name, &old.at));
        match new {
            Some(at) if at.value == old.at.value => {}
            Some(at) => self.tell(Seen {
                old: place,
                new: Some(shown(old.name, at)),
                order: order(&old.at.value, &at.value),
                lost: lost(&old.at.value, &at.value),
                ..changed(old.name)
            }),
            None => self.tell(Seen { change: DifferenceKind::Removed, old: place, ..changed(old.name) }),
        }
    }

    /// The values of a node itself.
    fn values(&mut self, old: &'t Item, new: &'t Item) {
        let values = |item: &'t Item| item.values.iter().map(|field| &field.at.value);
        if values(old).eq(values(new)) {
            return;
        }
        let order = match (&old.values[..], &new.values[..]) {
            ([one], [other]) => order(&one.at.value, &other.at.value),
            _ => values(old).any(|it| !values(new).any(|other| other == it)).then_some(Ordering::Less),
        };
        self.tell(Seen { old: Some(list(old)), new: Some(list(new)), order, ..changed("") });
    }

    /// A node that only one side has, and what in it stands under a heading of its own.
    fn whole(&mut self, item: &'t Item, change: DifferenceKind, inside: bool) {
        self.above.push(item);
        if item.schema.free.is_some() && item.values.is_empty() && item.fields.is_empty() {
            // A block says nothing by itself.
            item.parts.iter().for_each(|part| self.whole(part, change, inside));
            self.above.pop();
            return;
        }
        let place = Some(Place { span: item.origin.span, text: said(item) });
        let (old, new) = if change == DifferenceKind::Removed { (place, None) } else { (None, place) };
        self.tell(Seen { field: "", change, old, new, inside, ..changed("") });
        let own = self.subject();
        for part in &item.parts {
            self.above.push(part);
            let other = self.subject() != own;
            self.above.pop();
            if other && written(part.origin.layer) {
                self.whole(part, change, true);
            }
        }
        self.above.pop();
    }

    /// The order of the parts that both have.
    fn sequence(&mut self, old: &'t Item, new: &'t Item) {
        let both = |item: &'t Item, other: &'t Item| -> Vec<&'t str> {
            let has = |part: &&Item| other.parts.iter().any(|it| it.identity() == part.identity());
            item.parts.iter().filter(has).map(|part| &*part.key).collect()
        };
        let (before, after) = (both(old, new), both(new, old));
        if before != after {
            let place = |item: &Item, keys: Vec<&str>| Place { span: item.origin.span, text: keys.join(" ") };
            let (old, new) = (Some(place(old, before)), Some(place(new, after)));
            self.tell(Seen { old, new, ..changed("order") });
        }
    }

    fn subject(&self) -> &'static str {
        let nodes: Vec<&'static str> = self.above.iter().map(|item| item.schema.node).collect();
        subject::of(&nodes)
    }

    fn tell(&mut self, seen: Seen<'_>) {
        let mut path = self.above.iter().fold(String::new(), |path, item| item.path_in(&path));
        let nodes = self.above.iter().map(|item| item.schema.node).filter(|node| !node.is_empty());
        let mut kind = nodes.collect::<Vec<_>>().join(".");
        if !seen.field.is_empty() {
            path = format!("{path}.{}", seen.field);
            kind = format!("{kind}.{}", seen.field);
        }
        let (mut effect, mut why) = effect::of(&kind, seen.change, seen.order, seen.lost);
        if seen.inside && seen.change == DifferenceKind::Removed && effect != Effect::Breaking {
            (effect, why) = (Effect::Safe, "");
        }
        let node = self.above.first().map(|item| item.path()).unwrap_or_default();
        let Seen { old, new, inside, .. } = seen;
        let whole = Difference::new(self.subject(), &node, path, seen.change);
        self.found.push(Difference { kind, old, new, effect, why: why.into(), inside, ..whole });
    }
}

fn changed(field: &str) -> Seen<'_> {
    Seen {
        field,
        change: DifferenceKind::Changed,
        old: None,
        new: None,
        order: None,
        lost: false,
        inside: false,
    }
}

/// Whether the spec says something of a node, rather than the standard library alone.
fn in_the_spec(item: &Item) -> bool {
    let mut said = item.said().iter().chain([&item.origin]);
    said.any(|origin| matches!(origin.layer, Layer::Spec | Layer::Overlay))
}

/// Whether a person wrote it, rather than the standard library.
fn written(layer: Layer) -> bool {
    matches!(layer, Layer::Spec | Layer::Overlay | Layer::Archetype)
}

/// Which of two values is greater; none where that means nothing.
fn order(old: &Scalar, new: &Scalar) -> Option<Ordering> {
    match (old, new) {
        (Scalar::Int(old), Scalar::Int(new)) => Some(new.cmp(old)),
        (Scalar::Duration(old), Scalar::Duration(new)) => Some(new.cmp(old)),
        (Scalar::Size(old), Scalar::Size(new)) => Some(new.cmp(old)),
        (Scalar::Cpu(old), Scalar::Cpu(new)) => Some(new.cmp(old)),
        (Scalar::Share(old), Scalar::Share(new)) => Some(new.cmp(old)),
        (Scalar::Date(old), Scalar::Date(new)) => Some(new.cmp(old)),
        (Scalar::Rate(old), Scalar::Rate(new)) => {
            let times = |count: u64, per: u64| u128::from(count) * u128::from(per);
            Some(times(new.count, old.per).cmp(&times(old.count, new.per)))
        }
        (Scalar::Bool(old), Scalar::Bool(new)) => Some(new.cmp(old)),
        (Scalar::Text(old), Scalar::Text(new)) => {
            let versions = (bastide_report::version::parse(old), bastide_report::version::parse(new));
            match versions {
                (Some(old), Some(new)) => Some(new.cmp(&old)),
                _ => Some(numbers(new)?.cmp(&numbers(old)?)),
            }
        }
        _ => None,
    }
}

/// The numbers of `1.2` or `16`.
fn numbers(text: &str) -> Option<Vec<u64>> {
    text.split('.').map(|part| part.parse().ok()).collect()
}

/// Whether a text of words lost one that no `*` stands for.
fn lost(old: &Scalar, new: &Scalar) -> bool {
    let (Scalar::Text(old), Scalar::Text(new)) = (old, new) else { return false };
    let has = |word: &str| new.split_whitespace().any(|it| it == word || it == "*");
    old.split_whitespace().any(|word| !has(word))
}

/// A value at its place, unless it looks like a secret.
fn shown(name: &str, at: &At<Scalar>) -> Place {
    let text = at.value.print();
    let text = match masked(&text, &find(name, &text)) {
        whole if whole == MASK => HIDDEN.into(),
        part => part.into_owned(),
    };
    Place { span: at.origin.span, text }
}

/// The values of a node at the place of the first.
fn list(item: &Item) -> Place {
    let name = if item.is_free() { &item.key } else { item.schema.node };
    let texts = item.values.iter().map(|field| shown(name, &field.at).text).collect::<Vec<_>>();
    let span = item.values.first().map_or(item.origin.span, |field| field.at.origin.span);
    Place { span, text: texts.join(" ") }
}

/// What a person wrote on the line of a node: `^1.4 timeout=800ms`.
fn said(item: &Item) -> String {
    let schema: &Schema = item.schema;
    let name = if item.is_free() { &item.key } else { schema.node };
    let values = item.values.iter().map(|field| shown(name, &field.at).text);
    let fields = item.fields.iter().filter(|field| written(field.at.origin.layer));
    let fields = fields.map(|field| format!("{}={}", field.name, shown(field.name, &field.at).text));
    values.chain(fields).collect::<Vec<_>>().join(" ")
}
