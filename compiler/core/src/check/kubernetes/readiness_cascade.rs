//! `readiness-cascade`: one is down, so all are.

use crate::check::topology::start_order_cycle::cycles;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("readiness-cascade", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let cycles = cycles(ctx);
    for service in &ctx.model.services {
        let name = &service.name.value;
        let other = |at: &&crate::tree::At<String>| ctx.model.resource(&at.value).is_none();
        for to in service.run.health.asks.iter().filter(other) {
            if cycles.contains(&(name.as_str(), to.value.as_str())) {
                continue;
            }
            RULE.found(&service.at, format!("`{name}` is not ready while `{}` is down", to.value))
                .label(to.span(), "asked before it is ready")
                .help(format!("remove `asks \"{}\"` and answer what can be answered without it", to.value))
                .add_to(found);
        }
    }
}
