//! What differs between two terms themselves. What differs in their parts is the matter of the pairs of the parts.

mod choice;
mod kin;
mod list;
mod map;
mod number;
mod text;
mod value;
mod wire;
mod words;
mod xml;

use super::graph::{Edge, Relation, Step};
use super::shape::{At, KINDS, LIST, MAP, NUMBER, Shape, TEXT};
use super::term::{Origin, TermId};
use super::{Fact, FactKind, Judge, Place, Wire, graph};
use bastide_report::source::Span;

/// What was found at a pair.
#[derive(Debug, Default)]
pub struct Found<'s> {
    /// Differences of the two themselves.
    pub facts: Vec<Fact>,
    /// Their parts.
    pub edges: Vec<Edge<'s>>,
}

/// Two terms, for those who look at one kind of value.
#[derive(Debug)]
pub struct Diff<'j, 's, 'a> {
    pub judge: &'j mut Judge<'s, 'a>,
    /// The old term.
    pub old: TermId,
    pub new: TermId,
    /// The kind that is looked at.
    pub kind: u8,
    pub found: Found<'s>,
}

impl<'s> Diff<'_, 's, '_> {
    /// The origins of the two.
    pub fn origins(&self) -> [Origin; 2] {
        [self.judge.origin(self.old), self.judge.origin(self.new)]
    }

    /// Adds a part.
    pub fn part(&mut self, step: Step<'s>, old: TermId, new: TermId) {
        let to = self.judge.pair(old, new, graph::ALL);
        self.found.edges.push(Edge { step, to, counts: BOTH });
    }
}

/// A place on one side: where, and what stands there.
pub type Side = Option<(Span, String)>;

impl<'s> Found<'s> {
    /// Adds a fact about the value itself.
    pub fn say(&mut self, kind: FactKind, relation: Relation, old: Side, new: Side, message: String) {
        let place = |side: Side| side.map(|(span, text)| Place { span, text });
        let Relation { narrows, widens } = relation;
        let (old, new, path) = (place(old), place(new), String::new());
        self.facts.push(Fact { kind, path, narrows, widens, old, new, message });
    }

    /// Adds a fact about a property.
    pub fn say_of(
        &mut self,
        name: &str,
        kind: FactKind,
        relation: Relation,
        old: Side,
        new: Side,
        message: String,
    ) {
        self.say(kind, relation, old, new, message);
        if let Some(fact) = self.facts.last_mut() {
            fact.path = graph::property(name);
        }
    }

    /// A bound that differs: `tighter` if the new one lets fewer pass.
    pub fn bound<T: std::fmt::Display>(
        &mut self,
        kind: FactKind,
        keyword: &str,
        tighter: bool,
        old: Option<At<T>>,
        new: Option<At<T>>,
    ) {
        let relation = Relation { narrows: tighter, widens: !tighter };
        let message = said(keyword, old.as_ref().map(|at| &at.value), new.as_ref().map(|at| &at.value));
        let side = |at: Option<At<T>>| at.map(|at| (at.span, format!("{keyword} {}", at.value)));
        self.say(kind, relation, side(old), side(new), message);
    }
}

/// "`maxLength` was 20 and is 10" and its like.
pub fn said<T: std::fmt::Display>(keyword: &str, old: Option<T>, new: Option<T>) -> String {
    match (old, new) {
        (Some(old), Some(new)) => format!("`{keyword}` was `{old}` and is `{new}`"),
        (None, Some(new)) => format!("`{keyword}` is set to `{new}`"),
        (Some(old), None) => format!("`{keyword}`, which was `{old}`, is lifted"),
        (None, None) => format!("`{keyword}` changed"),
    }
}

/// Only narrower.
pub const NARROWS: Relation = Relation { narrows: true, widens: false };
/// Only wider.
pub const WIDENS: Relation = Relation { narrows: false, widens: true };
/// Both.
pub const BOTH: Relation = Relation { narrows: true, widens: true };

/// Compares two terms for some kinds of value.
pub fn pair<'s, 'a>(judge: &mut Judge<'s, 'a>, old: TermId, new: TermId, kinds: u8) -> Found<'s> {
    let (left, right) = (judge.shape(old), judge.shape(new));
    let mut diff = Diff { judge, old, new, kind: kinds, found: Found::default() };
    if let (Some(one), other) | (other, Some(one)) = (left.opaque, right.opaque) {
        opaque(diff.judge, (&left, &right), (one, other), &mut diff.found);
        return diff.found;
    }
    let (left, right) = wire::compare(&mut diff, (left, right));
    if kinds == graph::ALL {
        value::kinds(&left, &right, &mut diff.found);
        kin::parents(&mut diff, &left, &right);
        words::compare(&left.words, &right.words, diff.judge.origin(new).wire == Wire::Xml, &mut diff.found);
    }
    value::class(&mut diff, NUMBER & kinds, (&left.number, &right.number), number::compare);
    value::class(&mut diff, TEXT & kinds, (&left.text, &right.text), text::compare);
    value::class(&mut diff, LIST & kinds, (&left.list, &right.list), list::compare);
    value::class(&mut diff, MAP & kinds, (&left.map, &right.map), map::compare);
    if kinds != graph::ALL {
        missing(&left, &right, kinds, &mut diff.found);
    }
    diff.found
}

/// Too deep to be looked into: equal if written alike.
fn opaque(judge: &Judge, shapes: (&Shape, &Shape), terms: (TermId, Option<TermId>), found: &mut Found) {
    let alike = terms.1.is_some_and(|other| judge.written(terms.0) == judge.written(other));
    if !alike {
        let side = |shape: &Shape| shape.span.map(|span| (span, "schema".to_string()));
        let message = "schemas nested too deep to compare are written differently".into();
        found.say(FactKind::Type, BOTH, side(shapes.0), side(shapes.1), message);
    }
}

/// Branches are compared for one kind; where one of them has nothing of it, all of it came or went.
fn missing(left: &Shape, right: &Shape, kinds: u8, found: &mut Found) {
    for (at, kind) in KINDS.iter().enumerate() {
        let has = |shape: &Shape| shape.kinds() & kinds & (1 << at) != 0;
        if has(left) != has(right) {
            let relation = if has(left) { NARROWS } else { WIDENS };
            let side = |shape: &Shape| shape.span.map(|span| (span, (*kind).to_string()));
            let message = format!("`{kind}` is {} accepted", if has(left) { "no longer" } else { "now" });
            found.say(FactKind::Type, relation, side(left), side(right), message);
        }
    }
}
