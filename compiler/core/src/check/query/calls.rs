//! Who calls whom, who is reached, and which calls are part of a cycle.

use crate::check::Context;
use crate::cycle::{Link, components};
use crate::model::service::{Call, Service};
use crate::view::graph::{Edge, Graph, Kind};
use bastide_report::source::Span;
use std::collections::{BTreeMap, BTreeSet};

/// Waits between tries in ms: 25 ms doubling, at most 100 ms, as gateways and clients are configured.
pub fn waits(retries: i64) -> u64 {
    (0..retries.max(0)).map(|at| (25u64 << at.min(2)).min(100)).sum()
}

/// By the name of a service the place that asks it, and the caller.
pub type Asked<'m> = BTreeMap<&'m str, (Span, Option<&'m Service>)>;

impl<'m> Context<'m> {
    /// All calls, each with its caller.
    pub fn calls(&self) -> impl Iterator<Item = (&'m Service, &'m Call)> + use<'m> {
        self.model.services.iter().flat_map(|service| service.calls.iter().map(move |call| (service, call)))
    }

    /// The service a call edge leaves, and the call.
    pub fn call(&self, edge: &Edge) -> Option<(&'m Service, &'m Call)> {
        let service = self.model.service(self.views.graph.name(edge.from))?;
        Some((service, service.calls.get(edge.item as usize)?))
    }

    /// An edge in words: `orders → payments`.
    pub fn arrow(&self, edge: &Edge) -> String {
        let graph = &self.views.graph;
        format!("{} → {}", graph.name(edge.from), graph.name(edge.to))
    }

    /// Services that somebody asks, each with the first place that says so and the caller; clients come by a route.
    pub fn asked(&self) -> &Asked<'m> {
        self.memo.asked.get_or_init(|| {
            let mut first = BTreeMap::new();
            for (service, call) in self.calls() {
                first.entry(call.to.value.as_str()).or_insert((call.to.span(), Some(service)));
            }
            for (name, route) in self.routed() {
                first.entry(name).or_insert((route.path.span(), None));
            }
            first
        })
    }

    /// These services and all they call, over any number of steps.
    pub fn reached(&self, mut waiting: Vec<&'m str>) -> BTreeSet<&'m str> {
        let mut reached = BTreeSet::new();
        while let Some(name) = waiting.pop() {
            if reached.insert(name) {
                let calls = self.model.service(name).into_iter().flat_map(|service| &service.calls);
                waiting.extend(calls.map(|call| call.to.value.as_str()));
            }
        }
        reached
    }
}

/// Which calls are part of a cycle: what follows from that is told once, as `sync-cycle`.
pub struct CallCycles<'g> {
    graph: &'g Graph,
    component: &'g [u32],
}

impl<'g> CallCycles<'g> {
    /// Looks for all cycles of calls.
    pub fn of(ctx: &'g Context<'_>) -> CallCycles<'g> {
        let graph = &ctx.views.graph;
        let all = || {
            let calls = graph.edges.iter().filter(|edge| edge.kind == Kind::Calls);
            let links: Vec<Link> = calls.map(|edge| Link { from: edge.from, to: edge.to }).collect();
            components(graph.nodes.len(), &links)
        };
        CallCycles { graph, component: ctx.memo.call_components.get_or_init(all) }
    }

    /// Whether the call from one to the other closes a cycle.
    pub fn contain(&self, from: &str, to: &str) -> bool {
        match (self.graph.program(from), self.graph.program(to)) {
            (Some(from), Some(to)) => self.component[from as usize] == self.component[to as usize],
            _ => false,
        }
    }
}
