//! Cycles: one finding for each component that has one, and what is shown is real and the shortest.

use super::{NAMES, cases, component, findings, of, quoted, reach, simple_cycles};
use bastide_report::finding::Finding;
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;

#[derive(Clone, Copy, Debug)]
struct Call {
    from: usize,
    to: usize,
    soft: bool,
    asks: bool,
    calls: bool,
}

prop_compose! {
    fn call()(from in 0usize..5, to in 0usize..5, soft in any::<bool>(), how in 0u8..3) -> Call {
        Call { from, to, soft, asks: how != 0, calls: how != 1 }
    }
}

fn distinct(mut calls: Vec<Call>) -> Vec<Call> {
    calls.sort_by_key(|it| (it.from, it.to));
    calls.dedup_by_key(|it| (it.from, it.to));
    calls
}

fn text(calls: &[Call], asks: bool) -> String {
    let mut text = String::new();
    for (at, name) in NAMES.iter().enumerate().take(5) {
        writeln!(text, "service \"{name}\" {{\n    image \"x/{name}:1\"").unwrap();
        for call in calls.iter().filter(|it| it.from == at && it.calls) {
            writeln!(text, "    calls \"{}\" timeout=\"1s\" soft=#{}", NAMES[call.to], call.soft).unwrap();
        }
        let asked: Vec<String> = calls
            .iter()
            .filter(|it| it.from == at && it.asks && asks)
            .map(|it| format!("\"{}\"", NAMES[it.to]))
            .collect();
        if !asked.is_empty() {
            writeln!(text, "    health {{ asks {} }}", asked.join(" ")).unwrap();
        }
        text += "}\n";
    }
    text
}

/// For each component with a cycle that is `counted` the length of its shortest one.
fn least(
    nodes: usize,
    edges: &[(usize, usize)],
    counted: impl Fn(&[usize]) -> bool,
) -> BTreeMap<usize, usize> {
    let reach = reach(nodes, edges);
    let mut least = BTreeMap::new();
    for cycle in simple_cycles(nodes, edges).iter().filter(|cycle| counted(cycle)) {
        let length = least.entry(component(&reach, edges[cycle[0]].0)).or_insert(usize::MAX);
        *length = cycle.len().min(*length);
    }
    least
}

/// Each shown cycle is closed and made of edges; by component its length.
fn shown(
    found: &[&Finding],
    nodes: usize,
    edges: &[(usize, usize)],
    steps: impl Fn(&Finding) -> Vec<(usize, usize)>,
) -> BTreeMap<usize, usize> {
    let reach = reach(nodes, edges);
    let mut shown = BTreeMap::new();
    for finding in found {
        let steps = steps(finding);
        for (at, step) in steps.iter().enumerate() {
            assert!(edges.contains(step), "no such edge {step:?} in {finding:#?}");
            assert_eq!(step.1, steps[(at + 1) % steps.len()].0, "not closed: {finding:#?}");
        }
        let old = shown.insert(component(&reach, steps[0].0), steps.len());
        assert_eq!(old, None, "two of one component: {finding:#?}");
    }
    shown
}

fn index(name: &str) -> usize {
    NAMES.iter().position(|it| *it == name).unwrap()
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn cycles_of_calls(calls in proptest::collection::vec(call(), 0..9).prop_map(distinct)) {
        let text = text(&calls, false);
        let edges: Vec<(usize, usize)> =
            calls.iter().filter(|it| it.calls).map(|it| (it.from, it.to)).collect();
        let all = findings("compose", &text);
        let shown = shown(&of(&all, "sync-cycle"), 5, &edges, |finding| {
            let step = |text: &str| {
                let (from, to) = text.split_once(" → ").unwrap();
                (index(from), index(to))
            };
            finding.labels.iter().map(|label| step(&label.text)).collect()
        });
        prop_assert_eq!(shown, least(5, &edges, |_| true), "{}", text);
    }

    #[test]
    fn cycles_of_the_start(calls in proptest::collection::vec(call(), 0..9).prop_map(distinct)) {
        let text = text(&calls, true);
        let mut edges = vec![];
        for call in &calls {
            edges.extend(call.asks.then_some((call.from, call.to)));
            edges.extend((call.calls && !call.soft).then_some((call.from, call.to)));
        }
        let asks = |at: usize| calls.iter().any(|it| it.asks && (it.from, it.to) == edges[at]);
        let all = findings("compose", &text);
        let shown = shown(&of(&all, "start-order-cycle"), 5, &edges, |finding| {
            let step = |text: &str| { let names = quoted(text); (index(names[0]), index(names[1])) };
            finding.labels.iter().map(|label| step(&label.text)).collect()
        });
        prop_assert_eq!(shown, least(5, &edges, |cycle| cycle.iter().any(|at| asks(*at))), "{}", text);
    }
}

