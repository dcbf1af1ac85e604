//! The differences between two schemas.

mod directives;
pub(super) mod inputs;
mod members;
mod roots;
mod shapes;
mod types;
mod words;

use super::schema::{Kind, Name, Schema, Shape};
use crate::{Bump, Change, Direction, Options, Place, Row};
use bastide_report::source::Span;
pub(super) use inputs::Rows;
use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::fmt::Display;

/// Two schemas, and what was found between them.
pub(super) struct Diff<'s, 'a> {
    /// The old one.
    pub old: &'s Schema<'a>,
    /// The new one.
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

/// All changes, by path, and how many things stand on both sides.
pub(super) fn diff(old: &Schema<'_>, new: &Schema<'_>, options: &Options) -> (Vec<Change>, usize) {
    let answers = if options.strict { answers(old) } else { BTreeSet::new() };
    let mut diff = Diff { old, new, answers, strict: options.strict, changes: vec![], compared: 0 };
    diff.roots();
    diff.directives();
    diff.types();
    let Diff { mut changes, compared, .. } = diff;
    changes.sort_by(|left, right| left.path.cmp(&right.path).then(left.row.name.cmp(right.row.name)));
    (changes, compared)
}

/// Names of types that fields of objects and interfaces have.
fn answers<'a>(schema: &Schema<'a>) -> BTreeSet<&'a str> {
    let fields = schema.types.values().filter(|typ| matches!(typ.kind, Kind::Object | Kind::Interface));
    fields.flat_map(|typ| &typ.members).map(|field| field.shape.named()).collect()
}

/// What a change is about, for people and for consumers.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// The schema coordinate: `Query.orders(first:)`.
    pub path: String,
    /// What a consumer names: `Query.orders`.
    pub element: String,
    /// Which way its data travels.
    pub direction: Direction,
}

impl Subject {
    /// A subject of which consumers speak as people do.
    pub(super) fn new(path: impl Into<String>, direction: Direction) -> Subject {
        let path = path.into();
        Subject { element: path.clone(), path, direction }
    }

    /// A part of it: consumers name the whole.
    pub(super) fn part(&self, path: impl Display) -> Subject {
        Subject {
            path: format!("{}{path}", self.path),
            element: self.element.clone(),
            direction: self.direction,
        }
    }

    /// The same, its data travelling so.
    pub(super) fn towards(mut self, direction: Direction) -> Subject {
        self.direction = direction;
        self
    }
}

impl Diff<'_, '_> {
    /// Notes a change of the row's own bump.
    pub(super) fn note(
        &mut self,
        row: &'static Row,
        subject: &Subject,
        sides: (Option<Place>, Option<Place>),
        message: String,
    ) {
        self.note_as(row, row.bump, subject, sides, message);
    }

    /// Notes a change of another bump than the row's.
    pub(super) fn note_as(
        &mut self,
        row: &'static Row,
        bump: Bump,
        subject: &Subject,
        sides: (Option<Place>, Option<Place>),
        message: String,
    ) {
        let Subject { path, element, direction } = subject.clone();
        let (old, new) = sides;
        self.changes.push(Change { row, bump, direction, path, element, old, new, message, also: vec![] });
    }
}

/// A place, and what stands there.
pub(super) fn place(span: Span, text: impl Display) -> Option<Place> {
    Some(Place { span, text: text.to_string() })
}

/// The place of a type's name.
pub(super) fn shape_place(span: Span, shape: &Shape<'_>) -> Option<Place> {
    place(span, shape)
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

/// By name.
pub(super) fn by_name(left: &Name<'_>, right: &Name<'_>) -> Ordering {
    left.text.cmp(right.text)
}
