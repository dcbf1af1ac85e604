//! `slo-infeasible-independent`: a promise above the product of what it needs.

use crate::check::{Context, Found, Rule};
use crate::view::promise::{Promises, Sum};
use bastide_report::units::Share;
use std::cmp::Ordering;

pub const RULE: Rule = Rule::info("slo-infeasible-independent", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let graph = &ctx.views.graph;
    let promises = Promises::of(ctx.model, graph);
    let lowest = promises.lowest();
    for (service, slo, own, node) in promises.services(ctx.model) {
        // One promise that is too low by itself is a `slo-contradiction`.
        let contradicted = |edge: &crate::view::graph::Edge| {
            lowest[edge.to as usize].is_some_and(|(share, _)| share < own.value)
        };
        if promises.hard(node).any(contradicted) {
            continue;
        }
        let sum = promises.sum(node, None, own.value);
        if sum.product.compare(own.value) != Ordering::Less {
            continue;
        }
        let name = &service.name.value;
        let message = format!(
            "`{name}` promises {}, but its {} hard dependencies together only {}",
            own.value,
            sum.nodes.len(),
            sum.product.floor()
        );
        let mut finding = RULE.found(&slo.at, message).label(own.span(), format!("{} promised", own.value));
        for other in sum.nodes.iter().take(8) {
            if let (Some(span), Some(at)) = (promises.span(*other), promises.at(*other)) {
                finding = finding.label(span, format!("`{}`: {}", graph.name(*other), at.value));
            }
        }
        found.push(finding.help(help(&promises, node, own.value, &sum, |node| graph.name(node))));
    }
}

/// The one direct dependency whose absence helps most.
fn help<'g>(
    promises: &Promises<'_>,
    node: u32,
    own: Share,
    sum: &Sum,
    name: impl Fn(u32) -> &'g str,
) -> String {
    let without = |to: u32| promises.sum(node, Some((node, to)), own).product;
    let direct = promises.hard(node).take(64).map(|edge| (without(edge.to), edge.to));
    let best = direct.max_by_key(|(product, to)| (product.floor(), std::cmp::Reverse(*to)));
    let most = Share(sum.product.floor().0 / 1_000_000 * 1_000_000);
    match best {
        Some((product, to)) if product.compare(own) != Ordering::Less => match product.floor() {
            Share::ONE => {
                format!("go on without `{}` (`soft=#true`): nothing else stands in the way", name(to))
            }
            rest => format!("go on without `{}` (`soft=#true`): the others give {rest}", name(to)),
        },
        Some((product, to)) => {
            let better = product.floor();
            format!("promise at most {most}; without `{}` (`soft=#true`) it could be {better}", name(to))
        }
        None => format!("promise at most {most}"),
    }
}
