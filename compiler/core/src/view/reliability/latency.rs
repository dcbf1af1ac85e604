//! How long a service waits for whom, and whether it can answer in time.

use super::Verdict;
use crate::model::service::{Call, Service};
use crate::model::{Model, Slo};
use crate::view::graph::{Graph, NodeKind};
use crate::view::promise;
use bastide_report::units::{Duration, Share};
use serde::Serialize;

/// So many hops are listed.
const LISTED: usize = 64;

/// A promise of latency beside those it hangs on.
#[derive(Clone, Debug, Serialize)]
pub struct Latency {
    /// Time within which it answers.
    pub promise: String,
    /// The same in milliseconds.
    pub promise_ms: u64,
    /// The share of its answers.
    pub share: Share,
    /// Whether it can.
    pub verdict: Verdict,
    /// What it waits for by what is promised to it: one call after the other, of those side by side the slowest.
    pub waits_ms: u64,
    /// What is left for its own work.
    pub own_ms: u64,
    /// The share of answers for which all it needs is in time, if never two of them are late at once.
    pub in_time: Share,
    /// Hard calls that promise no latency.
    pub silent: Vec<String>,
    /// Longest that a public route waits for it.
    pub route_ms: Option<u64>,
    /// Each call below it, over all steps.
    pub hops: Vec<Hop>,
}

/// A call on the way.
#[derive(Clone, Debug, Serialize)]
pub struct Hop {
    /// How many calls lie before it.
    pub depth: usize,
    /// Who is called.
    pub to: String,
    /// Time within which it answers, in milliseconds, if it says so.
    pub promise_ms: Option<u64>,
    /// For which share.
    pub share: Option<Share>,
    /// Longest wait for one try, in milliseconds.
    pub timeout_ms: Option<u64>,
    /// Most tries.
    pub tries: u64,
    /// Whether the caller goes on without it.
    pub soft: bool,
    /// Whether it is sent beside others.
    pub parallel: bool,
}

/// What a callee promises: time and share.
type Promised = (Duration, Share);

pub(super) fn of(model: &Model, graph: &Graph, service: &Service, route_ms: Option<u64>) -> Option<Latency> {
    let (own, share) = promised(service.slo.as_ref()?)?;
    let hard: Vec<(&Call, Option<Promised>)> = service
        .calls
        .iter()
        .filter(|call| !call.soft)
        .map(|call| (call, slo_of(model, graph, call).and_then(promised)))
        .collect();
    let known = || hard.iter().filter_map(|(call, it)| it.map(|it| (*call, it)));
    let waits = waits(known());
    // What is promised for fewer answers than these is no bound for them.
    let fitting = || known().filter(|(_, (_, at))| *at <= share);
    let late: u64 = known().map(|(_, (_, at))| at.rest().0).sum();
    let in_time = Share(Share::ONE.0.saturating_sub(late));
    let silent: Vec<String> =
        hard.iter().filter(|(_, it)| it.is_none()).map(|(call, _)| call.to.value.clone()).collect();
    let verdict = if fitting().any(|(_, (time, _))| time > own) {
        Verdict::Contradictory
    } else if self::waits(fitting()) > own {
        Verdict::Infeasible
    } else if waits > own || in_time < share || !silent.is_empty() {
        Verdict::NotGuaranteed
    } else {
        Verdict::Proved
    };
    let mut hops = vec![];
    walk(model, graph, service, &mut vec![&service.name.value], &mut hops);
    Some(Latency {
        promise: own.to_string(),
        promise_ms: own.0,
        share,
        verdict,
        waits_ms: waits.0,
        own_ms: own.0.saturating_sub(waits.0),
        in_time,
        silent,
        route_ms,
        hops,
    })
}

fn promised(slo: &Slo) -> Option<Promised> {
    Some((slo.latency?.value, slo.quantile?.value))
}

fn slo_of<'m>(model: &'m Model, graph: &Graph, call: &Call) -> Option<&'m Slo> {
    let name = &call.to.value;
    let node = graph.program(name).or_else(|| graph.find(NodeKind::External, name))?;
    promise::slo(model, &graph.nodes[node as usize])
}

/// One after the other, and of those side by side the slowest.
fn waits<'a>(calls: impl Iterator<Item = (&'a Call, Promised)>) -> Duration {
    let (mut serial, mut beside) = (0, 0);
    for (call, (time, _)) in calls {
        match call.parallel {
            true => beside = time.0.max(beside),
            false => serial += time.0,
        }
    }
    Duration(serial + beside)
}

/// The calls of a service, each followed by those behind it; a way that closes is not followed.
fn walk<'m>(
    model: &'m Model,
    graph: &Graph,
    service: &'m Service,
    way: &mut Vec<&'m str>,
    hops: &mut Vec<Hop>,
) {
    for call in &service.calls {
        if hops.len() >= LISTED {
            return;
        }
        let promise = slo_of(model, graph, call).and_then(promised);
        hops.push(Hop {
            depth: way.len(),
            to: call.to.value.clone(),
            promise_ms: promise.map(|(time, _)| time.0),
            share: promise.map(|(_, share)| share),
            timeout_ms: call.timeout.map(|it| it.value.0),
            tries: call.tries(),
            soft: call.soft,
            parallel: call.parallel,
        });
        if let Some(next) = model.service(&call.to.value).filter(|_| !way.contains(&call.to.value.as_str())) {
            way.push(&call.to.value);
            walk(model, graph, next, way, hops);
            way.pop();
        }
    }
}
