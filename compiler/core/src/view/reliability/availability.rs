//! What the dependencies of a service allow it to promise, and its budget.

use super::Verdict;
use crate::model::Slo;
use crate::model::service::Service;
use crate::view::graph::Graph;
use crate::view::promise::{Promises, Sum};
use bastide_report::units::{Duration, Share};
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::{BTreeSet, VecDeque};

/// So many edges, nearest first, are asked what it would help to be without them.
const ASKED: usize = 256;

/// A promise of availability beside those it hangs on.
#[derive(Clone, Debug, Serialize)]
pub struct Availability {
    /// The promise.
    pub promise: Share,
    /// The window it is held over.
    pub window: String,
    /// What may fail in it.
    pub budget: Budget,
    /// Whether it can be kept.
    pub verdict: Verdict,
    /// The product of what the hard dependencies promise: what they give if they fail independently.
    pub independent: Share,
    /// What they give if no two of them ever fail at once.
    pub worst: Share,
    /// What it cannot do without and what that promises, over all steps, nearest first.
    pub dependencies: Vec<Dependency>,
    /// What it cannot do without and what promises nothing, itself or through what it needs.
    pub silent: Vec<String>,
    /// The dependency that promises least, if that is less than the promise.
    pub weakest: Option<Dependency>,
    /// The edge whose going soft helps most.
    pub cheapest: Option<Change>,
}

/// What may fail in a window.
#[derive(Clone, Debug, Serialize)]
pub struct Budget {
    /// The share.
    pub share: Share,
    /// A full outage, as a duration.
    pub lasts: String,
    /// The same in milliseconds.
    pub lasts_ms: u64,
    /// Requests that may fail; none if the slo says no rate.
    pub requests: Option<u64>,
    /// Requests expected in the window.
    pub of: Option<u64>,
}

/// What promises something.
#[derive(Clone, Debug, Serialize)]
pub struct Dependency {
    /// Its name.
    pub name: String,
    /// Its promise.
    pub promise: Share,
}

/// An edge made soft, and what the dependencies give then.
#[derive(Clone, Debug, Serialize)]
pub struct Change {
    /// Who would go on.
    pub from: String,
    /// Without whom.
    pub to: String,
    /// What the others give if they fail independently.
    pub independent: Share,
    /// Whether the promise stands then, if they fail independently.
    pub enough: bool,
}

pub(super) fn of(
    service: &Service,
    node: u32,
    graph: &Graph,
    promises: &Promises<'_>,
    lowest: &[Option<(Share, u32)>],
) -> Option<Availability> {
    let slo = service.slo.as_ref()?;
    let promise = slo.availability?.value;
    let sum = promises.sum(node, None, Share(0));
    let named = |(share, at): (Share, u32)| Dependency { name: graph.name(at).into(), promise: share };
    let weakest = promises.hard(node).filter_map(|edge| lowest[edge.to as usize]);
    let weakest = weakest.filter(|(share, at)| *at != node && *share < promise).min().map(named);
    let silent = silent(node, promises, lowest);
    let faults: u64 = sum.nodes.iter().filter_map(|at| promises.at(*at)).map(|it| it.value.rest().0).sum();
    let worst = Share(Share::ONE.0.saturating_sub(faults));
    let promised = sum.nodes.iter().filter_map(|at| Some(named((promises.at(*at)?.value, *at))));
    Some(Availability {
        promise,
        window: slo.window.value.to_string(),
        budget: budget(slo, promise.rest()),
        verdict: verdict(promise, &sum, worst, (weakest.is_some(), !silent.is_empty())),
        independent: sum.product.floor(),
        worst,
        dependencies: promised.collect(),
        silent: silent.into_iter().map(|at| graph.name(at).into()).collect(),
        weakest,
        cheapest: cheapest(node, promise, &sum, graph, promises),
    })
}

/// `less` and `unknown`: a dependency promises less than this one, and one promises nothing.
fn verdict(promise: Share, sum: &Sum, worst: Share, (less, unknown): (bool, bool)) -> Verdict {
    if less {
        Verdict::Contradictory
    } else if sum.product.compare(promise) == Ordering::Less {
        Verdict::Infeasible
    } else if promise > worst || unknown {
        Verdict::NotGuaranteed
    } else {
        Verdict::Proved
    }
}

/// The budget in whole seconds and whole requests, rounded down.
fn budget(slo: &Slo, share: Share) -> Budget {
    let part = |whole: u64| (u128::from(whole) * u128::from(share.0) / u128::from(Share::ONE.0)) as u64;
    let window = slo.window.value.0;
    let lasts = Duration(part(window) / 1_000 * 1_000);
    let expected = |rate: bastide_report::units::Rate| {
        u64::try_from(u128::from(rate.count) * u128::from(window) / u128::from(rate.per)).ok()
    };
    let of = slo.rate.and_then(|rate| expected(rate.value));
    Budget { share, lasts: lasts.to_string(), lasts_ms: lasts.0, requests: of.map(part), of }
}

/// The hard dependencies that promise nothing; what something promises for is not looked behind.
fn silent(start: u32, promises: &Promises<'_>, lowest: &[Option<(Share, u32)>]) -> Vec<u32> {
    let mut seen = BTreeSet::from([start]);
    let mut queue = VecDeque::from([start]);
    let mut silent = vec![];
    while let Some(node) = queue.pop_front() {
        for edge in promises.hard(node).filter(|edge| seen.insert(edge.to)) {
            match (promises.at(edge.to), lowest[edge.to as usize]) {
                (Some(_), _) => {}
                (None, Some(_)) => queue.push_back(edge.to),
                (None, None) => silent.push(edge.to),
            }
        }
    }
    silent
}

/// Of all edges that are followed the one without which most is left.
fn cheapest(start: u32, promise: Share, sum: &Sum, graph: &Graph, promises: &Promises<'_>) -> Option<Change> {
    let mut seen = BTreeSet::from([start]);
    let mut queue = VecDeque::from([start]);
    let mut edges = vec![];
    while let Some(node) = queue.pop_front() {
        for edge in promises.hard(node) {
            edges.push((edge.from, edge.to));
            if seen.insert(edge.to) {
                queue.push_back(edge.to);
            }
        }
    }
    let mut best = None;
    let mut most = sum.product.floor();
    for edge in edges.into_iter().take(ASKED) {
        let left = promises.sum(start, Some(edge), Share(0)).product;
        if left.floor() > most {
            most = left.floor();
            best = Some((edge, left.compare(promise) != Ordering::Less));
        }
    }
    let name = |at: u32| graph.name(at).to_string();
    best.map(|((from, to), enough)| Change { from: name(from), to: name(to), independent: most, enough })
}
