//! JSON Schema compared as sets of values: what the new schema no longer accepts, and what it accepts besides. OpenAPI,
//! AsyncAPI and JSON Schema judge these facts by the way their data travels.

mod accepts;
mod branches;
mod build;
mod diff;
pub mod example;
mod fact_kind;
mod formats;
mod graph;
mod identical;
mod intersect;
mod keyword;
mod kin;
mod literal;
mod normalize;
mod own;
mod pattern;
mod shape;
mod term;
#[cfg(test)]
mod tests;
mod unevaluated;
mod union;
mod wire;
mod work;

pub use fact_kind::FactKind;
pub use keyword::{KEYWORDS, Keyword, Outcome};
pub use wire::Wire;

use super::library::Library;
use super::value::Value;
use super::{Bump, Direction, Place, Skipped};
use bastide_report::finding::Finding;
use graph::Graph;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use term::{Origin, Terms, Which};

/// How the data travels; properties that are only read do not count in requests, nor those only written in answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reading {
    /// Sent to the service.
    Request,
    /// Sent by the service.
    Response,
    /// Data at rest: everything counts.
    Data,
}

impl Reading {
    /// How the names of kinds of change begin: what services send is an answer, all else is asked of them.
    pub fn way(self) -> &'static str {
        if self == Reading::Response { "response" } else { "request" }
    }

    /// Which way that is.
    pub fn direction(self) -> Direction {
        match self {
            Reading::Request => Direction::Request,
            Reading::Response => Direction::Response,
            Reading::Data => Direction::Both,
        }
    }
}

/// What a schema's words mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// OpenAPI 3.0: `nullable`, boolean `exclusiveMinimum`, no siblings of `$ref`.
    OpenApi30,
    /// JSON Schema up to draft 7.
    Old,
    /// JSON Schema 2019-09 and later, OpenAPI 3.1, AsyncAPI.
    New,
}

/// One difference between two schemas.
#[derive(Clone, Debug)]
pub struct Fact {
    /// What changed.
    pub kind: FactKind,
    /// Where, from the schemas compared: `.customer.email`, `.items[].price`, `.pair[0]`, `.labels.*` (further
    /// properties), `.pet(Cat).name` (a branch of a choice), `["odd name"]`; empty for the schema itself. Facts about a
    /// property (added, removed, required) have the property's path.
    pub path: String,
    /// Values the old schema accepts are refused by the new one.
    pub narrows: bool,
    /// Values are accepted that the old schema refused.
    pub widens: bool,
    /// The old side.
    pub old: Option<Place>,
    /// The new side.
    pub new: Option<Place>,
    /// The fact, lower case, names in backticks.
    pub message: String,
}

impl Fact {
    /// What it takes if only what is accepted counts: who sends breaks by what narrows, who receives by what widens.
    pub fn bump(&self, received: bool) -> Bump {
        let breaks = if received { self.widens } else { self.narrows };
        match (breaks, self.narrows || self.widens) {
            (true, _) => Bump::Major,
            (false, true) => Bump::Minor,
            (false, false) => Bump::Patch,
        }
    }
}

/// The kinds of value a schema accepts, as far as that says how they are written beside a body.
#[derive(Clone, Copy, Debug)]
pub struct Kinds {
    /// Texts, numbers, truth values.
    pub single: bool,
    /// Lists of more than one.
    pub lists: bool,
    /// Maps.
    pub maps: bool,
}

impl Kinds {
    fn of(shape: &shape::Shape) -> Kinds {
        let several =
            |class: &shape::Class<shape::Lists>| class.facets.most.is_none_or(|most| most.value > 1);
        Kinds {
            single: shape.kinds() & !(shape::LIST | shape::MAP) != 0,
            lists: shape.list.as_ref().is_some_and(|class| several(class)),
            maps: shape.map.is_some(),
        }
    }
}

/// Compares schemas of two sides, each pair of places once.
#[derive(Debug)]
pub struct Judge<'s, 'a> {
    /// Where the old `$ref`s lead.
    pub old: &'s Library<'a>,
    /// Where the new ones lead.
    pub new: &'s Library<'a>,
    /// The meaning of old words.
    pub old_dialect: Dialect,
    /// The meaning of new words.
    pub new_dialect: Dialect,
    /// What could not be judged.
    pub skipped: Vec<Skipped>,
    /// Pairs of schemas looked at.
    pub compared: usize,
    /// `$ref`s that lead nowhere, each once; such a schema counts as one that accepts everything.
    pub findings: Vec<Finding>,
    terms: Terms<'s, 'a>,
    graph: Graph<'s>,
    identities: identical::Identities<'s, 'a>,
    known: BTreeMap<usize, Rc<[Fact]>>,
    work: work::Work,
    depth: usize,
    gave_up: bool,
    strict: bool,
}

impl<'s, 'a> Judge<'s, 'a> {
    /// A judge of two sides.
    pub fn new(old: (&'s Library<'a>, Dialect), new: (&'s Library<'a>, Dialect)) -> Judge<'s, 'a> {
        Judge {
            old: old.0,
            new: new.0,
            old_dialect: old.1,
            new_dialect: new.1,
            skipped: vec![],
            compared: 0,
            findings: vec![],
            terms: Terms::default(),
            graph: Graph::default(),
            identities: identical::Identities::default(),
            known: BTreeMap::new(),
            work: work::Work::default(),
            depth: 0,
            gave_up: false,
            strict: false,
        }
    }

    /// What kinds of value an old and a new schema accept.
    pub fn kinds(&mut self, old: &'s Value<'a>, new: &'s Value<'a>, reading: Reading) -> [Kinds; 2] {
        [(Which::Old, old), (Which::New, new)].map(|(which, value)| {
            let term = self.schema(Origin { which, reading, wire: Wire::Json }, value);
            Kinds::of(&self.shape(term))
        })
    }

    /// All differences between two schemas, by path; each once, at its shortest path. No facts: they mean the same.
    pub fn compare(&mut self, old: &'s Value<'a>, new: &'s Value<'a>, reading: Reading) -> Rc<[Fact]> {
        self.compare_on(Wire::Json, old, new, reading)
    }

    /// The same of values that are written so.
    pub fn compare_on(
        &mut self,
        wire: Wire,
        old: &'s Value<'a>,
        new: &'s Value<'a>,
        reading: Reading,
    ) -> Rc<[Fact]> {
        if self.identical(old, new) {
            self.compared += 1;
            return Rc::from([]);
        }
        let from = self.schema(Origin { which: Which::Old, reading, wire }, old);
        let to = self.schema(Origin { which: Which::New, reading, wire }, new);
        let root = self.pair(from, to, graph::ALL);
        if let Some(known) = self.known.get(&root) {
            return known.clone();
        }
        self.rested();
        let mut facts = self.facts(root);
        let mut seen = BTreeSet::new();
        let place = |place: &Option<Place>| place.as_ref().map(|place| place.span);
        facts.retain(|fact| {
            seen.insert((fact.kind, place(&fact.old), place(&fact.new), fact.message.clone()))
        });
        facts.sort_by(|left, right| {
            let key = |fact: &Fact| (fact.kind, place(&fact.old), place(&fact.new));
            left.path.cmp(&right.path).then(key(left).cmp(&key(right)))
        });
        let facts: Rc<[Fact]> = facts.into();
        self.known.insert(root, facts.clone());
        facts
    }
}
