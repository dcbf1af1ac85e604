//! `stateful-autoscale`: scaled in with what it keeps.

use crate::check::support::place;
use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("stateful-autoscale", Level::Warn, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let (min, max) = (service.scale.min, service.scale.max);
        let Some(volume) =
            service.run.volumes.iter().find(|volume| !volume.temporary && max.value > min.value)
        else {
            continue;
        };
        let name = &service.name.value;
        found.push(
            RULE.found(
                &service.at,
                format!("`{name}` shrinks to {} instances, each with data of its own", min.value),
            )
            .label(volume.path.span(), "stays with its instance")
            .label(place(&max, service.name.span()), format!("from {} to {}", min.value, max.value))
            .help(format!("write `scale min={0} max={0}`, or keep the data in a resource", max.value)),
        );
    }
}
