//! `god-service`: everybody's neighbour.

use crate::check::{Context, Found, Rule};
use crate::view::graph::Kind;
use std::collections::BTreeSet;

/// More neighbours than this are too many.
const MOST: usize = 12;

pub const RULE: Rule = Rule::info("god-service", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let graph = &ctx.views.graph;
    let mut around: Vec<(BTreeSet<u32>, usize)> = vec![Default::default(); graph.nodes.len()];
    for edge in graph.edges.iter().filter(|edge| edge.kind == Kind::Calls) {
        let (from, to) = (edge.from as usize, edge.to as usize);
        around[from].1 += 1;
        around[from].0.insert(edge.to);
        around[to].0.insert(edge.from);
    }
    for service in &ctx.model.services {
        let Some(node) = graph.program(&service.name.value) else { continue };
        let (neighbours, out) = &around[node as usize];
        if neighbours.len() <= MOST {
            continue;
        }
        let (name, all) = (&service.name.value, neighbours.len());
        let most = service.calls.iter().max_by_key(|call| around_of(ctx, &around, &call.to.value));
        let act = match most {
            Some(call) if *out > MOST / 2 => {
                format!("let clients reach `{}` by a route of its own", call.to.value)
            }
            _ => format!("split `{name}` along what its callers ask for"),
        };
        let message = format!(
            "`{name}` calls {out} others and is called by {}: {all} neighbours",
            all.saturating_sub(*out)
        );
        RULE.found(&service.at, message)
            .label(service.name.span(), format!("{all} neighbours, {MOST} are many"))
            .help(act)
            .add_to(found);
    }
}

/// How many neighbours a service has.
fn around_of(ctx: &Context<'_>, around: &[(BTreeSet<u32>, usize)], name: &str) -> usize {
    ctx.views.graph.program(name).map_or(0, |node| around[node as usize].0.len())
}
