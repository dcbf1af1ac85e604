//! What changed besides what keeps somebody from reading: fields come and gone, defaults, names, words.

use super::schema::{Field, Id, Node, Schema, Shape};
use super::words::short;
use crate::value::same;
use crate::{Bump, Change, Direction, Places, Subject, place};
use std::collections::{BTreeMap, BTreeSet};

/// Deepest chain of types that is followed.
const DEEPEST: usize = 250;

/// Two schemas, and what was found between them.
pub(super) struct Diff<'s, 'v> {
    pub old: &'s Schema<'v>,
    pub new: &'s Schema<'v>,
    /// Paths at which somebody cannot read: what changed there is told already.
    pub told: BTreeSet<String>,
    /// What was found.
    pub changes: Vec<Change>,
    /// Things that stand on both sides.
    pub compared: usize,
    seen: BTreeSet<(Id, Id)>,
}

impl<'s, 'v> Diff<'s, 'v> {
    /// Nothing looked at yet.
    pub(super) fn new(old: &'s Schema<'v>, new: &'s Schema<'v>) -> Diff<'s, 'v> {
        Diff { old, new, told: BTreeSet::new(), changes: vec![], compared: 0, seen: BTreeSet::new() }
    }

    /// Compares two nodes and all below them, each pair once.
    pub(super) fn types(&mut self, old: Id, new: Id, path: &str, depth: usize) {
        let (old, new) = (self.old.id(old), self.new.id(new));
        if depth == DEEPEST || !self.seen.insert((old, new)) {
            return;
        }
        self.compared += 1;
        let (was, is) = (&self.old.nodes[old], &self.new.nodes[new]);
        match (&was.shape, &is.shape) {
            (Shape::Record(fields), Shape::Record(others)) => {
                self.named(was, is, path);
                self.fields(fields, others, path, depth);
                self.places(path, (was, is), names_of(fields), names_of(others));
            }
            (Shape::Enum { symbols, default }, Shape::Enum { symbols: others, default: other }) => {
                self.named(was, is, path);
                self.symbols(path, (was, is), (symbols, others), (*default, *other));
            }
            (Shape::Fixed(_), Shape::Fixed(_)) => self.named(was, is, path),
            (Shape::Array(items), Shape::Array(others)) => {
                self.types(*items, *others, &format!("{path}[]"), depth + 1);
            }
            (Shape::Map(values), Shape::Map(others)) => {
                self.types(*values, *others, &format!("{path}{{}}"), depth + 1);
            }
            (Shape::Primitive(word), Shape::Primitive(other)) if word == other => {}
            _ => self.branches(old, new, path, depth),
        }
        self.written(was, is, path);
    }

