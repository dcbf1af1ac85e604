//! The differences between two schemas.

mod directives;
pub(super) mod inputs;
mod members;
mod roots;
mod shapes;
mod types;
mod words;

use super::schema::{Kind, Name, Schema};
use crate::{Bump, Change, Options, Places, Subject};
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

impl Diff<'_, '_> {
    /// Notes a change with the bump of its kind.
    pub(super) fn note(&mut self, kind: &str, subject: &Subject, places: impl Into<Places>, message: String) {
        self.changes.push(Change::new(kind, subject.clone(), message).between(places));
    }

    /// Notes a change with another bump than that of its kind.
    pub(super) fn note_as(
        &mut self,
        kind: &str,
        bump: Bump,
        subject: &Subject,
        places: impl Into<Places>,
        message: String,
    ) {
        self.changes.push(Change::new(kind, subject.clone(), message).between(places).at(bump));
    }
}

/// What stands in two sorted lists: only in the old, only in the new, in both.
pub(super) fn pair<'s, T>(
    old: &'s [T],
    new: &'s [T],
    order: impl Fn(&T, &T) -> Ordering,
) -> Vec<(Option<&'s T>, Option<&'s T>)> {
    let (mut left, mut right) = (old.iter().peekable(), new.iter().peekable());
    let mut pairs = Vec::with_capacity(old.len().max(new.len()));
    while left.peek().is_some() || right.peek().is_some() {
        let order = match (left.peek(), right.peek()) {
            (Some(old), Some(new)) => order(old, new),
            (Some(_), None) => Ordering::Less,
            _ => Ordering::Greater,
        };
        let old = if order.is_le() { left.next() } else { None };
        let new = if order.is_ge() { right.next() } else { None };
        pairs.push((old, new));
    }
    pairs
}

pub(super) fn by_name(left: &Name<'_>, right: &Name<'_>) -> Ordering {
    left.text.cmp(right.text)
}
