//! Which old part is which new one: by one key after another, each part once.

use std::collections::{BTreeMap, BTreeSet};

/// Old parts and the new ones they are, both by their places in their lists.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    /// Old place to new place.
    pub pairs: BTreeMap<usize, usize>,
    /// New places that are taken.
    pub taken: BTreeSet<usize>,
}

impl Pairing {
    /// Pairs what is left by a key: place and key of each part that has one.
    pub(super) fn by(
        &mut self,
        old: impl Iterator<Item = (usize, String)>,
        new: impl Iterator<Item = (usize, String)>,
    ) {
        let free = new.filter(|(at, _)| !self.taken.contains(at));
        let mut news: BTreeMap<String, usize> = free.map(|(at, key)| (key, at)).collect();
        for (at, key) in old {
            if self.pairs.contains_key(&at) {
                continue;
            }
            if let Some(found) = news.remove(&key) {
                self.pairs.insert(at, found);
                self.taken.insert(found);
            }
        }
    }
}
