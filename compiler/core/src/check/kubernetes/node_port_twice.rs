//! `node-port-twice`: two ports at one port of every machine.

use crate::check::{Context, Found, Rule};
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::deny("node-port-twice", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut taken = BTreeMap::new();
    for service in ctx.model.services.iter().filter(|_| ctx.kubernetes()) {
        for port in &service.run.ports {
            let Some(node) = port.node_port else { continue };
            let Some((other, first)) = taken.insert((node.value, port.transport()), (port, node)) else {
                continue;
            };
            RULE.found(
                &service.at,
                format!("`{}` and `{}` are both at {}", other.name, port.name, node.value),
            )
            .label(node.span(), "and this")
            .label(first.span(), "this")
            .help("write another `node-port` in one of them")
            .add_to(found);
        }
    }
}
