//! `slo-above-replicas`: three nines on one machine.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};
use bastide_report::finding::Level;
use bastide_report::units::Share;

/// From this promise on, one restart in a month is too much.
pub const NINES: Share = Share(999_000_000);

pub const RULE: Rule =
    Rule::warn("slo-above-replicas", check).on_kubernetes().believes(&[Belief::SCALE_MIN, Belief::REPLICAS]);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let Some(slo) = &service.slo else { continue };
        let Some(promised) = slo.availability.filter(|at| at.value >= NINES) else { continue };
        let name = &service.name.value;
        let min = service.scale.min;
        if min.value < 2 {
            let message = format!("`{name}` promises {} with {} instance", promised.value, min.value.max(0));
            RULE.found(&slo.at, message)
                .label_value(&promised, service.name.span(), "promised")
                .label_value(&min, service.name.span(), format!("`min={}`", min.value))
                .help("write `scale min=2`, or promise less")
                .two(service)
                .add_to(found);
        }
        for used in service.uses.iter().filter(|used| !used.soft) {
            let resource = ctx.model.resource(&used.resource.value);
            let Some(resource) = resource.filter(|it| it.external.is_none() && it.replicas.value < 2) else {
                continue;
            };
            let store = &resource.name.value;
            RULE.found(&slo.at, format!("`{name}` promises {} on a single `{store}`", promised.value))
                // A cache can be missed: whether the service then fails, the spec does not say.
                .level(if resource.class == "cache" { Level::Info } else { RULE.level })
                .label_value(&promised, service.name.span(), "promised")
                .label_value(&resource.replicas, resource.name.span(), "one instance")
                .help(format!(
                    "write `replicas 3` in `{store}`, promise less, or go on without it: `soft=#true`"
                ))
                .add_to(found);
        }
    }
}
