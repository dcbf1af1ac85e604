//! Pairs: which part of the new node is which part of the old one.

use crate::schema::{Arg, Type};
use crate::tree::Item;
use bastide_report::version;
use std::cell::LazyCell;
use std::collections::{BTreeMap, VecDeque};

/// A part of the old node, of the new node, or of both.
pub type Pair<'t> = (Option<&'t Item>, Option<&'t Item>);

/// The parts of two nodes, paired: by what tells siblings apart, and versions also by the line they continue, so that
/// 2.1.0 and 2.2.0 are one version that moved on.
pub fn parts<'t>(old: &'t [Item], new: &'t [Item]) -> Vec<Pair<'t>> {
    let mut pairs: Vec<Pair<'t>> = Vec::with_capacity(new.len());
    let mut left: Vec<&'t Item> = vec![];
    let mut taken = vec![false; new.len()];
    // Backwards, so that of equal parts the first stays.
    let places = LazyCell::new(|| -> BTreeMap<_, usize> {
        new.iter().enumerate().rev().map(|(at, item)| (item.identity(), at)).collect()
    });
    for (at, item) in old.iter().enumerate() {
        // Most parts stand where they stood.
        let here = new.get(at).filter(|other| other.identity() == item.identity()).map(|_| at);
        let place = here.or_else(|| places.get(&item.identity()).copied());
        match place.filter(|place| !taken[*place]) {
            Some(place) => {
                taken[place] = true;
                pairs.push((Some(item), Some(&new[place])));
            }
            None => left.push(item),
        }
    }
    let mut lines: BTreeMap<_, VecDeque<usize>> = BTreeMap::new();
    for (at, item) in new.iter().enumerate().filter(|(at, _)| !taken[*at]) {
        line(item).into_iter().for_each(|line| lines.entry(line).or_default().push_back(at));
    }
    for item in left {
        let next = line(item).and_then(|line| lines.get_mut(&line)?.pop_front());
        if let Some(place) = next {
            taken[place] = true;
        }
        pairs.push((Some(item), next.map(|place| &new[place])));
    }
    pairs.extend(new.iter().enumerate().filter(|(at, _)| !taken[*at]).map(|(_, item)| (None, Some(item))));
    pairs
}

/// The line that a version continues, of its kind of node.
fn line(item: &Item) -> Option<(&'static str, (u64, u64))> {
    let versions = matches!(item.schema.arg, Arg::Key(Type::Version));
    Some((item.schema.node, version::line(&version::parse(&item.key).filter(|_| versions)?)))
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
