//! What happens if something fails: who cannot go on, who goes on without it, whose messages wait, and which promises
//! break. `bastide slo --fail` prints it.

mod messages;

pub use messages::{Held, Message};

use super::graph::{Edge, Graph, Kind, Node, NodeKind};
use super::promise;
use super::reliability::{PublicRoute, public_routes};
use crate::model::Model;
use bastide_report::units::{Duration, Share};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The outage of some nodes, seen through the graph.
#[derive(Clone, Debug, Serialize)]
pub struct Outage {
    /// What fails: `resource orders-db`.
    pub failed: Vec<Failed>,
    /// Who cannot do without it, nearest first.
    pub broken: Vec<Broken>,
    /// Who goes on without it.
    pub degraded: Vec<Degraded>,
    /// What becomes of messages.
    pub messages: Vec<Message>,
    /// The public routes that are hit.
    pub routes: Vec<RouteHit>,
    /// Promises of what fails and of what breaks with it: how long each holds.
    pub breaks: Vec<Broke>,
    /// Services whose promises stand, whatever lasts how long.
    pub stands: Vec<String>,
}

/// What fails.
#[derive(Clone, Debug, Serialize)]
pub struct Failed {
    /// What it is.
    pub kind: NodeKind,
    /// Its name.
    pub name: String,
}

/// Who cannot go on.
#[derive(Clone, Debug, Serialize)]
pub struct Broken {
    /// What it is.
    pub kind: NodeKind,
    /// Its name.
    pub name: String,
    /// From what it needs itself to what fails.
    pub through: Vec<String>,
}

/// Who goes on.
#[derive(Clone, Debug, Serialize)]
pub struct Degraded {
    /// Its name.
    pub name: String,
    /// Without whom.
    pub without: String,
    /// How long a request of it may wait in vain, in milliseconds; none: it has no timeout, or is no call.
    pub waits_ms: Option<u64>,
    /// Whether waiting in vain breaks its promise of latency; none if it promises none, or is no call.
    pub late: Option<bool>,
    /// Whether it is a call.
    pub call: bool,
}

/// A public route that is hit.
#[derive(Clone, Debug, Serialize)]
pub struct RouteHit {
    /// Its path in the spec.
    pub at: String,
    /// The gateway.
    pub gateway: String,
    /// The path.
    pub path: String,
    /// Methods; empty means all.
    pub methods: Vec<String>,
    /// `down`, `partly` (some requests, or parts of the answer) or `degraded`.
    pub how: &'static str,
    /// Of those who answer there, who is hit.
    pub by: Vec<String>,
}

/// A promise that breaks.
#[derive(Clone, Debug, Serialize)]
pub struct Broke {
    /// Who promises.
    pub name: String,
    /// What.
    pub promise: Share,
    /// Over which window.
    pub window: String,
    /// How long the outage may last until the budget of the window is gone.
    pub after: String,
}

impl Outage {
    /// Adds that somebody goes on without what an edge leads to, and what that does to the routes.
    pub(super) fn goes_on(&mut self, model: &Model, graph: &Graph, edge: &Edge) {
        self.degraded.push(degraded(model, graph, edge));
        self.routes = routes(model, graph, &BTreeSet::new(), &self.degraded, |_| false);
        let late = |name: &String| self.degraded.iter().any(|it| it.name == *name && it.late == Some(true));
        self.stands.retain(|name| !late(name));
    }
}

/// What happens if these nodes fail together.
pub fn outage(model: &Model, graph: &Graph, failed: &[u32]) -> Outage {
    let through = through(failed, &needed(graph));
    let down: BTreeSet<u32> = failed.iter().chain(through.keys()).copied().collect();
    let nearest = nearest(graph, &through);
    let degraded = all_degraded(model, graph, &down);
    let failed_gateway =
        |name: &str| graph.find(NodeKind::Gateway, name).is_some_and(|at| failed.contains(&at));
    // A promise to clients is none where they do not get in.
    let unreached = public_routes(model).into_iter().filter(|it| failed_gateway(&it.gateway));
    let services = unreached.flat_map(|it| it.services);
    let gone: BTreeSet<u32> =
        services.filter_map(|it| graph.program(&it)).chain(down.iter().copied()).collect();
    let in_order = failed.iter().chain(nearest.iter().map(|(at, _)| at));
    Outage {
        messages: messages::messages(model, graph, &down),
        routes: routes(model, graph, &down, &degraded, failed_gateway),
        breaks: in_order.chain(gone.difference(&down)).filter_map(|at| broke(model, graph, *at)).collect(),
        stands: stands(model, graph, &gone, &degraded),
        failed: failed.iter().map(|at| &graph.nodes[*at as usize]).map(named).collect(),
        broken: nearest.into_iter().map(|(at, through)| no_more(graph, at, through)).collect(),
        degraded,
    }
}

fn named(node: &Node) -> Failed {
    Failed { kind: node.kind, name: node.name.clone() }
}

fn no_more(graph: &Graph, at: u32, through: Vec<String>) -> Broken {
    let node = &graph.nodes[at as usize];
    Broken { kind: node.kind, name: node.name.clone(), through }
}

