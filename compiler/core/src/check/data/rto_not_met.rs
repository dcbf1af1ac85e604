//! `rto-not-met`: restored too late.

use crate::check::{Context, Found, Rule};
use bastide_report::units::Duration;

/// Bytes restored in a second where nobody measured it.
const USUAL: u64 = 100 << 20;

pub const RULE: Rule = Rule::warn("rto-not-met", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for resource in &ctx.model.resources {
        let (Some(storage), Some(backup)) = (resource.storage, &resource.backup) else { continue };
        let Some(rto) = backup.rto else { continue };
        let speed = backup.restore.map_or(USUAL, |at| at.value.0).max(1);
        let time = Duration(storage.value.0.div_ceil(speed).saturating_mul(1_000));
        if time <= rto.value {
            continue;
        }
        let needed = bastide_report::units::Size(storage.value.0 / (rto.value.0 / 1_000).max(1));
        let message = format!(
            "`{}` is to be back after {}, but {} at {} a second take {time}",
            resource.name.value,
            rto.value,
            storage.value,
            bastide_report::units::Size(speed)
        );
        RULE.found(&resource.at, message)
            .label_value(&rto, resource.name.span(), "promised")
            .label_value(&storage, resource.name.span(), format!("{} to restore", storage.value))
            .help(format!("promise `rto=\"{time}\"`, or restore {needed} a second and say so: `restore=`"))
            .add_to(found);
    }
}
