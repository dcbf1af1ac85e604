//! What adds up or multiplies along paths of calls: tries, waits, availability.

use super::{NAMES, cases, findings, of, quoted, reach};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write;

#[derive(Clone, Copy, Debug)]
struct Call {
    from: usize,
    to: usize,
    retries: u64,
    ms: u64,
    soft: bool,
}

prop_compose! {
    fn call()(from in 0usize..6, to in 0usize..6, retries in 0u64..4, ms in 1u64..6, soft in any::<bool>()) -> Call {
        Call { from, to, retries, ms: ms * 100, soft }
    }
}

/// Calls between services, at most one from each to each, none to itself.
fn calls() -> impl Strategy<Value = Vec<Call>> {
    proptest::collection::vec(call(), 0..12).prop_map(|mut calls| {
        calls.retain(|it| it.from != it.to);
        calls.sort_by_key(|it| (it.from, it.to));
        calls.dedup_by_key(|it| (it.from, it.to));
        calls
    })
}

fn text(calls: &[Call], line: impl Fn(&Call) -> String, more: impl Fn(usize) -> String) -> String {
    let mut text = String::new();
    for (at, name) in NAMES.iter().enumerate() {
        writeln!(text, "service \"{name}\" {{\n    image \"x/{name}:1\"\n    {}", more(at)).unwrap();
        for call in calls.iter().filter(|it| it.from == at) {
            writeln!(text, "    calls \"{}\" {}", NAMES[call.to], line(call)).unwrap();
        }
        text += "}\n";
    }
    text
}

/// The most requests one may become on any simple path to each node; tries inside a cycle count once.
fn worst(calls: &[Call], reach: &[Vec<bool>]) -> Vec<u64> {
    fn walk(
        node: usize,
        times: u64,
        on: &mut Vec<usize>,
        calls: &[Call],
        reach: &[Vec<bool>],
        worst: &mut [u64],
    ) {
        worst[node] = worst[node].max(times);
        for call in calls.iter().filter(|it| it.from == node) {
            if !on.contains(&call.to) {
                let tries = if reach[call.to][node] { 1 } else { call.retries + 1 };
                on.push(call.to);
                walk(call.to, times * tries, on, calls, reach, worst);
                on.pop();
            }
        }
    }
    let mut worst = vec![1; 6];
    (0..6).for_each(|start| walk(start, 1, &mut vec![start], calls, reach, &mut worst));
    worst
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn tries_multiply_along_the_worst_path(calls in calls()) {
        let line = |call: &Call| format!("timeout=\"1s\" retries={} idempotent=#true budget=\"20%\"", call.retries);
        let text = text(&calls, line, |_| String::new());
        let edges: Vec<(usize, usize)> = calls.iter().map(|it| (it.from, it.to)).collect();
        let worst = worst(&calls, &reach(6, &edges));
        let all = findings("compose", &text);
        let found = of(&all, "retry-amplification");
        let mut most = 1;
        for finding in &found {
            let times: u64 = finding.message.split("may become ").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap();
            let to = NAMES.iter().position(|it| *it == quoted(&finding.message)[1]).unwrap();
            prop_assert_eq!(times, worst[to], "{}\n{:#?}", text, finding);
            let product: u64 = finding.message.rsplit(": ").next().unwrap().split(" × ").map(|it| it.parse::<u64>().unwrap()).product();
            prop_assert_eq!(product, times);
            most = most.max(times);
        }
        let really = worst.iter().copied().max().unwrap();
        prop_assert_eq!(if found.is_empty() { really.min(4) } else { most }, really, "{}", text);
        let denied = found.iter().any(|it| it.level == bastide_report::finding::Level::Deny);
        prop_assert_eq!(denied, really > 16);
    }

    #[test]
    fn waits_shrink_from_outside_to_inside(
        calls in calls(), route in proptest::option::of((1u64..6, 0usize..6, 0usize..6, any::<bool>())),
    ) {
        let mut text = text(&calls, |call| format!("timeout=\"{}ms\"", call.ms), |_| String::new());
        let mut waits: Vec<(usize, u64)> = calls.iter().map(|it| (it.to, it.ms)).collect();
        if let Some((ms, to, other, split)) = route.filter(|it| it.1 != it.2) {
            let ms = ms * 100;
            let (to, other) = (to, other);
            let (a, b) = (NAMES[to], NAMES[other]);
            let part = |at: &str| format!("part \"{at}\" from=\"{at}\" path=\"/\"");
            let (head, inner, each) = match split {
                true => (format!("to=\"{a}\""), format!("split \"{b}\" share=\"10%\""), ms),
                false => (String::new(), format!("aggregate {{ {}; {} }}", part(a), part(b)), ms / 2),
            };
            writeln!(text, "gateway \"g\" {{ host \"x.example\"; route \"/\" {head} {{ public; timeout \"{ms}ms\"; {inner} }} }}").unwrap();
            waits.extend([(to, each), (other, each)]);
        }
        let edges: Vec<(usize, usize)> = calls.iter().map(|it| (it.from, it.to)).collect();
        let reach = reach(6, &edges);
        let inverted = |call: &&Call| {
            !reach[call.to][call.from] && waits.iter().any(|(to, ms)| *to == call.from && *ms <= call.ms)
        };
        let expected: BTreeSet<(&str, &str)> =
            calls.iter().filter(inverted).map(|it| (NAMES[it.from], NAMES[it.to])).collect();
        let all = findings("compose", &text);
        let pair = |message: &'_ str| { let names = quoted(message); (names[0].to_string(), names[1].to_string()) };
        let found: Vec<(String, String)> = of(&all, "timeout-inversion").iter().map(|it| pair(&it.message)).collect();
        let found: BTreeSet<(&str, &str)> = found.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
        prop_assert_eq!(found, expected, "{}", text);
    }
}

