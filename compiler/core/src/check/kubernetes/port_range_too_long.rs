//! `port-range-too-long`: a Service with an entry for each of too many ports.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("port-range-too-long", check);

/// Entries of a Service that rules of the cluster's proxies are made of.
const MOST: u16 = 100;

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in ctx.model.services.iter().filter(|_| ctx.kubernetes()) {
        for port in service.run.ports.iter().filter(|it| it.last() - it.number >= MOST) {
            let count = u32::from(port.last() - port.number) + 1;
            let message = format!("`{}` of `{}` has {count} ports", port.name, service.name.value);
            RULE.found(&service.at, message)
                .label(port.to.map_or(port.origin.span, |to| to.span()), "a Service lists each of them")
                .help(format!("write a range of {MOST} ports at most"))
                .add_to(found);
        }
    }
}
