//! All comparisons a plan needs, each made once.

use bastide_contract::elements::{Known, look};
use bastide_contract::{Change, Comparison, Contract, Options, compare};
use bastide_report::source::Sources;
use std::collections::BTreeMap;

/// Which text of a contract: where it is named, and whether as it was or as it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text {
    /// As it was.
    pub old: bool,
    /// Path in the project.
    pub path: String,
}

/// Contracts by their paths in the project.
pub type Contracts = BTreeMap<String, Contract>;

/// The contracts of a plan as it is and as it was, and what comparing them said.
#[derive(Clone, Default)]
pub struct Comparisons {
    /// As they are.
    pub new: Contracts,
    /// As they were.
    pub old: Contracts,
    /// How to judge.
    pub options: Options,
    made: BTreeMap<(Text, Text), Comparison>,
    looked: BTreeMap<(Text, String), Known>,
}

/// For plans whose contracts nobody read.
pub static NOTHING: Comparisons = Comparisons {
    new: BTreeMap::new(),
    old: BTreeMap::new(),
    options: Options { source: false, strict: false, keep_fields: false, today: None },
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

impl std::fmt::Debug for Comparisons {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(self.made.iter().map(|(pair, it)| (pair, it.changes.len()))).finish()
    }
}

impl Comparisons {
    /// The contract with this text.
    pub fn contract(&self, text: &Text) -> Option<&Contract> {
        let contracts = if text.old { &self.old } else { &self.new };
        contracts.get(&text.path)
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
        let (Some(old), Some(new)) = (self.contract(from), self.contract(to)) else { return };
        let comparison = compare(old, new, sources, &self.options);
        self.made.insert(pair, comparison);
    }

    /// Takes what somebody misses for a break, in the comparison of two texts.
    pub fn keep_fields(&mut self, pair: (Text, Text), missed: impl Fn(&Change) -> bool) {
        self.made.entry(pair).and_modify(|it| it.keep_fields(missed));
    }
}

impl Comparisons {
    /// Looks whether a contract has what somebody reads of it.
    pub fn look(&mut self, text: &Text, reads: &str, sources: &Sources) {
        let key = (text.clone(), reads.to_string());
        if let Some(contract) = self.contract(text).filter(|_| !self.looked.contains_key(&key)) {
            let known = look(contract, sources, reads);
            self.looked.insert(key, known);
        }
    }

    /// Whether a contract has what somebody reads of it; nothing if nobody looked.
    pub fn known(&self, text: &Text, reads: &str) -> Option<&Known> {
        self.looked.get(&(text.clone(), reads.to_string()))
    }
}
