//! Terms: schemas that hold together, of one side, read one way. A property that two branches of an `allOf` speak of is
//! one term of two values. Terms are numbered, so that a pair of them is compared once.

use super::shape::Shape;
use super::{Judge, Reading, Wire};
use crate::library::{Ids, Lost};
use crate::value::Value;
use bastide_report::source::FileId;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// Number of a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TermId(pub u32);

/// A side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Which {
    Old,
    New,
}

/// Where a term is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The side.
    pub which: Which,
    /// How it is read.
    pub reading: Reading,
    /// How it is written.
    pub wire: Wire,
}

impl Origin {
    /// The origin of properties.
    pub fn property(self) -> Origin {
        Origin { wire: self.wire.property(), ..self }
    }

    /// The origin of items.
    pub fn item(self) -> Origin {
        Origin { wire: self.wire.item(), ..self }
    }
}

/// One of the things that hold.
#[derive(Clone, Copy, Debug)]
pub enum Atom<'s, 'a> {
    Schema(&'s Value<'a>),
    /// Another term without one choice of one kind: so that a choice can be distributed over what stands beside it.
    Without(TermId, u8, usize),
}

/// A term and, once asked for, what it accepts.
#[derive(Debug)]
pub struct Term<'s, 'a> {
    /// Where it is from.
    pub origin: Origin,
    /// What holds together; nothing means everything is accepted.
    pub atoms: Vec<Atom<'s, 'a>>,
    /// How often it was made from another by taking out a choice.
    pub nested: u8,
    /// What it accepts.
    pub shape: Slot<'s, 'a>,
}

/// A shape, perhaps in the making.
#[derive(Clone, Debug)]
pub enum Slot<'s, 'a> {
    /// Nobody asked.
    Empty,
    /// Being made: whoever asks meets a cycle.
    Busy,
    /// Made.
    Done(Rc<Shape<'s, 'a>>),
}

#[derive(Debug, Default)]
pub struct Terms<'s, 'a> {
    /// Numbers by what they stand for: places in memory, only ever looked up.
    known: BTreeMap<Box<[usize]>, TermId>,
    /// The terms.
    pub all: Vec<Term<'s, 'a>>,
    /// Where references lead.
    refs: BTreeMap<(Which, FileId, &'s str), Option<&'s Value<'a>>>,
    /// Schemas by their names, once somebody asked.
    ids: BTreeMap<Which, Ids<'s, 'a>>,
    /// Schemas by those they take in, once somebody asked.
    pub children: BTreeMap<Which, super::kin::Children<'s, 'a>>,
}

impl<'s, 'a> Judge<'s, 'a> {
    /// The term of one schema.
    pub(super) fn schema(&mut self, origin: Origin, value: &'s Value<'a>) -> TermId {
        self.term(origin, &[Atom::Schema(value)])
    }

    /// The term of schemas that hold together.
    pub(super) fn term(&mut self, origin: Origin, atoms: &[Atom<'s, 'a>]) -> TermId {
        let number = |atom: &Atom| match atom {
            Atom::Schema(value) => std::ptr::from_ref(*value) as usize,
            Atom::Without(term, kind, choice) => {
                ((term.0 as usize) << 16) | ((*kind as usize) << 8) | ((*choice & 0x7f) << 1) | 1
            }
        };
        let mut key = Vec::with_capacity(atoms.len() + 1);
        key.push((origin.wire as usize * 2 + origin.which as usize) * 4 + origin.reading as usize);
        key.extend(atoms.iter().map(number));
        key[1..].sort_unstable();
        key.dedup();
        if let Some(known) = self.terms.known.get(&key[..]) {
            return *known;
        }
        let id = TermId(self.terms.all.len() as u32);
        let depth = |atom: &Atom| match atom {
            Atom::Schema(_) => 0,
            Atom::Without(term, ..) => self.nested(*term).saturating_add(1),
        };
        let nested = atoms.iter().map(depth).max().unwrap_or_default();
        let mut left: BTreeSet<usize> = key[1..].iter().copied().collect();
        let atoms: Vec<_> = atoms.iter().filter(|atom| left.remove(&number(atom))).copied().collect();
        match atoms.as_slice() {
            [Atom::Schema(_)] => self.work.read(),
            _ => self.work.join(atoms.len()),
        }
        self.terms.all.push(Term { origin, atoms, nested, shape: Slot::Empty });
        self.terms.known.insert(key.into(), id);
        id
    }

    /// Where a term is from.
    pub(super) fn origin(&self, term: TermId) -> Origin {
        self.terms.all[term.0 as usize].origin
    }

    /// How often a term was made from another by taking out a choice.
    pub(super) fn nested(&self, term: TermId) -> u8 {
        self.terms.all[term.0 as usize].nested
    }

    /// A term as it is written, whatever the order of keys.
    pub(super) fn written(&self, term: TermId) -> String {
        let schemas = self.terms.all[term.0 as usize].atoms.iter().filter_map(|atom| match atom {
            Atom::Schema(value) => Some(super::literal::canonical(value)),
            Atom::Without(..) => None,
        });
        schemas.collect::<Vec<_>>().join(",")
    }

    /// The schema a `$ref` leads to. What leads nowhere is a finding, told once.
    pub(super) fn target(&mut self, which: Which, reference: &'s Value<'a>) -> Option<&'s Value<'a>> {
        let text = reference.text()?;
        let key = (which, reference.span.file, text);
        if let Some(known) = self.terms.refs.get(&key) {
            return *known;
        }
        let library = if which == Which::Old { self.old } else { self.new };
        let found = match library.follow(reference.span.file, text) {
            Ok(value) => Some(value),
            Err(lost) => {
                let ids = self.terms.ids.entry(which).or_insert_with(|| library.ids());
                ids.find(reference, text).or_else(|| self.lost(&lost, reference, text))
            }
        };
        self.terms.refs.insert(key, found);
        found
    }

    /// Whether a schema, or what it refers to, sets a keyword to true.
    pub(super) fn says(&mut self, origin: Origin, value: &'s Value<'a>, key: &str) -> bool {
        let mut value = value;
        for _ in 0..16 {
            if value.get(key).is_some_and(|value| value.is(true)) {
                return true;
            }
            let one =
                value.get("allOf").map(Value::items).filter(|items| items.len() == 1).map(|items| &items[0]);
            let next = match value.get("$ref") {
                Some(reference) => self.target(origin.which, reference),
                None => one,
            };
            match next {
                Some(next) => value = next,
                None => return false,
            }
        }
        false
    }

    fn lost(&mut self, lost: &Lost, reference: &Value, text: &str) -> Option<&'s Value<'a>> {
        self.findings.push(lost.finding(reference.span, text));
        None
    }
}
