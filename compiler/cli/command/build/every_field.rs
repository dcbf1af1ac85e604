//! Changes every field of the language on the ground of `tests/fields`, in every environment of it, and asks of each change:
//! did a file change, or does the ledger name the field, or did a rule speak? What does neither is lost in silence. What was
//! seen is a table of `docs/targets.md`. A plain run takes a part of the changes, [`FIELD`] the others.

#![allow(clippy::print_stdout, reason = "it says how much it tried")]

mod change;
pub mod ground;
mod nulls;
mod samples;
mod table;

use bastide_core::tree::{Item, Layer};
use change::{Change, changes};
use ground::{Ground, Outcome};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use table::{Seen, Table};

#[test]
fn no_field_is_lost_in_silence() {
    let ground = Ground::open("tests/fields");
    let base = ground.outcome(ground.spec.clone());
    assert!(!base.denied, "the ground stands: {:?}", base.findings);
    let asked = std::env::var(FIELD).ok();
    let all = every_change(&ground, asked.as_deref());
    let step = if asked.is_some() { 1 } else { SAMPLE };
    let each: Vec<&(usize, &Item, Change)> = all.iter().step_by(step).collect();
    let done = tried(&ground, &base, &each);
    let (mut silent, mut untried, mut table) = (vec![], BTreeMap::new(), Table::default());
    let mut carried = BTreeSet::new();
    for (item, change, found) in &done {
        match found {
            Ok(seen) => {
                silent.extend(lost(item, change, seen));
                carried.insert(&change.field);
                table.add(&change.field, seen);
            }
            Err(why) => drop(untried.entry(&change.field).or_insert((&change.ways, why))),
        }
    }
    silent.sort();
    untried.retain(|field, _| !carried.contains(field) && !ONLY_REFUSED.contains(&field.as_str()));
    println!("{} changes of {} fields tried; {}", done.len(), carried.len(), table.counts());
    assert!(silent.is_empty(), "lost in silence:\n{}", silent.join("\n"));
    if asked.is_some_and(|it| it == WHOLE) {
        assert!(untried.is_empty(), "refused wherever they were tried: {untried:#?}");
        table.hold();
    }
}

/// A node, a change of it, and what is seen of that in each environment.
type Done<'c> = (&'c Item, &'c Change, Result<BTreeMap<&'c str, Seen>, String>);

/// What is seen of changes, on two threads.
fn tried<'c>(ground: &'c Ground, base: &Outcome, all: &[&'c (usize, &'c Item, Change)]) -> Vec<Done<'c>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = vec![];
        while let Some((at, item, change)) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((*item, change, ground.seen(base, *at, change)));
        }
        done
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(work);
        [work(), other.join().expect("no change makes it panic")].concat()
    })
}

/// Where nothing is seen of a change.
fn lost(item: &Item, change: &Change, seen: &BTreeMap<&str, Seen>) -> Option<String> {
    let lost = seen.iter().filter(|(_, it)| **it == Seen::Nothing).map(|(name, _)| *name);
    let lost = lost.collect::<Vec<_>>().join(", ");
    (!lost.is_empty()).then(|| format!("{} of {} {} in {lost}", change.field, item.schema.node, item.key))
}

/// Which fields are changed: [`WHOLE`], which holds the table too, or those that begin so.
const FIELD: &str = "BASTIDE_EVERY_FIELD";
const WHOLE: &str = "all";
/// Else each so many of the changes are tried: all of them take ten minutes in code that is not optimised.
const SAMPLE: usize = 60;

/// Every change of every node of the ground, with its number; of those fields that are `asked` for as [`FIELD`] says.
fn every_change<'g>(ground: &'g Ground, asked: Option<&str>) -> Vec<(usize, &'g Item, Change)> {
    let own = |item: &Item| item.origin.layer == Layer::Spec && TRIED.contains(&item.schema.node);
    let items = ground.spec.items.iter().enumerate().filter(|(_, item)| own(item));
    let only = asked.filter(|it| *it != WHOLE).unwrap_or_default();
    let all = items.flat_map(|(at, item)| changes(item).into_iter().map(move |change| (at, item, change)));
    let so_already = |item: &Item, field: &str| SO_ALREADY.contains(&(&*item.key, field));
    all.filter(|(_, item, change)| change.field.starts_with(only) && !so_already(item, &change.field))
        .collect()
}

