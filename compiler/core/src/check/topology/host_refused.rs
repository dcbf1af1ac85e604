//! `host-refused`: a name in `hosts` that no program could ask for.

use crate::check::{Context, Found, Rule};
use crate::form::address::HOST;

pub const RULE: Rule = Rule::deny("host-refused", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for name in service.run.machine.hosts.keys() {
            let why = match HOST.check(name) {
                Err(wrong) => wrong.why,
                Ok(()) if name.contains('*') => "each name is written by itself".into(),
                Ok(()) => continue,
            };
            RULE.found(
                &service.at,
                format!("`{name}` in `hosts` of `{}` is no name of a host", service.name.value),
            )
            .label(service.name.span(), why)
            .help("write a name such as `\"printer.lan\"`")
            .add_to(found);
        }
    }
}
