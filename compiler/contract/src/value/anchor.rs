//! Anchors, aliases and merge keys of YAML. Each unfolding is paid for, so that ten lines cannot become a gigabyte.

use super::fault::Faults;
use super::{DEEPEST, Data, Entry, Value};
use bastide_report::source::Span;
use std::collections::BTreeMap;

/// What all copies of anchored values of a text may cost together: one for each value, one for each 32 bytes of text.
const COPIES: usize = 1_000_000;

/// The values that have an anchor.
pub struct Anchors<'a> {
    kept: BTreeMap<usize, Kept<'a>>,
    paid: usize,
}

struct Kept<'a> {
    value: Value<'a>,
    cost: usize,
    depth: usize,
}

impl<'a> Anchors<'a> {
    /// None yet.
    pub fn new() -> Self {
        Anchors { kept: BTreeMap::new(), paid: 0 }
    }

    /// Keeps a value under its anchor.
    pub fn keep(&mut self, anchor: usize, value: &Value<'a>, faults: &mut Faults) -> Option<()> {
        let (cost, depth) = measure(value);
        self.pay(cost, value.span, faults)?;
        self.kept.insert(anchor, Kept { value: value.clone(), cost, depth });
        Some(())
    }

    /// The value an alias stands for, to be put at this depth. Its place is where it is written, not the alias.
    pub fn unfold(
        &mut self,
        anchor: usize,
        at: Span,
        depth: usize,
        faults: &mut Faults,
    ) -> Option<Value<'a>> {
        let Some(kept) = self.kept.get(&anchor) else {
            return faults.end(at, "this refers to what it stands in", "write it out, or use `$ref`");
        };
        if depth + kept.depth > DEEPEST {
            return faults.deep(at.start as usize);
        }
        let (cost, value) = (kept.cost, kept.value.clone());
        self.pay(cost, at, faults)?;
        Some(value)
    }

    fn pay(&mut self, cost: usize, at: Span, faults: &mut Faults) -> Option<()> {
        self.paid += cost;
        if self.paid > COPIES {
            return faults.end(
                at,
                "the aliases of this text unfold to more than is read",
                "use `$ref` for shared parts",
            );
        }
        Some(())
    }
}

/// Cost and depth of a value; values are never deeper than [`DEEPEST`].
fn measure(value: &Value) -> (usize, usize) {
    let parts = value.items().iter().chain(value.entries().iter().map(|entry| &entry.value));
    let own = match &value.data {
        Data::Text(text) | Data::Number(text) => 1 + text.len() / 32,
        _ => 1,
    };
    let (cost, depth) = parts.map(measure).fold((own, 0), |sum, part| (sum.0 + part.0, sum.1.max(part.1)));
    (cost, depth + 1)
}

/// Adds what `<<` names, as far as the map does not say it itself; earlier maps of a list win.
pub fn merge<'a>(entries: &mut Vec<Entry<'a>>, merged: Vec<Value<'a>>, faults: &mut Faults) -> Option<()> {
    for value in merged {
        let at = value.span;
        let maps = match value.data {
            Data::List(items) => items,
            data => vec![Value { span: at, data }],
        };
        for map in maps {
            let Data::Map(more) = map.data else {
                return faults.end(at, "`<<` takes a map or a list of maps", "name an anchor of a map");
            };
            let known: std::collections::BTreeSet<_> =
                entries.iter().map(|entry| entry.key.clone()).collect();
            entries.extend(more.into_iter().filter(|entry| !known.contains(&entry.key)));
        }
    }
    Some(())
}
