//! `node-port-twice`: two ports at one port of every machine, or of one load balancer.

use crate::check::{Context, Found, Rule};
use crate::model::service::Port;
use bastide_report::source::Span;
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::deny("node-port-twice", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut machines = BTreeMap::new();
    for service in ctx.model.services.iter().filter(|_| ctx.kubernetes()) {
        let mut balancers = BTreeMap::new();
        for port in &service.run.ports {
            if let Some(node) = port.node_port {
                let taken = machines.insert((node.value, port.transport()), (port, node.span()));
                tell(&service.at, (port, node.span(), node.value, "node-port"), taken, found);
            }
            if let Some(kind) = &port.expose {
                let span = port.at.map_or(kind.span(), |at| at.span());
                let who = (&kind.value, &port.sources, port.outer(), port.transport());
                let taken =
                    balancers.insert(who, (port, span)).filter(|(other, _)| port.at.or(other.at).is_some());
                tell(&service.at, (port, span, port.outer(), "at"), taken, found);
            }
        }
    }
}

fn tell(at: &str, own: (&Port, Span, i64, &str), taken: Option<(&Port, Span)>, found: &mut Vec<Found>) {
    let (Some((other, first)), (port, span, number, word)) = (taken, own) else { return };
    RULE.found(at, format!("`{}` and `{}` are both at {number}", other.name, port.name))
        .label(span, "and this")
        .label(first, "this")
        .help(format!("write another `{word}` in one of them"))
        .add_to(found);
}
