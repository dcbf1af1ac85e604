//! What several rules need.

pub mod act;
pub mod channels;
pub mod contracts;
pub mod cycle;
pub mod deadline;
pub mod load;
pub mod matches;
pub mod memo;
pub mod promise;
pub mod versions;
pub mod weights;

use super::Context;
use crate::model::app::{Patch, Set};
use crate::model::gateway::{Gateway, Route};
use crate::model::service::{Call, Service};
use crate::tree::{At, Layer};
use crate::view::graph::{Edge, Graph, Kind};
use bastide_report::source::Span;
use cycle::{Link, components};
use std::collections::{BTreeMap, BTreeSet};

/// Waits between tries in ms: 25 ms doubling, at most 100 ms, as gateways and clients are configured.
pub fn waits(retries: i64) -> u64 {
    (0..retries.max(0)).map(|at| (25u64 << at.min(2)).min(100)).sum()
}

/// The service a call edge leaves, and the call.
pub fn call<'m>(ctx: &Context<'m>, edge: &Edge) -> Option<(&'m Service, &'m Call)> {
    let service = ctx.model.service(ctx.views.graph.name(edge.from))?;
    Some((service, service.calls.get(edge.item as usize)?))
}

/// Routes of all gateways that let clients in.
pub fn routes<'m>(ctx: &Context<'m>) -> impl Iterator<Item = (&'m Gateway, &'m Route)> {
    let inward = ctx.model.gateways.iter().filter(|gateway| !gateway.out);
    inward.flat_map(|gateway| gateway.routes.iter().map(move |route| (gateway, route)))
}

/// Services that a route leads to, each with the first that does.
pub fn routed<'m>(ctx: &Context<'m>) -> BTreeMap<&'m str, &'m Route> {
    let mut first = BTreeMap::new();
    for (_, route) in routes(ctx) {
        for name in route.services() {
            first.entry(name).or_insert(route);
        }
    }
    first
}

/// Services that somebody asks, each with the first place that says so and the caller; clients come by a route.
pub fn asked<'p, 'm>(ctx: &'p Context<'m>) -> &'p Asked<'m> {
    ctx.memo.asked.get_or_init(|| all_asked(ctx))
}

/// By the name of a service the place that asks it, and the caller.
pub type Asked<'m> = BTreeMap<&'m str, (Span, Option<&'m Service>)>;

fn all_asked<'m>(ctx: &Context<'m>) -> Asked<'m> {
    let mut first = BTreeMap::new();
    for service in &ctx.model.services {
        for call in &service.calls {
            first.entry(call.to.value.as_str()).or_insert((call.to.span(), Some(service)));
        }
    }
    for (name, route) in routed(ctx) {
        first.entry(name).or_insert((route.path.span(), None));
    }
    first
}

/// Services that clients reach through a route, directly or over calls.
pub fn behind_routes<'m>(ctx: &Context<'m>) -> BTreeSet<&'m str> {
    reached(ctx, routed(ctx).into_keys().collect())
}

/// These services and all they call, over any number of steps.
pub fn reached<'m>(ctx: &Context<'m>, mut waiting: Vec<&'m str>) -> BTreeSet<&'m str> {
    let mut reached = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if reached.insert(name) {
            let calls = ctx.model.service(name).into_iter().flat_map(|service| &service.calls);
            waiting.extend(calls.map(|call| call.to.value.as_str()));
        }
    }
    reached
}

/// What patches of the environment set in objects of these kinds.
pub fn patched<'m>(
    ctx: &Context<'m>,
    kinds: &'static [&'static str],
) -> impl Iterator<Item = (&'m Patch, &'m Set)> {
    let kind = |patch: &&Patch| patch.object.split('/').next().is_some_and(|it| kinds.contains(&it));
    let patches = ctx.model.environment.patches.iter().filter(kind);
    patches.flat_map(|patch| patch.sets.iter().map(move |set| (patch, set)))
}

/// Whether the user wrote the value, and not a default of the language or of a type.
pub fn written<T>(at: &At<T>) -> bool {
    at.origin.layer >= Layer::Archetype
}

/// The place of a value; of what it belongs to, if the value is a default.
pub fn place<T>(at: &At<T>, owner: Span) -> Span {
    if written(at) { at.span() } else { owner }
}

/// `a`, `b` and `c`.
pub fn listed(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
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
        CallCycles { graph, component: ctx.memo.cycles.get_or_init(all) }
    }

    /// Whether the call from one to the other closes a cycle.
    pub fn contain(&self, from: &str, to: &str) -> bool {
        match (self.graph.program(from), self.graph.program(to)) {
            (Some(from), Some(to)) => self.component[from as usize] == self.component[to as usize],
            _ => false,
        }
    }
}
