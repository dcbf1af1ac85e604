//! `local-state`: a file only one instance has.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("local-state", check).on_kubernetes().believes(&[Belief::TEMPORARY]);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let (min, max) = (service.scale.min, service.scale.max);
        let Some(volume) = service.run.volumes.iter().find(|volume| volume.keeps() && max.value > 1) else {
            continue;
        };
        if max.value > min.value {
            continue;
        }
        let name = &service.name.value;
        let message =
            format!("each of {} instances of `{name}` has a `{}` of its own", max.value, volume.path.value);
        RULE.found(&service.at, message)
            .label(volume.path.span(), "what one writes, the others do not see")
            .label_value(&max, service.name.span(), format!("{} instances", max.value))
            .help("keep it in a resource (`type=\"minio\"`, a database), or write `temporary=#true`")
            .add_to(found);
    }
}
