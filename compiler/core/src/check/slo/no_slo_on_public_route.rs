//! `no-slo-on-public-route`: nobody said how good it must be.

use crate::check::belief::{Belief, Missing};
use crate::check::{Context, Found, Rule};
use crate::model::Model;

pub const RULE: Rule = Rule::info("no-slo-on-public-route", check).on_kubernetes().believes(BELIEFS);

const BELIEFS: &[Belief] = &[Belief { field: "service.slo", without: nobody_measures }];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let routed = ctx.routed();
    for service in ctx.model.services.iter().filter(|service| service.slo.is_none()) {
        let name = &service.name.value;
        let Some(route) = routed.get(name.as_str()) else { continue };
        let path = &route.path.value;
        RULE.found(&service.at, format!("clients reach `{name}` by `{path}`, and it promises nothing"))
            .label(service.name.span(), "no `slo`")
            .label(route.path.span(), "clients come here")
            .help("write what it can hold: `slo availability=\"99.5%\"`")
            .add_to(found);
    }
}

/// A development machine measures nothing, and need not.
fn nobody_measures(model: &mut Model, lost: &Missing<'_>) {
    if model.environment.platform == "kubernetes" {
        lost.services(model).for_each(|service| service.slo = None);
    }
}