/// All who cannot go on with the way from what each needs to what fails, the nearest first.
fn nearest(graph: &Graph, through: &BTreeMap<u32, u32>) -> Vec<(u32, Vec<String>)> {
    let way = |mut at: u32| {
        let mut names = vec![];
        while let Some(next) = through.get(&at) {
            names.push(graph.name(*next).to_string());
            at = *next;
        }
        names
    };
    let mut all: Vec<(u32, Vec<String>)> = through.keys().map(|at| (*at, way(*at))).collect();
    all.sort_by_key(|(at, way)| (way.len(), *at));
    all
}

fn all_degraded(model: &Model, graph: &Graph, down: &BTreeSet<u32>) -> Vec<Degraded> {
    let soft = graph.edges.iter().filter(|it| !it.hard && matches!(it.kind, Kind::Calls | Kind::Uses));
    let hit = soft.filter(|it| down.contains(&it.to) && !down.contains(&it.from));
    hit.map(|edge| degraded(model, graph, edge)).collect()
}

/// Services that promise something, are there, and do not wait too long in vain.
fn stands(model: &Model, graph: &Graph, gone: &BTreeSet<u32>, degraded: &[Degraded]) -> Vec<String> {
    let late = |name: &str| degraded.iter().any(|it| it.name == name && it.late == Some(true));
    let there = (0_u32..).zip(&graph.nodes).filter(|(at, _)| !gone.contains(at)).map(|(_, node)| node);
    let programs = there.filter(|it| matches!(it.kind, NodeKind::Service | NodeKind::Function));
    let promising = programs.filter(|it| promise::slo(model, it).is_some() && !late(&it.name));
    promising.map(|it| it.name.clone()).collect()
}

/// For each node who cannot do without it.
fn needed(graph: &Graph) -> BTreeMap<u32, Vec<u32>> {
    let mut needed: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    let hard = |it: &&Edge| it.hard && matches!(it.kind, Kind::Calls | Kind::Uses | Kind::CarriedBy);
    graph.edges.iter().filter(hard).for_each(|it| needed.entry(it.to).or_default().push(it.from));
    needed
}

/// All who cannot go on, each with what it needs on the shortest way to what fails.
fn through(failed: &[u32], needed: &BTreeMap<u32, Vec<u32>>) -> BTreeMap<u32, u32> {
    let mut through = BTreeMap::new();
    let mut queue: VecDeque<u32> = failed.iter().copied().collect();
    while let Some(node) = queue.pop_front() {
        for from in needed.get(&node).into_iter().flatten() {
            if !failed.contains(from) && !through.contains_key(from) {
                through.insert(*from, node);
                queue.push_back(*from);
            }
        }
    }
    through
}

fn degraded(model: &Model, graph: &Graph, edge: &Edge) -> Degraded {
    let service = model.service(graph.name(edge.from));
    let call = service.filter(|_| edge.kind == Kind::Calls).and_then(|it| it.calls.get(edge.item as usize));
    let waits_ms = call.and_then(|it| it.longest_ms());
    let promise = service.and_then(|it| it.slo.as_ref()?.latency).filter(|_| call.is_some());
    Degraded {
        name: graph.name(edge.from).into(),
        without: graph.name(edge.to).into(),
        waits_ms,
        late: promise.map(|at| waits_ms.is_none_or(|waits| waits > at.value.0)),
        call: call.is_some(),
    }
}

fn broke(model: &Model, graph: &Graph, at: u32) -> Option<Broke> {
    let node = &graph.nodes[at as usize];
    let slo = promise::slo(model, node)?;
    let promise = slo.availability?.value;
    let window = slo.window.value;
    let lasts = u128::from(window.0) * u128::from(promise.rest().0) / u128::from(Share::ONE.0);
    let after = Duration(lasts as u64 / 1_000 * 1_000).to_string();
    Some(Broke { name: node.name.clone(), promise, window: window.to_string(), after })
}

fn routes(
    model: &Model,
    graph: &Graph,
    down: &BTreeSet<u32>,
    degraded: &[Degraded],
    failed: impl Fn(&str) -> bool,
) -> Vec<RouteHit> {
    let is_down = |name: &String| graph.program(name).is_some_and(|at| down.contains(&at));
    let is_degraded = |name: &String| degraded.iter().any(|it| it.name == *name);
    let hit = |route: PublicRoute| {
        let dead: Vec<String> = route.services.iter().filter(|it| is_down(it)).cloned().collect();
        let weak: Vec<String> = route.services.iter().filter(|it| is_degraded(it)).cloned().collect();
        let whole = match route.answers {
            "some" | "share" => dead.len() == route.services.len(),
            _ => !dead.is_empty(),
        };
        let (how, by) = match () {
            () if failed(&route.gateway) => ("down", vec![route.gateway.clone()]),
            () if whole => ("down", dead),
            () if !dead.is_empty() => ("partly", dead),
            () if !weak.is_empty() => ("degraded", weak),
            () => return None,
        };
        Some(RouteHit {
            at: route.at,
            gateway: route.gateway,
            path: route.path,
            methods: route.methods,
            how,
            by,
        })
    };
    public_routes(model).into_iter().filter_map(hit).collect()
}
