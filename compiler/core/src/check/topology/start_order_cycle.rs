//! `start-order-cycle`: each waits until the other is ready.

use crate::check::{Context, Found, Rule};
use crate::cycle::{EFFORT, Link, components, shortest_with};
use crate::view::workload::{first_jobs, job_calls};
use bastide_report::source::Span;
use std::collections::BTreeSet;

pub const RULE: Rule = Rule::deny("start-order-cycle", check);

struct Wait {
    link: Link,
    span: Span,
    /// The word it stands behind, if that is no call: `asks`, `after`.
    word: Option<&'static str>,
}

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let graph = &ctx.views.graph;
    let waits = waits(ctx);
    if !waits.iter().any(|wait| wait.word.is_some()) {
        return;
    }
    let links: Vec<Link> = waits.iter().map(|wait| wait.link).collect();
    for cycle in shortest_with(
        graph.nodes.len(),
        &links,
        |node| graph.name(node),
        |at| waits[at].word.is_some(),
        EFFORT,
    ) {
        let weakest = cycle.iter().map(|at| &waits[*at]).find_map(|wait| Some((wait.word?, wait.link)));
        let Some((word, weakest)) = weakest else { continue };
        let names: Vec<&str> = cycle.iter().map(|at| graph.name(links[*at].from)).collect();
        let round = format!("{} → {}", names.join(" → "), names[0]);
        let node = ctx.model.service(names[0]).map_or("", |it| it.at.as_str());
        let mut finding = RULE.found(node, format!("none of them becomes ready: {round}"));
        for wait in cycle.iter().map(|at| &waits[*at]).take(12) {
            let text = match wait.word {
                Some("asks") => "asks before it is ready",
                Some(_) => "starts after",
                None => "cannot start without",
            };
            let (from, to) = (graph.name(wait.link.from), graph.name(wait.link.to));
            finding = finding.label(wait.span, format!("`{from}` {text} `{to}`"));
        }
        finding
            .help(format!(
                "remove `{word} \"{}\"` from `{}`",
                graph.name(weakest.to),
                graph.name(weakest.from)
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
    let asks = |wait: &&Wait| wait.word == Some("asks");
    let inner =
        waits.iter().filter(asks).filter(|wait| of[wait.link.from as usize] == of[wait.link.to as usize]);
    inner.map(|wait| (graph.name(wait.link.from), graph.name(wait.link.to))).collect()
}

/// Who waits for whom at the start.
fn waits(ctx: &Context<'_>) -> Vec<Wait> {
    let graph = &ctx.views.graph;
    let mut waits = vec![];
    for service in &ctx.model.services {
        let Some(from) = graph.program(&service.name.value) else { continue };
        let calls = service.calls.iter().filter(|it| !it.soft).map(|it| (&it.to, None));
        let asks = service.run.health.asks.iter().map(|it| (it, Some("asks")));
        let after =
            service.after.iter().filter(|it| it.until() != Some("done")).map(|it| (&it.to, Some("after")));
        for (to, word) in asks.chain(after).chain(calls) {
            let Some(node) = graph.program(&to.value) else { continue };
            waits.push(Wait { link: Link { from, to: node }, span: to.span(), word });
        }
        // Jobs wait for those whom they call.
        for it in service.after.iter().filter(|it| it.until() == Some("done")) {
            let other = ctx.model.service(&it.to.value);
            let jobs = other.into_iter().flat_map(|other| first_jobs(other).map(move |job| (other, job)));
            for call in jobs.flat_map(|(other, job)| job_calls(other, job)).filter(|call| !call.soft) {
                let Some(node) = graph.program(&call.to.value) else { continue };
                waits.push(Wait { link: Link { from, to: node }, span: it.to.span(), word: Some("after") });
            }
        }
    }
    waits
}
