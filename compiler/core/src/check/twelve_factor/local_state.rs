//! `local-state`: a file only one instance has.

use crate::check::support::place;
use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("local-state", Level::Warn, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let (min, max) = (service.scale.min, service.scale.max);
        let Some(volume) = service.run.volumes.iter().find(|volume| !volume.temporary && max.value > 1)
        else {
            continue;
        };
        if max.value > min.value {
            continue;
        }
        let name = &service.name.value;
        found.push(
            RULE.found(
                &service.at,
                format!(
                    "each of {} instances of `{name}` has a `{}` of its own",
                    max.value, volume.path.value
                ),
            )
            .label(volume.path.span(), "what one writes, the others do not see")
            .label(place(&max, service.name.span()), format!("{} instances", max.value))
            .help("keep it in a resource (`type=\"minio\"`, a database), or write `temporary=#true`"),
        );
    }
}
