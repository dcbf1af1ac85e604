//! `slo-contradiction`: a promise above that of something it cannot do without.

use crate::check::support::promise::Promises;
use crate::check::{Context, Found, Rule};
use crate::report::Level;
use crate::units::Share;

pub const RULE: Rule = Rule::new("slo-contradiction", Level::Deny, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let graph = &ctx.views.graph;
    let promises = Promises::of(ctx);
    let lowest = promises.lowest();
    for service in &ctx.model.services {
        let Some((slo, own)) = service.slo.as_ref().and_then(|slo| Some((slo, slo.availability?))) else {
            continue;
        };
        let Some(node) = graph.program(&service.name.value) else { continue };
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
        let mut finding = RULE
            .found(
                &slo.at,
                format!(
                    "`{name}` promises {}, but cannot do without `{other}`{over}, which promises {share}",
                    own.value
                ),
            )
            .label(own.span(), format!("{} promised", own.value));
        if let Some(span) = promises.span(weakest) {
            finding = finding.label(span, format!("`{other}`: {share}"));
        }
        found.push(finding.label(edge.span, "needed here").help(help(near, share)));
    }
}

fn help(near: &str, share: Share) -> String {
    format!("promise at most {share}, or let it go on without `{near}`: `soft=#true`")
}
