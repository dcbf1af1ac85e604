//! `retry-amplification`: tries upon tries along a path of calls.

use crate::check::{Context, Found, Rule};
use crate::cycle::{Link, components};
use crate::view::graph::{Edge, Kind};
use bastide_report::finding::{Level, Spot};

/// More than this many requests from one is a warning.
const WARN: u64 = 4;
/// More than this many stops the build.
const DENY: u64 = 16;

pub const RULE: Rule = Rule::warn("retry-amplification", check);

/// What was found for each component; nearly all are of one node.
struct Amplified {
    component: Vec<u32>,
    worst: Vec<Worst>,
}

impl Amplified {
    fn of(&self, node: u32) -> (usize, Worst) {
        let component = self.component[node as usize] as usize;
        (component, self.worst[component])
    }
}

/// The most requests that one may become on the way to a component, and the edge they come by.
#[derive(Clone, Copy)]
struct Worst {
    times: u64,
    by: Option<usize>,
}

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let graph = &ctx.views.graph;
    let waiting: Vec<usize> = (0..graph.edges.len())
        .filter(|at| matches!(graph.edges[*at].kind, Kind::Calls | Kind::Routes))
        .collect();
    let links: Vec<Link> =
        waiting.iter().map(|at| Link { from: graph.edges[*at].from, to: graph.edges[*at].to }).collect();
    let component = components(graph.nodes.len(), &links);
    // Callers have the larger component numbers: taking edges by falling number of their caller meets each
    // node after everything that leads to it. Cycles are `sync-cycle`'s business: what comes to one of their members
    // comes to all, and their own tries count once.
    let mut ordered = waiting;
    ordered.retain(|at| component[graph.edges[*at].from as usize] != component[graph.edges[*at].to as usize]);
    ordered.sort_by_key(|at| (std::cmp::Reverse(component[graph.edges[*at].from as usize]), *at));
    let mut worst = vec![Worst { times: 1, by: None }; graph.nodes.len()];
    for at in &ordered {
        let edge = &graph.edges[*at];
        let times = worst[component[edge.from as usize] as usize].times.saturating_mul(tries(ctx, edge));
        let to = &mut worst[component[edge.to as usize] as usize];
        if times > to.times {
            *to = Worst { times, by: Some(*at) };
        }
    }
    report(ctx, &ordered, &Amplified { component, worst }, found);
}

/// Deepest callees first; what lies on a path that was shown is not shown again.
fn report(ctx: &Context<'_>, ordered: &[usize], all: &Amplified, found: &mut Vec<Found>) {
    let graph = &ctx.views.graph;
    let mut shown = vec![false; all.worst.len()];
    for at in ordered.iter().rev() {
        let edge = &graph.edges[*at];
        let (mut component, worst) = all.of(edge.to);
        if worst.by != Some(*at) || worst.times <= WARN || shown[component] || tries(ctx, edge) == 1 {
            continue;
        }
        let mut path = vec![];
        while let Some(by) = all.worst[component].by {
            path.push(&graph.edges[by]);
            shown[component] = true;
            component = all.of(graph.edges[by].from).0;
        }
        path.reverse();
        found.extend(finding(ctx, &path, worst.times));
    }
}

fn tries(ctx: &Context<'_>, edge: &Edge) -> u64 {
    let retries = match edge.kind {
        Kind::Calls => ctx.call(edge).and_then(|(_, call)| call.retries),
        _ => route(ctx, edge)
            .filter(|it| it.protocol == "http" || it.protocol == "grpc")
            .and_then(|it| it.retries),
    };
    retries.map_or(1, |at| at.value.max(0) as u64 + 1)
}

fn route<'m>(ctx: &Context<'m>, edge: &Edge) -> Option<&'m crate::model::gateway::Route> {
    let name = ctx.views.graph.name(edge.from);
    ctx.model.gateway(name)?.routes.get(edge.item as usize)
}

fn finding(ctx: &Context<'_>, path: &[&Edge], times: u64) -> Option<Found> {
    let graph = &ctx.views.graph;
    let multiplying: Vec<&&Edge> = path.iter().filter(|edge| tries(ctx, edge) > 1).collect();
    let (first, last) = (path.first()?, multiplying.last()?);
    let at = match last.kind {
        Kind::Calls => ctx.call(last)?.1.at.clone(),
        _ => route(ctx, last)?.at.clone(),
    };
    let (from, to) = (graph.name(first.from), graph.name(last.to));
    let product: Vec<String> = multiplying.iter().take(12).map(|edge| tries(ctx, edge).to_string()).collect();
    let message = format!("one request to `{from}` may become {times} to `{to}`: {}", product.join(" × "));
    let mut finding = RULE.found(&at, message).level(if times > DENY { Level::Deny } else { Level::Warn });
    for edge in multiplying.iter().rev().take(12) {
        let text = format!("{} → {}: {} tries", graph.name(edge.from), graph.name(edge.to), tries(ctx, edge));
        finding = finding.label(edge.span, text);
    }
    for edge in multiplying.iter().take(multiplying.len() - 1) {
        finding = once(ctx, edge, finding);
    }
    Some(
        finding.help(format!(
            "try again only at {} → {to}: write `retries=0` on the others",
            graph.name(last.from)
        )),
    )
}

/// Lets an edge try once.
fn once(ctx: &Context<'_>, edge: &Edge, finding: Found) -> Found {
    let called = ctx.call(edge).filter(|_| edge.kind == Kind::Calls);
    if let Some((call, retries)) = called.and_then(|(_, call)| Some((call, call.retries?))) {
        return finding.write(&retries, call.to.span(), Spot::Property("retries"), "0");
    }
    match route(ctx, edge).and_then(|route| Some((route, route.retries?))) {
        Some((route, retries)) => finding.write(&retries, route.path.span(), Spot::Child("retries", ""), "0"),
        None => finding,
    }
}
