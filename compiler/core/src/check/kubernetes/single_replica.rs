//! `single-replica`: one instance between the users and an outage.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};
use crate::model::service::Service;
use crate::tree::Layer;
use bastide_report::source::Span;
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::warn("single-replica", check).on_kubernetes().believes(&[Belief::SCALE_MIN]);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut routed: BTreeMap<&str, Span> = BTreeMap::new();
    for (_, route) in ctx.routes() {
        let parts = route.aggregate.iter().flat_map(|it| it.parts.iter().map(|part| &part.from));
        for to in route.to.iter().chain(parts) {
            routed.entry(&to.value).or_insert(to.span());
        }
    }
    // That one instance of somebody else's image runs is nobody's number, unless it is written.
    let said =
        |service: &&Service| service.run.build.is_some() || service.scale.min.origin.layer >= Layer::Spec;
    for service in ctx.model.services.iter().filter(|service| service.scale.min.value < 2).filter(said) {
        let name = &service.name.value;
        let Some(span) = routed.get(name.as_str()) else { continue };
        // With a promise of three nines it is a `slo-above-replicas`.
        let promised = service.slo.as_ref().and_then(|slo| slo.availability);
        if promised.is_some_and(|at| at.value >= crate::check::slo::slo_above_replicas::NINES) {
            continue;
        }
        let min = service.scale.min;
        RULE.found(&service.at, format!("clients reach `{name}`, and {} may run", few(min.value)))
            .label_value(&min, service.name.span(), format!("`min={}`", min.value))
            .label(*span, "clients come here")
            .help("write `scale min=2`")
            .two(service)
            .add_to(found);
    }
}

fn few(min: i64) -> &'static str {
    if min < 1 { "no instance of it" } else { "only 1 instance of it" }
}
