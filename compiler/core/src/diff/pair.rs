//! Pairs: which part of the new node is which part of the old one.

use crate::schema::{Arg, Type};
use crate::tree::Item;
use bastide_report::version;

/// A part of the old node, of the new node, or of both.
pub type Pair<'t> = (Option<&'t Item>, Option<&'t Item>);

/// The parts of two nodes, paired: by what tells siblings apart, and versions also by the line they continue, so that
/// 2.1.0 and 2.2.0 are one version that moved on.
pub fn parts<'t>(old: &'t [Item], new: &'t [Item]) -> Vec<Pair<'t>> {
    let mut pairs: Vec<Pair<'t>> = Vec::with_capacity(new.len());
    let mut left: Vec<&'t Item> = vec![];
    let mut taken = vec![false; new.len()];
    for (at, item) in old.iter().enumerate() {
        // Most parts stand where they stood.
        let here = new.get(at).filter(|other| other.identity() == item.identity()).map(|_| at);
        let place = here.or_else(|| new.iter().position(|other| other.identity() == item.identity()));
        match place.filter(|place| !taken[*place]) {
            Some(place) => {
                taken[place] = true;
                pairs.push((Some(item), Some(&new[place])));
            }
            None => left.push(item),
        }
    }
    for item in left {
        let next = new.iter().enumerate().position(|(at, other)| !taken[at] && continues(item, other));
        if let Some(place) = next {
            taken[place] = true;
        }
        pairs.push((Some(item), next.map(|place| &new[place])));
    }
    pairs.extend(new.iter().enumerate().filter(|(at, _)| !taken[*at]).map(|(_, item)| (None, Some(item))));
    pairs
}

/// Whether both are versions of one line.
fn continues(old: &Item, new: &Item) -> bool {
    let line = |item: &Item| version::parse(&item.key).map(|version| version::line(&version));
    let versions = matches!(old.schema.arg, Arg::Key(Type::Version)) && old.schema.node == new.schema.node;
    versions && line(old).is_some() && line(old) == line(new)
}

/// The nodes at the top of two merged trees, paired by kind and name; of the app and its delivery there is only one.
pub fn tops<'t>(old: &'t [Item], new: &'t [Item]) -> Vec<Pair<'t>> {
    let mut pairs = vec![];
    let (mut left, mut right) = (old.iter().peekable(), new.iter().peekable());
    let key = |item: &'t Item| {
        let single = matches!(item.schema.node, "app" | "delivery");
        (item.schema.node, if single { "" } else { &item.key })
    };
    loop {
        let order = match (left.peek(), right.peek()) {
            (None, None) => return pairs,
            (Some(_), None) => std::cmp::Ordering::Less,
            (None, Some(_)) => std::cmp::Ordering::Greater,
            (Some(old), Some(new)) => key(old).cmp(&key(new)),
        };
        let old = if order.is_le() { left.next() } else { None };
        let new = if order.is_ge() { right.next() } else { None };
        pairs.push((old, new));
    }
}