/// Promises in thousandths.
const PROMISES: [u64; 6] = [0, 900, 950, 990, 995, 999];

/// All that a service cannot do without, each once.
fn needed(start: usize, calls: &[Call]) -> BTreeSet<usize> {
    let hard: Vec<(usize, usize)> = calls.iter().filter(|it| !it.soft).map(|it| (it.from, it.to)).collect();
    let reach = reach(6, &hard);
    (0..6).filter(|it| *it != start && reach[start][*it]).collect()
}

fn promised(calls: &[Call], promises: &[usize]) -> String {
    let slo = |at: usize| match PROMISES[promises[at]] {
        0 => String::new(),
        some => format!("slo availability=\"{}.{}%\"", some / 10, some % 10),
    };
    text(calls, |call| format!("timeout=\"1s\" soft=#{}", call.soft), slo)
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn promises_multiply_once_each(calls in calls(), promises in proptest::collection::vec(0usize..6, 6)) {
        let text = promised(&calls, &promises);
        let all = findings("compose", &text);
        let names = |rule| of(&all, rule).iter().map(|it| quoted(&it.message)[0].to_string()).collect::<BTreeSet<_>>();
        let (infeasible, contradicted) = (names("slo-infeasible-independent"), names("slo-contradiction"));
        for (at, name) in NAMES.iter().enumerate().filter(|(at, _)| promises[*at] > 0) {
            let parts: Vec<u64> =
                needed(at, &calls).into_iter().map(|it| PROMISES[promises[it]]).filter(|it| *it > 0).collect();
            // own < product, both over a thousand to the number of parts.
            let product: u128 = parts.iter().map(|it| u128::from(*it)).product();
            let own = u128::from(PROMISES[promises[at]]) * 1_000u128.pow(parts.len() as u32);
            let broken = own > product * 1_000;
            prop_assert!(!(infeasible.contains(*name) && contradicted.contains(*name)));
            let told = infeasible.contains(*name) || contradicted.contains(*name);
            prop_assert_eq!(told, broken, "{} in {}", name, text);
        }
    }
}

/// The product that is shown is what a simulation counts: nodes fail by themselves, one that is needed on two ways fails
/// once. 200,000 requests with a fixed seed; four standard deviations are at most half a percent.
#[test]
fn the_product_is_what_happens() {
    let edges = [(0, 1), (0, 2), (1, 3), (2, 3), (3, 4), (2, 4)];
    let calls: Vec<Call> = edges.map(|(from, to)| Call { from, to, retries: 0, ms: 0, soft: false }).into();
    let promises = [1, 1, 1, 2, 1, 0];
    let all = findings("compose", &promised(&calls, &[2, 1, 1, 2, 1, 0]));
    let found = of(&all, "slo-contradiction");
    assert!(!found.is_empty(), "{all:#?}");
    // The first promises no more than each alone, so that only the product is against it.
    let all = findings("compose", &promised(&calls, &promises));
    let found = of(&all, "slo-infeasible-independent");
    let first = found.iter().find(|it| quoted(&it.message)[0] == "a").unwrap();
    let shown = first.message.rsplit("only ").next().unwrap().trim_end_matches('%').parse::<f64>().unwrap();
    let (mut state, mut good, requests) = (0x9E37_79B9_7F4A_7C15_u64, 0u32, 200_000u32);
    let mut chance = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) % 1_000
    };
    fn answers(node: usize, up: &[bool], calls: &[Call]) -> bool {
        calls.iter().filter(|it| it.from == node).all(|it| up[it.to] && answers(it.to, up, calls))
    }
    for _ in 0..requests {
        let up: Vec<bool> = (0..6).map(|at| at == 5 || chance() < PROMISES[promises[at]]).collect();
        good += u32::from(answers(0, &up, &calls));
    }
    let seen = f64::from(good) * 100.0 / f64::from(requests);
    assert!((seen - shown).abs() < 0.5, "{seen} % seen, {shown} % shown");
}