/// The same with each value of each option, and in each further context: a part of the changes, or with [`ALL`] all.
#[test]
fn no_field_is_lost_with_any_option() {
    let ground = Ground::open("tests/fields");
    let (all, mut silent) = (every_change(&ground, std::env::var(FIELD).ok().as_deref()), vec![]);
    let options = ground.options().into_iter().map(|(pack, option)| {
        // A pack that none writes is asked for by its name, which is part of the way.
        let environment = ["plain", "dev"].into_iter().find(|it| ground.writes(it, &pack)).unwrap_or("plain");
        let way = format!("environment {environment:?} {{ target {pack:?} {option} }}");
        (environment, "environment", environment, way)
    });
    let further = CONTEXTS.map(|(environment, node, key, says)| {
        (environment, node, key, format!("{node} {key:?} {{ {says} }}"))
    });
    let (step, contexts_step) = match (std::env::var_os(ALL), std::env::var_os(FIELD)) {
        (Some(_), _) => (1, 1),
        (None, Some(_)) => (SAMPLE_OF_CONTEXT, 1),
        (None, None) => (SAMPLE_OF_CONTEXT, SAMPLE_OF_CONTEXTS),
    };
    let (mut contexts, mut changes, mut refused) = (0, 0, vec![]);
    for (number, (environment, node, key, way)) in options.chain(further).enumerate().step_by(contexts_step) {
        let context = ground.in_context(environment, node, key, &way).expect("a context can be read");
        let base = context.outcome(context.spec.clone());
        if base.denied {
            refused.push(way);
            continue;
        }
        let here = |item: &Item| item.schema.node != "environment" || *item.key == *environment;
        let some = all.iter().skip(number % step).step_by(step).filter(|(_, item, _)| here(item));
        let some: Vec<_> = some.collect();
        for (item, change, found) in tried(&context, &base, &some) {
            let lost = found.ok().and_then(|seen| lost(item, change, &seen));
            silent.extend(lost.map(|it| format!("{it}, with {way}")));
        }
        (contexts, changes) = (contexts + 1, changes + some.len());
    }
    println!("{changes} changes in {contexts} contexts, each {step}th; refused: {refused:?}");
    assert!(silent.is_empty(), "lost in silence:\n{}", silent.join("\n"));
}

/// Asks for every change in every context, which takes a quarter of an hour of optimised code.
const ALL: &str = "BASTIDE_EVERY_CONTEXT";
/// Else each so many of them.
const SAMPLE_OF_CONTEXT: usize = 601;
/// And a plain run takes each so many of the contexts.
const SAMPLE_OF_CONTEXTS: usize = 5;

/// Contexts beside the options: an environment, a node, and what it says there.
const CONTEXTS: [(&str, &str, &str, &str); 11] = [
    ("plain", "environment", "plain", "mesh \"istio\""),
    ("plain", "environment", "plain", "mesh \"linkerd\""),
    ("operators", "environment", "operators", "delivery { rollout \"blue-green\" steps=#null pause=#null }"),
    ("plain", "gateway", "web", "versions in=\"subdomain\""),
    ("plain", "gateway", "web", "versions in=\"header\""),
    ("plain", "gateway", "web", "versions in=\"query\""),
    ("plain", "gateway", "web", "versions in=\"media-type\""),
    ("dev", "gateway", "web", "versions in=\"subdomain\""),
    ("dev", "gateway", "web", "versions in=\"header\""),
    ("dev", "gateway", "web", "versions in=\"query\""),
    ("dev", "gateway", "web", "versions in=\"media-type\""),
];

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

/// What is so whether it is said or not: a redirect of a gateway that asks for no token is open, a port that is published
/// where the spec says is published there alone, and what is built here has no capabilities.
const SO_ALREADY: [(&str, &str); 5] = [
    ("moved", "route.public"),
    ("shop", "service.port.from"),
    ("shop", "service.port.expose"),
    ("shop", "service.drop-capabilities"),
    ("stock", "service.drop-capabilities"),
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
    "volume",
    "service",
    "function",
    "gateway",
];
