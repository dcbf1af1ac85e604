//! `event-loop`: an event that causes itself.

use crate::check::{Context, Found, Rule};
use crate::cycle::{Link, shortest};
use crate::model::service::{Service, Subscribe};
use crate::view::graph::NodeKind;
use bastide_report::source::Span;
use std::collections::BTreeSet;

pub const RULE: Rule = Rule::info("event-loop", check);

/// A step from one topic to another through a handler.
struct Step<'m> {
    from: u32,
    to: u32,
    service: &'m Service,
    edge: &'m Subscribe,
    /// Where the second topic is named.
    written: Span,
    /// The handler itself says so.
    sure: bool,
}

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let graph = &ctx.views.graph;
    let steps = without_replies(ctx, steps(ctx));
    let links: Vec<Link> = steps.iter().map(|step| Link { from: step.from, to: step.to }).collect();
    let rank = |node: u32| (graph.nodes[node as usize].span, node);
    for cycle in shortest(graph.nodes.len(), &links, rank) {
        let cycle: Vec<&Step<'_>> = cycle.into_iter().map(|at| &steps[at]).collect();
        found.extend(finding(ctx, &cycle));
    }
}

fn steps<'m>(ctx: &Context<'m>) -> Vec<Step<'m>> {
    let graph = &ctx.views.graph;
    let channel =
        |name: &str| graph.find(NodeKind::Topic, name).or_else(|| graph.find(NodeKind::Queue, name));
    let sagas = sagas(ctx);
    let mut steps = vec![];
    for service in &ctx.model.services {
        let sure = service.subscribes.iter().any(|it| it.emits.is_some());
        for edge in service.subscribes.iter().filter(|it| it.terminates_by.is_none()) {
            let emitted = edge.emits.iter();
            let possible = service.publishes.iter().filter(|_| !sure).map(|it| &it.topic);
            for to in emitted.chain(possible) {
                // A guess must not call a saga a loop: its events answer each other by design.
                if !sure
                    && sagas.iter().any(|saga| saga.contains(&*edge.topic.value) && saga.contains(&*to.value))
                {
                    continue;
                }
                if let (Some(from), Some(node)) = (channel(&edge.topic.value), channel(&to.value)) {
                    steps.push(Step { from, to: node, service, edge, written: to.span(), sure });
                }
            }
        }
    }
    steps
}

/// The topics of each saga.
fn sagas<'m>(ctx: &Context<'m>) -> Vec<BTreeSet<&'m str>> {
    let of_step =
        |step: &'m crate::model::Step| [&step.on, &step.emits, &step.compensate].into_iter().flatten();
    let topics = |saga: &'m crate::model::Saga| {
        saga.steps.iter().flat_map(of_step).map(|at| at.value.as_str()).collect()
    };
    ctx.model.sagas.iter().map(topics).collect()
}

/// Leaves out what is request and reply: services that may answer each other over two queues.
fn without_replies<'m>(ctx: &Context<'_>, mut steps: Vec<Step<'m>>) -> Vec<Step<'m>> {
    let queue = |node: u32| ctx.views.graph.nodes[node as usize].kind == NodeKind::Queue;
    let possible = |step: &Step<'_>| !step.sure && step.from != step.to && queue(step.from) && queue(step.to);
    let ways: BTreeSet<(u32, u32)> =
        steps.iter().filter(|step| possible(step)).map(|step| (step.from, step.to)).collect();
    steps.retain(|step| !possible(step) || !ways.contains(&(step.to, step.from)));
    steps
}

fn finding(ctx: &Context<'_>, cycle: &[&Step<'_>]) -> Option<Found> {
    let graph = &ctx.views.graph;
    let (first, last) = (cycle.first()?, cycle.last()?);
    let verb = if cycle.iter().all(|step| step.sure) { "leads" } else { "may lead" };
    let mut way: Vec<String> =
        cycle.iter().map(|step| format!("`{}`", graph.name(step.to))).take(8).collect();
    way.insert(0, format!("`{}`", graph.name(first.from)));
    let message = format!("an event of {} {verb} to itself: {}", way[0], way.join(" → "));
    let mut finding = RULE.found(&first.edge.at, message);
    for step in cycle.iter().take(8) {
        let (name, from, to) = (&step.service.name.value, graph.name(step.from), graph.name(step.to));
        finding = finding
            .label(step.edge.topic.span(), format!("`{name}` reads `{from}`"))
            .label(step.written, format!("and writes `{to}`"));
    }
    let act = if last.sure {
        "write `terminates-by=\"…\"`"
    } else {
        "say with `emits=` what each handler writes, or write `terminates-by=\"…\"`"
    };
    Some(finding.help(format!(
        "{act} at `subscribes \"{}\"` of `{}`, or cut it there",
        graph.name(last.from),
        last.service.name.value
    )))
}
