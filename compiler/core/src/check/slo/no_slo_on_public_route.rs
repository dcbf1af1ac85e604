//! `no-slo-on-public-route`: nobody said how good it must be.

use crate::check::support::routed;
use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("no-slo-on-public-route", Level::Warn, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let routed = routed(ctx);
    for service in ctx.model.services.iter().filter(|service| service.slo.is_none()) {
        let name = &service.name.value;
        let Some(route) = routed.get(name.as_str()) else { continue };
        let path = &route.path.value;
        found.push(
            RULE.found(&service.at, format!("clients reach `{name}` by `{path}`, and it promises nothing"))
                .label(service.name.span(), "no `slo`")
                .label(route.path.span(), "clients come here")
                .help("write what it can hold: `slo availability=\"99.5%\"`"),
        );
    }
}
