//! Targets agree: small specs are made at random, and what the targets write of each is read by two evaluators, one of
//! Envoy's own configuration, one of the Gateway API with the policies of Envoy Gateway. Both know nothing of the
//! templates. They are asked the same requests and must answer alike: who is asked, by which path and host, what clients
//! are told, whose token is wanted, how often one may ask, how long is waited and how often tried again.
//! Then compose and Kubernetes are asked what each program finds in its environment, and who stands at the addresses there.
//! `BASTIDE_AGREE` is the number of specs.
#![allow(clippy::print_stdout, reason = "says how much it asked")]

mod ask;
mod cel;
mod envoy;
mod exits;
mod generate;
mod kube;
mod kube_policy;
mod pattern;
mod program;
mod project;
mod yaml;

use ask::{Answer, Count, Request};
use generate::Made;
use project::{Built, Packs};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;

/// Specs that must be built and asked in a plain run.
const SPECS: u64 = 300;
/// Disagreements that are printed.
const SHOWN: usize = 8;

#[derive(Default)]
struct Tally {
    built: AtomicU64,
    refused: AtomicU64,
    requests: AtomicU64,
    variables: AtomicU64,
}

#[test]
fn targets_agree() {
    let asked = std::env::var("BASTIDE_AGREE").ok();
    let specs: u64 = asked.map_or(SPECS, |it| it.parse().expect("BASTIDE_AGREE is a number"));
    let (tally, next) = (Tally::default(), AtomicU64::new(0));
    let packs = Packs::load();
    let work = || {
        let mut wrong = vec![];
        let more = || tally.built.load(Relaxed) < specs && tally.refused.load(Relaxed) < specs;
        while more() && wrong.len() < SHOWN {
            let made = generate::spec(next.fetch_add(1, Relaxed));
            // Rules are asked only where it matters: they take longer than all the rest.
            let found = packs.build(&made.text).map(|built| differences(&made, &built, &tally));
            match found.filter(|found| found.is_empty() || !packs.refused(&made.text)) {
                Some(found) => {
                    tally.built.fetch_add(1, Relaxed);
                    wrong.extend(found);
                }
                None => {
                    tally.refused.fetch_add(1, Relaxed);
                }
            }
        }
        wrong
    };
    let wrong: Vec<String> = thread::scope(|scope| {
        let threads: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        threads.into_iter().flat_map(|it| it.join().expect("an evaluator panicked")).collect()
    });
    let count = |it: &AtomicU64| it.load(Relaxed);
    println!(
        "{} specs asked ({} refused): {} requests, {} variables",
        count(&tally.built),
        count(&tally.refused),
        count(&tally.requests),
        count(&tally.variables)
    );
    let shown: Vec<&str> = wrong.iter().take(SHOWN).map(String::as_str).collect();
    assert!(wrong.is_empty(), "the targets disagree:\n\n{}", shown.join("\n\n"));
    assert!(count(&tally.refused) < specs, "the generator makes too much that is refused");
}

/// What the targets of one spec answer differently: the first difference of each gateway.
fn differences(made: &Made, built: &Built, tally: &Tally) -> Vec<String> {
    let mut wrong = vec![];
    let (envoy, kube) = (envoy::Gateway::of(built, "public"), kube::Gateway::of(built, "public"));
    let mut counted: [BTreeMap<Count, BTreeSet<usize>>; 2] = Default::default();
    for (at, request) in made.requests.iter().enumerate() {
        tally.requests.fetch_add(1, Relaxed);
        let answers = [envoy.answer(request), kube.answer(request)];
        if let Some(text) = unlike(request, &answers) {
            wrong.push(text);
            break;
        }
        for (counts, answer) in counted.iter_mut().zip(answers).filter(|(_, answer)| answer.sent()) {
            for it in answer.counts {
                counts.entry(it).or_default().insert(at);
            }
        }
    }
    // Which requests share a bucket is told to be approximated where a route looks at more than paths.
    let loose = built.approximates("is approximated: requests are counted by their path");
    let groups = counted.map(|counts| {
        let kept = |it: BTreeSet<usize>| if loose { BTreeSet::new() } else { it };
        let mut all: Vec<_> =
            counts.into_iter().map(|(it, requests)| (it.rate, it.by, kept(requests))).collect();
        all.sort();
        if loose {
            all.dedup();
        }
        all
    });
    let same = if loose { groups[0].iter().all(|it| groups[1].contains(it)) } else { groups[0] == groups[1] };
    if wrong.is_empty() && !same {
        let only = |one: usize, other: usize| {
            let left = groups[one].iter().filter(|it| !groups[other].contains(it));
            left.map(|(rate, by, list)| {
                let of = list.iter().next().map(|at| made.requests[*at].words()).unwrap_or_default();
                format!("  {rate:?} by {by}, {} requests, the first {of}", list.len())
            })
            .collect::<Vec<_>>()
            .join("\n")
        };
        wrong.push(format!(
            "limits count otherwise\n envoy alone:\n{}\n kubernetes alone:\n{}",
            only(0, 1),
            only(1, 0)
        ));
    }
    wrong.extend(exits::unlike(built));
    let (variables, unlike) = program::unlike(built);
    tally.variables.fetch_add(variables, Relaxed);
    wrong.extend(unlike);
    let with_spec = |text: String| format!("seed {}: {text}\n{}", made.seed, made.text);
    wrong.into_iter().map(with_spec).collect()
}

/// Both answers, if they are not the same.
fn unlike(request: &Request, [left, right]: &[Answer; 2]) -> Option<String> {
    let (left, right) = (left.told(), right.told());
    (left != right).then(|| {
        let lines = left.iter().zip(&right).filter(|(left, right)| left != right);
        let lines: Vec<String> =
            lines.map(|(left, right)| format!("  envoy {left}\n  kube  {right}")).collect();
        format!("{}\n{}", request.words(), lines.join("\n"))
    })
}
