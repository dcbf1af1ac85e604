//! `slo-contradiction`: a promise above that of something it cannot do without.

use crate::check::{Context, Found, Rule};
use crate::view::promise::Promises;

pub const RULE: Rule = Rule::warn("slo-contradiction", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let graph = &ctx.views.graph;
    let promises = Promises::of(ctx.model, graph);
    let lowest = promises.lowest();
    for (service, slo, own, node) in promises.services(ctx.model) {
        let through = promises.hard(node).filter_map(|edge| lowest[edge.to as usize].map(|low| (low, edge)));
        let Some(((share, weakest), edge)) = through.min_by_key(|((share, _), edge)| (*share, edge.span))
        else {
            continue;
        };
        if weakest == node || own.value <= share {
            continue;
        }
        let (name, other, near) = (&service.name.value, graph.name(weakest), graph.name(edge.to));
        let over = if weakest == edge.to { String::new() } else { format!(" (over `{near}`)") };
        let message = format!(
            "`{name}` promises {}, but cannot do without `{other}`{over}, which promises {share}",
            own.value
        );
        RULE.found(&slo.at, message)
            .label(own.span(), format!("{} promised", own.value))
            .labels(promises.span(weakest).map(|span| (span, format!("`{other}`: {share}"))))
            .label(edge.span, "needed here")
            .help(format!("promise at most {share}, or let it go on without `{near}`: `soft=#true`"))
            .add_to(found);
    }
}
