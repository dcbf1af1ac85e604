//! A key may stand once in a map.

use super::Entry;
use super::fault::Faults;

/// Maps up to this size are looked through pair by pair; larger ones are sorted.
const FEW: usize = 8;

/// Reports keys that stand twice. `None` when there are too many faults to go on.
pub fn unique(entries: &[Entry], faults: &mut Faults) -> Option<()> {
    if entries.len() <= FEW {
        for (at, entry) in entries.iter().enumerate() {
            if let Some(first) = entries[..at].iter().find(|earlier| earlier.key == entry.key) {
                faults.twice(first, entry)?;
            }
        }
        return Some(());
    }
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by(|left, right| entries[*left].key.cmp(&entries[*right].key).then(left.cmp(right)));
    for pair in order.windows(2) {
        if entries[pair[0]].key == entries[pair[1]].key {
            faults.twice(&entries[pair[0]], &entries[pair[1]])?;
        }
    }
    Some(())
}
