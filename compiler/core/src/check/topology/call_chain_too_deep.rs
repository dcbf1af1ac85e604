//! `call-chain-too-deep`: so many that wait for each other.

use crate::check::{Context, Found, Rule};
use crate::cycle::{Link, components};
use crate::view::graph::{Edge, Kind};

pub const RULE: Rule = Rule::info("call-chain-too-deep", check);

/// More calls in a row than this are too many.
const MOST: u32 = 4;

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let graph = &ctx.views.graph;
    let edges: Vec<&Edge> =
        graph.edges.iter().filter(|edge| matches!(edge.kind, Kind::Calls | Kind::Routes)).collect();
    let links: Vec<Link> = edges.iter().map(|edge| Link { from: edge.from, to: edge.to }).collect();
    let component = components(graph.nodes.len(), &links);
    let mut ordered: Vec<&Edge> = edges;
    ordered.retain(|edge| component[edge.from as usize] != component[edge.to as usize]);
    // Callers first: their component numbers are larger.
    ordered.sort_by_key(|edge| (std::cmp::Reverse(component[edge.from as usize]), edge.from));
    let mut depth: Vec<Option<(u32, &Edge)>> = vec![None; graph.nodes.len()];
    for edge in ordered {
        let through = match (edge.kind, depth[edge.from as usize]) {
            (Kind::Routes, _) => 0,
            (_, Some((calls, _))) => calls + 1,
            (_, None) => continue,
        };
        if depth[edge.to as usize].is_none_or(|(calls, _)| through > calls) {
            depth[edge.to as usize] = Some((through, edge));
        }
    }
    let deepest = depth.iter().flatten().max_by_key(|(calls, edge)| (*calls, std::cmp::Reverse(edge.span)));
    if let Some((calls, last)) = deepest.filter(|(calls, _)| *calls > MOST) {
        found.push(finding(ctx, &depth, *calls, last));
    }
}

fn finding(ctx: &Context<'_>, depth: &[Option<(u32, &Edge)>], calls: u32, last: &Edge) -> Found {
    let graph = &ctx.views.graph;
    let mut path = vec![last];
    while let Some((_, before)) =
        path.last().filter(|edge| edge.kind == Kind::Calls).and_then(|edge| depth[edge.from as usize])
    {
        path.push(before);
    }
    let first = path.last().map_or(last, |edge| *edge);
    let node = ctx.model.service(graph.name(last.from)).map_or("", |service| service.at.as_str());
    let message = format!(
        "a request to `{}` goes through {calls} calls in a row to `{}`",
        graph.name(first.to),
        graph.name(last.to)
    );
    let steps = path.iter().take(12).map(|edge| (edge.span, ctx.arrow(edge)));
    RULE.found(node, message).labels(steps).help(format!(
        "let `{}` keep what it needs of `{}`, fed by a topic",
        graph.name(last.from),
        graph.name(last.to)
    ))
}