    /// A union on either side: branches of one name are compared, the others make it another type.
    fn branches(&mut self, old: Id, new: Id, path: &str, depth: usize) {
        let list = |schema: &Schema<'v>, id: Id| match &schema.nodes[id].shape {
            Shape::Union(branches) => branches.clone(),
            _ => vec![id],
        };
        let label = |schema: &Schema<'v>, ids: Vec<Id>| -> Vec<(String, Id)> {
            ids.into_iter().map(|id| (schema.label(id), id)).collect()
        };
        let was = label(self.old, list(self.old, old));
        let is = label(self.new, list(self.new, new));
        let news: BTreeMap<&str, Id> = is.iter().map(|(label, id)| (label.as_str(), *id)).collect();
        for (label, id) in &was {
            if let Some(other) = news.get(label.as_str()) {
                self.types(*id, *other, path, depth + 1);
            }
        }
        let both = was.iter().filter(|(label, _)| news.contains_key(label.as_str())).count();
        let nodes = (&self.old.nodes[old], &self.new.nodes[new]);
        if both != was.len() || both != is.len() || nodes.0.shape.as_str() != nodes.1.shape.as_str() {
            let (was, is) = (self.old.label(old), self.new.label(new));
            let message = format!("`{path}` is `{is}`, was `{was}`; both can be read as the other");
            self.fact("avro/type-changed", path, (place(nodes.0.at, was), place(nodes.1.at, is)), message);
        } else {
            let names =
                |list: &[(String, Id)]| list.iter().map(|(label, _)| label.clone()).collect::<Vec<_>>();
            self.places(path, nodes, names(&was), names(&is));
        }
    }

    fn fields(&mut self, old: &'s [Field<'v>], new: &'s [Field<'v>], path: &str, depth: usize) {
        let olds: BTreeMap<&str, &'s Field<'v>> = old.iter().map(|field| (field.name, field)).collect();
        let news: BTreeSet<&str> = new.iter().map(|field| field.name).collect();
        let back = |field: &Field<'v>| {
            old.iter().find(|other| other.aliases.contains(&field.name) && !news.contains(other.name))
        };
        let mut matched = BTreeSet::new();
        for field in new {
            let renamed = || {
                let mut names = field.aliases.iter().filter(|alias| !news.contains(*alias));
                names.find_map(|alias| olds.get(alias).copied()).or_else(|| back(field))
            };
            let path = format!("{path}.{}", field.name);
            match olds.get(field.name).copied().or_else(renamed) {
                Some(other) => {
                    matched.insert(other.name);
                    self.field(other, field, &path, depth);
                }
                None => {
                    let message = format!("`{path}` is new");
                    let sides = (None, place(field.at, self.new.label(field.node)));
                    self.note("avro/field-added", &path, sides, message);
                }
            }
        }
        for field in old.iter().filter(|field| !matched.contains(field.name)) {
            let path = format!("{path}.{}", field.name);
            let sides = (place(field.at, self.old.label(field.node)), None);
            self.note("avro/field-removed", &path, sides, format!("`{path}` is gone"));
        }
    }

    fn field(&mut self, old: &'s Field<'v>, new: &'s Field<'v>, path: &str, depth: usize) {
        self.compared += 1;
        if old.name != new.name {
            let message = format!("`{path}` was called `{}`", old.name);
            let sides = (place(old.at, old.name), place(new.at, new.name));
            self.tell("avro/field-renamed", path, sides, message);
        }
        self.types(old.node, new.node, path, depth + 1);
        if !same(old.default, new.default) {
            let text = |value: Option<&_>| value.map(short).unwrap_or_default();
            let message = match (old.default, new.default) {
                (None, _) => format!("`{path}` has a default, which it had not"),
                (_, None) => format!("`{path}` has no default any more"),
                _ => format!("the default of `{path}` is another one"),
            };
            let sides = (place(old.at, text(old.default)), place(new.at, text(new.default)));
            self.fact("avro/default-changed", path, sides, message);
        }
        let order = |field: &Field<'_>| field.written.text_at("order").unwrap_or("ascending").to_lowercase();
        if order(old) != order(new) {
            let message = format!("`{path}` is sorted otherwise");
            self.fact("avro/order-changed", path, (place(old.at, ""), place(new.at, "")), message);
        }
        self.words(path, (old.written, new.written), "name type default order doc aliases");
    }

    fn symbols(
        &mut self,
        path: &str,
        (was, is): (&Node<'v>, &Node<'v>),
        (old, new): (&[&'v str], &[&'v str]),
        (default, other): (Option<&str>, Option<&str>),
    ) {
        let (olds, news): (BTreeSet<_>, BTreeSet<_>) = (old.iter().collect(), new.iter().collect());
        for symbol in news.difference(&olds) {
            let message = format!("`{symbol}` is a new symbol of `{path}`");
            self.note("avro/enum-symbol-added", path, (None, place(is.at, symbol)), message);
        }
        for symbol in olds.difference(&news) {
            let message = format!("`{symbol}` is no symbol of `{path}` any more");
            self.note("avro/enum-symbol-removed", path, (place(was.at, symbol), None), message);
        }
        if default != other {
            let text = |default: Option<&str>| default.unwrap_or_default().to_string();
            let message = format!("readers take another symbol for those of `{path}` they do not know");
            let sides = (place(was.at, text(default)), place(is.at, text(other)));
            self.fact("avro/default-changed", path, sides, message);
        }
        let names = |list: &[&str]| list.iter().map(ToString::to_string).collect::<Vec<_>>();
        self.places(path, (was, is), names(old), names(new));
    }

    /// The order of what stands on both sides.
    fn places(&mut self, path: &str, (was, is): (&Node<'v>, &Node<'v>), old: Vec<String>, new: Vec<String>) {
        let (olds, news): (BTreeSet<_>, BTreeSet<_>) = (old.iter().collect(), new.iter().collect());
        let left = old.iter().filter(|name| news.contains(name));
        let right = new.iter().filter(|name| olds.contains(name));
        if !left.eq(right) {
            let message = format!("the parts of `{path}` stand in another order");
            self.fact("avro/order-changed", path, (place(was.at, ""), place(is.at, "")), message);
        }
    }

    fn named(&mut self, old: &Node<'v>, new: &Node<'v>, path: &str) {
        let (Some(was), Some(is)) = (&old.named, &new.named) else { return };
        if was.full != is.full {
            let message = format!("`{path}` is a `{}`, was a `{}`", is.full, was.full);
            let sides = (place(old.at, &was.full), place(new.at, &is.full));
            self.fact("avro/type-renamed", path, sides, message);
        }
    }
}

fn names_of(fields: &[Field<'_>]) -> Vec<String> {
    fields.iter().map(|field| field.name.to_string()).collect()
}

/// What a consumer names: the path without the name of the whole, which need not be the same on both sides.
pub(super) fn element(path: &str) -> String {
    path.split_once('.').map_or("", |(_, rest)| rest).into()
}

impl Diff<'_, '_> {
    /// Notes a change.
    pub(super) fn tell(&mut self, kind: &str, path: &str, places: impl Into<Places>, message: String) {
        self.changes.push(change(kind, path, message).between(places));
    }

    /// Notes a change unless somebody cannot read at its path.
    fn note(&mut self, kind: &str, path: &str, places: impl Into<Places>, message: String) {
        if !self.told.contains(path) {
            self.tell(kind, path, places, message);
        }
    }

    /// Notes a change with places on both sides. Of what somebody cannot read, it tells only words.
    pub(super) fn fact(&mut self, kind: &str, path: &str, places: impl Into<Places>, message: String) {
        let change = change(kind, path, message).between(places);
        if change.bump != Bump::Minor || !self.told.contains(path) {
            self.changes.push(change);
        }
    }
}

/// A change at a path, without places.
pub(super) fn change(kind: &str, path: &str, message: String) -> Change {
    let subject = Subject { element: element(path), path: path.into(), direction: Direction::Both };
    Change::new(kind, subject, message)
}
