//! Changes every field of the language on the ground of `tests/fields`, in every environment of it, and asks of each change:
//! did a file change, or does the ledger name the field, or did a rule speak? What does neither is lost in silence. What was
//! seen is a table of `docs/targets.md`.

#![allow(clippy::print_stdout, reason = "it says how much it tried")]

mod change;
pub mod ground;
mod samples;
mod table;

use bastide_core::tree::{Item, Layer};
use change::{Change, changes};
use ground::Ground;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use table::{Seen, Table};

#[test]
fn no_field_is_lost_in_silence() {
    let ground = Ground::open("tests/fields");
    let base = ground.outcome(ground.spec.clone());
    assert!(!base.denied, "the ground stands: {:?}", base.findings);
    let own = |item: &Item| item.origin.layer == Layer::Spec && TRIED.contains(&item.schema.node);
    let items = ground.spec.items.iter().enumerate().filter(|(_, item)| own(item));
    let all: Vec<(usize, &Item, Change)> = items
        .flat_map(|(at, item)| changes(item).into_iter().map(move |change| (at, item, change)))
        .collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = vec![];
        while let Some((at, item, change)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((*item, change, ground.seen(&base, *at, change)));
        }
        done
    };
    let done = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        [work(), other.join().expect("no change makes it panic")].concat()
    });
    let (mut silent, mut untried, mut table) = (vec![], BTreeMap::new(), Table::default());
    let mut carried = BTreeSet::new();
    for (item, change, found) in &done {
        match found {
            Ok(seen) => {
                let lost: Vec<&str> =
                    seen.iter().filter(|(_, it)| **it == Seen::Nothing).map(|(name, _)| *name).collect();
                let node = format!("{} {}", item.schema.node, item.key);
                silent.extend(
                    (!lost.is_empty()).then(|| format!("{} of {node} in {}", change.field, lost.join(", "))),
                );
                carried.insert(&change.field);
                table.add(&change.field, seen);
            }
            Err(why) => drop(untried.entry(&change.field).or_insert((&change.ways, why))),
        }
    }
    silent.sort();
    untried.retain(|field, _| !carried.contains(field) && !ONLY_REFUSED.contains(&field.as_str()));
    println!("{} changes of {} fields tried; {}", all.len(), carried.len(), table.counts());
    assert!(silent.is_empty(), "lost in silence:\n{}", silent.join("\n"));
    assert!(untried.is_empty(), "refused wherever they were tried: {untried:#?}");
    table.hold();
}

/// Fields of which the ground has no two values that are both right: a version of each type, options by their names, and
/// what contradicts what stands beside it.
const ONLY_REFUSED: &[&str] = &[
    "delivery.rollout",
    "gateway.direction",
    "environment.target",
    "resource.option.value",
    "resource.type",
    "resource.version",
];

/// Kinds whose fields targets write.
const TRIED: &[&str] = &[
    "app",
    "environment",
    "delivery",
    "resource",
    "topic",
    "queue",
    "external",
    "service",
    "function",
    "gateway",
];
