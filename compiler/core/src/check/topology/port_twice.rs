//! `port-twice`: two listeners on one port.

use crate::check::{Context, Found, Rule};
use bastide_report::source::Span;
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::deny("port-twice", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let apis = service.apis.iter().map(|api| (api.port.value, &api.name.value, api.name.span()));
        let ports =
            service.run.ports.iter().map(|port| (i64::from(port.number), &port.name, port.origin.span));
        let mut taken: BTreeMap<i64, (&String, Span)> = BTreeMap::new();
        for (number, name, span) in apis.chain(ports) {
            let Some((first, there)) = taken.insert(number, (name, span)) else { continue };
            RULE.found(
                &service.at,
                format!("`{first}` and `{name}` of `{}` both listen on {number}", service.name.value),
            )
            .label(span, format!("on {number} too"))
            .label(there, format!("on {number}"))
            .help(format!("give `{name}` another port"))
            .add_to(found);
        }
    }
}
