//! `keepalive-race`: both hang up at once.

use crate::check::{Context, Found, Rule};
use bastide_report::units::Duration;

/// After this time the gateways close an idle connection to a service, as the targets write it.
const IDLE: Duration = Duration(30_000);

pub const RULE: Rule = Rule::info("keepalive-race", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let routed = ctx.routed();
    for service in ctx.model.services.iter().filter(|it| routed.contains_key(it.name.value.as_str())) {
        for api in &service.apis {
            let Some(keep) = api.keep_alive.filter(|at| at.value <= IDLE) else { continue };
            let name = &service.name.value;
            RULE.found(
                &api.at,
                format!("`{name}` closes idle connections after {}, the gateway after {IDLE}", keep.value),
            )
            .label(keep.span(), "closed here first")
            .edit(keep.span(), "\"75s\"")
            .help("let the service keep connections longer: `keep-alive=\"75s\"`")
            .add_to(found);
        }
    }
}
