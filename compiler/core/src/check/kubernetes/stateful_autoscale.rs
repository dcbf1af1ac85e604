//! `stateful-autoscale`: scaled in with what it keeps.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("stateful-autoscale", check).on_kubernetes().believes(&[Belief::TEMPORARY]);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let (min, max) = (service.scale.min, service.scale.max);
        let Some(volume) = service.run.volumes.iter().find(|volume| volume.keeps() && max.value > min.value)
        else {
            continue;
        };
        let name = &service.name.value;
        let message = format!("`{name}` shrinks to {} instances, each with data of its own", min.value);
        RULE.found(&service.at, message)
            .label(volume.path.span(), "stays with its instance")
            .label_value(&max, service.name.span(), format!("from {} to {}", min.value, max.value))
            .help(format!("write `scale min={0} max={0}`, or keep the data in a resource", max.value))
            .add_to(found);
    }
}
