//! `sync-cycle`: services that wait for each other in a cycle.

use crate::check::{Context, Found, Rule};
use crate::cycle::{Link, shortest};
use crate::tree::is_within;
use crate::view::graph::{Edge, Kind, NodeKind};

pub const RULE: Rule = Rule::warn("sync-cycle", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let graph = &ctx.views.graph;
    let program =
        |node: u32| matches!(graph.nodes[node as usize].kind, NodeKind::Service | NodeKind::Function);
    let edges: Vec<&Edge> =
        graph.edges.iter().filter(|edge| edge.kind == Kind::Calls && program(edge.to)).collect();
    let links: Vec<Link> = edges.iter().map(|edge| Link { from: edge.from, to: edge.to }).collect();
    let rank = |node: u32| (graph.nodes[node as usize].span, node);
    for cycle in shortest(graph.nodes.len(), &links, rank) {
        let cycle: Vec<&Edge> = cycle.into_iter().map(|at| edges[at]).collect();
        found.extend(finding(ctx, &cycle));
    }
}

fn finding(ctx: &Context<'_>, cycle: &[&Edge]) -> Option<Found> {
    let graph = &ctx.views.graph;
    let first = cycle.first()?;
    let (service, _) = ctx.call(first)?;
    // Whoever waives it may do so where any of them is.
    let waived =
        |at: &str| ctx.model.lints.iter().any(|it| it.rule.value == RULE.name && is_within(at, &it.node));
    let calls = || cycle.iter().filter_map(|edge| ctx.call(edge)).map(|(_, call)| call);
    let own = calls().find(|call| waived(&call.at)).or_else(|| calls().next())?;
    let name = &service.name.value;
    let through: Vec<&str> = cycle[1..].iter().map(|edge| graph.name(edge.from)).take(8).collect();
    let message = match through.as_slice() {
        [] => format!("`{name}` calls itself"),
        names => format!("`{name}` waits for itself through {}", crate::check::query::listed(names)),
    };
    let steps = cycle.iter().take(16).map(|edge| (edge.span, ctx.arrow(edge)));
    Some(RULE.found(&own.at, message).labels(steps).help(help(ctx, cycle)))
}

/// A call whose answer the caller can do without is the cheapest to cut, else the one that closes the cycle.
fn help(ctx: &Context<'_>, cycle: &[&Edge]) -> String {
    let graph = &ctx.views.graph;
    let Some(cut) = cycle.iter().find(|edge| !edge.hard).or(cycle.last()) else { return String::new() };
    let (from, to) = (graph.name(cut.from), graph.name(cut.to));
    match cycle.len() {
        1 => format!("remove `calls \"{to}\"` from `{from}`: inside one program a function call does"),
        _ => format!(
            "cut {from} → {to}: let `{from}` publish what `{to}` must know, and `{to}` subscribe to it; programs of others that do without each other for a while say `calls \"{to}\" soft=#true`"
        ),
    }
}
