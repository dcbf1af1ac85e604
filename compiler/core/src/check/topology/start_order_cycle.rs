//! `start-order-cycle`: each waits until the other is ready.

use crate::check::{Context, Found, Rule};
use crate::cycle::{EFFORT, Link, components, shortest_with};
use bastide_report::source::Span;
use std::collections::BTreeSet;

pub const RULE: Rule = Rule::deny("start-order-cycle", check);

struct Wait {
    link: Link,
    span: Span,
    asks: bool,
}

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let graph = &ctx.views.graph;
    let waits = waits(ctx);
    if !waits.iter().any(|wait| wait.asks) {
        return;
    }
    let links: Vec<Link> = waits.iter().map(|wait| wait.link).collect();
    for cycle in
        shortest_with(graph.nodes.len(), &links, |node| graph.name(node), |at| waits[at].asks, EFFORT)
    {
        let Some(weakest) = cycle.iter().map(|at| &waits[*at]).find(|wait| wait.asks) else { continue };
        let names: Vec<&str> = cycle.iter().map(|at| graph.name(links[*at].from)).collect();
        let round = format!("{} → {}", names.join(" → "), names[0]);
        let node = ctx.model.service(names[0]).map_or("", |it| it.at.as_str());
        let mut finding = RULE.found(node, format!("none of them becomes ready: {round}"));
        for wait in cycle.iter().map(|at| &waits[*at]).take(12) {
            let text = if wait.asks { "asks before it is ready" } else { "cannot start without" };
            let (from, to) = (graph.name(wait.link.from), graph.name(wait.link.to));
            finding = finding.label(wait.span, format!("`{from}` {text} `{to}`"));
        }
        finding
            .help(format!(
                "remove `asks \"{}\"` from `{}`",
                graph.name(weakest.link.to),
                graph.name(weakest.link.from)
            ))
            .add_to(found);
    }
}

/// The questions that are part of a cycle: who asks, and whom.
pub fn cycles<'m>(ctx: &Context<'m>) -> BTreeSet<(&'m str, &'m str)> {
    let graph = &ctx.views.graph;
    let waits = waits(ctx);
    let links: Vec<Link> = waits.iter().map(|wait| wait.link).collect();
    let of = components(graph.nodes.len(), &links);
    let inner =
        waits.iter().filter(|wait| wait.asks && of[wait.link.from as usize] == of[wait.link.to as usize]);
    inner.map(|wait| (graph.name(wait.link.from), graph.name(wait.link.to))).collect()
}

/// Who waits for whom at the start.
fn waits(ctx: &Context<'_>) -> Vec<Wait> {
    let graph = &ctx.views.graph;
    let mut waits = vec![];
    for service in &ctx.model.services {
        let Some(from) = graph.program(&service.name.value) else { continue };
        let calls = service.calls.iter().filter(|it| !it.soft).map(|it| (&it.to, false));
        for (to, asks) in service.run.health.asks.iter().map(|it| (it, true)).chain(calls) {
            let Some(node) = graph.program(&to.value) else { continue };
            waits.push(Wait { link: Link { from, to: node }, span: to.span(), asks });
        }
    }
    waits
}
