//! `no-graceful-shutdown`: killed in the middle.

use crate::check::query::origin::written;
use crate::check::{Context, Found, Rule};
use bastide_report::units::Duration;

/// Less is no time to end anything.
const LEAST: Duration = Duration(2_000);

pub const RULE: Rule = Rule::warn("no-graceful-shutdown", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let grace = service.run.shutdown.grace;
        if grace.value >= LEAST || !written(&grace) {
            continue;
        }
        let message =
            format!("`{}` is killed {} after it was asked to stop", service.name.value, grace.value);
        RULE.found(&service.at, message)
            .label_value(&grace, service.name.span(), "no time to end what was begun")
            .edit(grace.span(), "\"30s\"")
            .help("write `shutdown grace=\"30s\"`")
            .add_to(found);
    }
}
