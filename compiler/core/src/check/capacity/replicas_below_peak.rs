//! `replicas-below-peak`: too few at the peak.

use crate::check::belief::Belief;
use crate::check::query::load;
use crate::check::{Context, Found, Rule};
use bastide_report::finding::Spot;
use bastide_report::units::Share;

/// Use of an instance where no autoscaler aims at another.
const USUAL: Share = Share(700_000_000);

pub const RULE: Rule = Rule::warn("replicas-below-peak", check).believes(&[Belief::SCALE_MAX]);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let scale = &service.scale;
        let (Some(capacity), Some(peak)) = (scale.capacity, scale.peak) else { continue };
        let share = scale.cpu.map_or(USUAL, |at| at.value);
        // Requests a day, in parts of a thousand million: exact.
        let one = load::per_day(capacity.value) * u128::from(share.0);
        let wanted = load::per_day(peak.value) * 1_000_000_000;
        let all = one * scale.max.value.max(0) as u128;
        if wanted <= all || one == 0 {
            continue;
        }
        let name = &service.name.value;
        let message = format!(
            "`{name}` expects {}, but {} instances take {}: {} × {} × {share}",
            peak.value,
            scale.max.value,
            load::shown(all / 1_000_000_000),
            scale.max.value,
            capacity.value
        );
        let most = wanted.div_ceil(one);
        RULE.found(&service.at, message)
            .label_value(&peak, service.name.span(), "expected")
            .label_value(&scale.max, service.name.span(), format!("at most {}", scale.max.value))
            .write(&scale.max, service.name.span(), Spot::Child("scale", "max"), most.to_string())
            .help(format!("write `scale max={most}`"))
            .add_to(found);
    }
}
