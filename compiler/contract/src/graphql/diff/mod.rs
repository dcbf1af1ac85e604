//! The differences between two schemas.

mod directives;
pub(super) mod inputs;
mod members;
mod roots;
mod shapes;
mod types;
mod words;

use super::schema::{Kind, Member, Name, Schema};
use crate::{Change, Changes, Options};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Two schemas, and what was found between them.
pub(super) struct Diff<'s, 'a> {
    pub old: &'s Schema<'a>,
    pub new: &'s Schema<'a>,
    /// Types that answers can hold: clients see what is new among their values.
    pub answers: BTreeSet<&'a str>,
    /// Whether clients are closed: new values in answers break them.
    pub strict: bool,
    /// What was found.
    pub changes: Vec<Change>,
    /// What stands on both sides.
    pub compared: usize,
}

/// All changes, and how many things stand on both sides.
pub(super) fn diff(old: &Schema<'_>, new: &Schema<'_>, options: &Options) -> (Vec<Change>, usize) {
    let answers = if options.strict { answers(old) } else { BTreeSet::new() };
    let mut diff = Diff { old, new, answers, strict: options.strict, changes: vec![], compared: 0 };
    diff.roots();
    diff.directives();
    diff.types();
    (diff.changes, diff.compared)
}

/// Names of types that fields of objects and interfaces have.
fn answers<'a>(schema: &Schema<'a>) -> BTreeSet<&'a str> {
    let fields = schema.types.values().filter(|typ| matches!(typ.kind, Kind::Object | Kind::Interface));
    fields.flat_map(|typ| &typ.members).map(|field| field.shape.named()).collect()
}

impl Changes for Diff<'_, '_> {
    fn push(&mut self, change: Change) {
        self.changes.push(change);
    }
}

/// What has a name, by which lists of it are sorted.
pub(super) trait Named {
    fn name(&self) -> &str;
}

impl Named for Name<'_> {
    fn name(&self) -> &str {
        self.text
    }
}

impl Named for Member<'_> {
    fn name(&self) -> &str {
        self.name.text
    }
}

/// A name, and what goes by it on either side.
type Pair<'s, T> = (&'s str, Option<&'s T>, Option<&'s T>);

/// What stands in two sorted lists: only in the old, only in the new, in both.
pub(super) fn pair<'s, T: Named>(old: &'s [T], new: &'s [T]) -> Vec<Pair<'s, T>> {
    let (mut left, mut right) = (old.iter().peekable(), new.iter().peekable());
    let mut pairs = Vec::with_capacity(old.len().max(new.len()));
    loop {
        let (name, order) = match (left.peek(), right.peek()) {
            (Some(old), Some(new)) if old.name() > new.name() => (new.name(), Ordering::Greater),
            (Some(old), Some(new)) => (old.name(), old.name().cmp(new.name())),
            (Some(old), None) => (old.name(), Ordering::Less),
            (None, Some(new)) => (new.name(), Ordering::Greater),
            (None, None) => return pairs,
        };
        let old = if order.is_le() { left.next() } else { None };
        let new = if order.is_ge() { right.next() } else { None };
        pairs.push((name, old, new));
    }
}
