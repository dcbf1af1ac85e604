//! Rules that compute something, against a computation of the test's own that is slow and plain: random small specs as
//! text, read and checked as any other, and every path, cycle, sum and request enumerated here.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, clippy::panic, reason = "a test reads its data")]

mod cycles;
mod paths;
mod routes;
mod sums;

use bastide_core::check;
use bastide_core::resolve::{Inputs, Keep, resolve};
use bastide_core::spec::{self, Spec};
use bastide_core::view::Views;
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{Role, Sources};
use proptest::test_runner::{Config, RngSeed};
use std::fs;
use std::path::Path;

/// Names of services, first to last.
pub const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// The same cases in each run.
pub fn cases(count: u32) -> Config {
    Config { failure_persistence: None, rng_seed: RngSeed::Fixed(5), ..Config::with_cases(count) }
}

/// All findings about a spec that is sound enough to be resolved; an app and an environment are put in front.
pub fn findings(platform: &str, text: &str) -> Vec<Finding> {
    let (mut sources, mut spec, mut report) = (Sources::default(), Spec::default(), Report::default());
    let stdlib = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stdlib");
    let builtin = |name: &str| fs::read_to_string(stdlib.join(name)).unwrap();
    let names = ["defaults.kdl", "kafka.kdl", "rabbitmq.kdl", "postgres.kdl"];
    let mut files: Vec<_> =
        names.iter().map(|name| sources.add(*name, builtin(name), Role::Stdlib)).collect();
    let head = format!("app \"x\" version=\"1.0.0\"; environment \"dev\" platform=\"{platform}\"\n");
    files.push(sources.add("bastide.kdl", head + text, Role::Spec));
    for file in files {
        let source = sources.get(file);
        let document = bastide_syntax::parse(file, &source.text, &mut report);
        spec::read(&mut spec, source, &document, &mut report);
    }
    let model = resolve(spec, "dev", &Inputs::default(), Keep::Tree, &mut report).unwrap();
    assert!(!report.denied(), "{text}\n{:#?}", report.findings);
    let mut report = Report::default();
    check::check_all(&[(&model, &Views::of(&model))], &mut report);
    report.findings
}

/// The findings of one rule.
pub fn of<'f>(findings: &'f [Finding], rule: &str) -> Vec<&'f Finding> {
    findings.iter().filter(|finding| finding.rule == rule).collect()
}

/// What stands between the quotes of a text, in order.
pub fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

/// All simple cycles of a graph over so many nodes, each once, as its edges; by walking every path from its least node.
pub fn simple_cycles(nodes: usize, edges: &[(usize, usize)]) -> Vec<Vec<usize>> {
    fn walk(
        start: usize,
        node: usize,
        edges: &[(usize, usize)],
        path: &mut Vec<usize>,
        on: &mut Vec<usize>,
        all: &mut Vec<Vec<usize>>,
    ) {
        for (at, (from, to)) in edges.iter().enumerate().filter(|(_, (_, to))| *to >= start) {
            if *from != node {
                continue;
            }
            path.push(at);
            if *to == start {
                all.push(path.clone());
            } else if !on.contains(to) {
                on.push(*to);
                walk(start, *to, edges, path, on, all);
                on.pop();
            }
            path.pop();
        }
    }
    let mut all = vec![];
    (0..nodes).for_each(|start| walk(start, start, edges, &mut vec![], &mut vec![start], &mut all));
    all
}

/// For each pair of nodes whether a path leads from the one to the other; by trying over each node.
pub fn reach(nodes: usize, edges: &[(usize, usize)]) -> Vec<Vec<bool>> {
    let mut reach = vec![vec![false; nodes]; nodes];
    edges.iter().for_each(|(from, to)| reach[*from][*to] = true);
    for over in 0..nodes {
        for from in 0..nodes {
            for to in 0..nodes {
                reach[from][to] |= reach[from][over] && reach[over][to];
            }
        }
    }
    reach
}

/// The least node of the component a node is in.
pub fn component(reach: &[Vec<bool>], node: usize) -> usize {
    (0..reach.len()).find(|it| *it == node || reach[*it][node] && reach[node][*it]).unwrap()
}
