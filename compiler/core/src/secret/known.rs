//! Secrets that no format tells, but what somebody wrote: they are found wherever they stand.

use super::{MASK, Spot, masked};
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// A set of secrets.
#[derive(Default)]
pub struct Known {
    words: BTreeSet<String>,
    finder: OnceLock<AhoCorasick>,
}

impl Known {
    /// None.
    pub const fn new() -> Known {
        Known { words: BTreeSet::new(), finder: OnceLock::new() }
    }

    /// Adds one, but for what the mask itself says.
    pub fn add(&mut self, word: &str) {
        if !MASK.contains(word) && self.words.insert(word.into()) {
            self.finder = OnceLock::new();
        }
    }

    /// The text without them, if any of them stands there; of two that begin at one place the longer.
    pub fn mask(&self, text: &str) -> Option<String> {
        let made = || AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&self.words);
        let finder = self.finder.get_or_init(|| made().expect("fewer secrets than fill a memory"));
        let spots: Vec<Spot> =
            finder.find_iter(text).map(|it| Spot { at: it.range(), what: "a secret of the spec" }).collect();
        (!spots.is_empty()).then(|| masked(text, &spots).into_owned())
    }
}