/// A service that reads and writes topics; each read may say what it emits and whether it ends a loop.
#[derive(Clone, Debug)]
struct Handler {
    reads: BTreeMap<usize, (Option<usize>, bool)>,
    writes: Vec<usize>,
}

prop_compose! {
    fn handler()(
        reads in proptest::collection::btree_map(
            0usize..5, (proptest::option::weighted(0.2, 0usize..5), proptest::bool::weighted(0.1)), 0..3,
        ),
        writes in proptest::collection::btree_set(0usize..5, 0..3),
    ) -> Handler {
        Handler { reads, writes: writes.into_iter().collect() }
    }
}

/// The first two channels are queues: then requests and replies may be meant.
fn channels(handlers: &[Handler]) -> String {
    let mut text = String::from("resource \"k\" type=\"rabbitmq\"\n");
    for (at, name) in NAMES.iter().enumerate().take(5) {
        let kind = if at < 3 { "queue" } else { "topic" };
        writeln!(text, "{kind} \"{name}\" on=\"k\"").unwrap();
    }
    for (at, handler) in handlers.iter().enumerate() {
        writeln!(text, "service \"s{at}\" {{\n    image \"x/s:1\"").unwrap();
        for to in &handler.writes {
            let word = if *to < 3 { "sends" } else { "publishes" };
            writeln!(text, "    {word} \"{}\"", NAMES[*to]).unwrap();
        }
        for (from, (emits, ends)) in &handler.reads {
            let word = if *from < 3 { "receives" } else { "subscribes" };
            let emits =
                emits.filter(|to| *to >= 3).map_or(String::new(), |to| format!(" emits=\"{}\"", NAMES[to]));
            let ends = if *ends && *from >= 3 { " terminates-by=\"max-hops\"" } else { "" };
            writeln!(text, "    {word} \"{}\"{emits}{ends}", NAMES[*from]).unwrap();
        }
        text += "}\n";
    }
    text
}

/// The steps from one channel to the next, and whether a handler says so.
fn steps(handlers: &[Handler]) -> Vec<((usize, usize), bool)> {
    let mut steps = vec![];
    for handler in handlers {
        let said = |emits: &Option<usize>| emits.filter(|to| *to >= 3);
        let sure = handler.reads.values().any(|(emits, _)| said(emits).is_some());
        for (from, (emits, ends)) in &handler.reads {
            if *ends && *from >= 3 {
                continue;
            }
            steps.extend(said(emits).map(|to| ((*from, to), sure)));
            steps.extend(handler.writes.iter().filter(|_| !sure).map(|to| ((*from, *to), sure)));
        }
    }
    steps
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn cycles_of_events(handlers in proptest::collection::vec(handler(), 1..5)) {
        let text = channels(&handlers);
        let steps = steps(&handlers);
        let replies = |(from, to): (usize, usize)| {
            from != to && from < 3 && to < 3 && steps.contains(&((to, from), false))
        };
        let edges: Vec<(usize, usize)> =
            steps.iter().filter(|(step, sure)| *sure || !replies(*step)).map(|(step, _)| *step).collect();
        let all = findings("compose", &text);
        let shown = shown(&of(&all, "event-loop"), 5, &edges, |finding| {
            let name = |text: &str| index(quoted(text).last().unwrap());
            finding.labels.chunks(2).map(|pair| (name(&pair[0].text), name(&pair[1].text))).collect()
        });
        prop_assert_eq!(shown, least(5, &edges, |_| true), "{}", text);
    }
}
