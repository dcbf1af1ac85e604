//! All comparisons a plan needs, each made once.

use super::elements::{Known, look};
use super::shelf::{Held, Shelf};
use super::{Comparison, Mode, Options, Skipped};
use crate::source::Sources;
use std::collections::BTreeMap;

/// Which text of a contract: where it is named, and whether as it was or as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text {
    /// As it was.
    pub old: bool,
    /// Path in the project.
    pub path: String,
}

/// The contracts of a plan as it is and as it was, and what comparing them said.
#[derive(Clone, Default)]
pub struct Ledger {
    /// As they are.
    pub new: Shelf,
    /// As they were.
    pub old: Shelf,
    /// How to judge.
    pub options: Options,
    made: BTreeMap<(Text, Text), Comparison>,
    looked: BTreeMap<(Text, String), Known>,
}

/// For plans whose contracts nobody read.
pub static NOTHING: Ledger = Ledger {
    new: Shelf { held: BTreeMap::new() },
    old: Shelf { held: BTreeMap::new() },
    options: Options { source: false, strict: false, today: None },
    made: BTreeMap::new(),
    looked: BTreeMap::new(),
};

impl Text {
    /// The text as it is.
    pub fn new(path: &str) -> Text {
        Text { old: false, path: path.into() }
    }

    /// The text as it was.
    pub fn old(path: &str) -> Text {
        Text { old: true, path: path.into() }
    }
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.made.iter().map(|(pair, it)| (pair, it.changes.len()))).finish()
    }
}

impl Ledger {
    /// The contract with this text.
    pub fn held(&self, text: &Text) -> Option<&Held> {
        let shelf = if text.old { &self.old } else { &self.new };
        shelf.held.get(&text.path)
    }

    /// What comparing the two said.
    pub fn get(&self, from: &Text, to: &Text) -> Option<&Comparison> {
        self.made.get(&(from.clone(), to.clone()))
    }

    /// Everything that was compared.
    pub fn all(&self) -> impl Iterator<Item = (&(Text, Text), &Comparison)> {
        self.made.iter()
    }

    /// Compares the two, unless that was done.
    pub fn compare(&mut self, from: &Text, to: &Text, sources: &Sources) {
        let pair = (from.clone(), to.clone());
        if self.made.contains_key(&pair) {
            return;
        }
        let (Some(old), Some(new)) = (self.held(from), self.held(to)) else { return };
        let comparison = compare(old, new, sources, &self.options);
        self.made.insert(pair, comparison);
    }
}

impl Ledger {
    /// Looks whether a contract has what somebody reads of it.
    pub fn look(&mut self, text: &Text, reads: &str, sources: &Sources) {
        let key = (text.clone(), reads.to_string());
        if let Some(held) = self.held(text).filter(|_| !self.looked.contains_key(&key)) {
            let known = look(held, sources, reads);
            self.looked.insert(key, known);
        }
    }

    /// Whether a contract has what somebody reads of it; nothing if nobody looked.
    pub fn known(&self, text: &Text, reads: &str) -> Option<&Known> {
        self.looked.get(&(text.clone(), reads.to_string()))
    }
}

/// Compares two contracts.
pub fn compare(old: &Held, new: &Held, sources: &Sources, options: &Options) -> Comparison {
    match (old.format, new.format) {
        (Some(before), Some(format)) if before.name == format.name => {
            (format.compare)(&old.side, &new.side, sources, options)
        }
        (Some(before), Some(format)) => skipped(format!("it was {} and is {}", before.name, format.name)),
        _ => skipped("nobody knows its format".into()),
    }
}

fn skipped(why: String) -> Comparison {
    let skipped = Skipped { what: "the whole contract".into(), why, span: None };
    Comparison { skipped: vec![skipped], ..Comparison::default() }
}

impl Comparison {
    /// Whether messages may go from the one to the other in a mode; formats without modes are judged by what breaks.
    pub fn holds(&self, mode: Mode) -> bool {
        let said = self.modes.iter().find(|(it, _)| *it == mode).map(|(_, holds)| *holds);
        let wire = self.categories.iter().find(|(name, _)| *name == "WIRE").map(|(_, breaks)| !breaks);
        said.or(wire).unwrap_or(self.required() < super::Bump::Major)
    }

    /// Whether anything was looked at.
    pub fn looked(&self) -> bool {
        (self.compared > 0 || !self.changes.is_empty()) && !self.unreadable()
    }
}
