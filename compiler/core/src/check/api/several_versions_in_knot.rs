//! `several-versions-in-component`: a knot ties everybody to one version.

use crate::check::support::contracts::name;
use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("several-versions-in-knot", Level::Deny, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for api in service.apis.iter().filter(|api| api.strategy == "knot" && api.versions.len() > 1) {
            let newest = &api.versions[0].version;
            let mut it = RULE
                .found(
                    &api.at,
                    format!(
                        "{} is a knot of {} versions, and only {} runs",
                        name(service, api),
                        api.versions.len(),
                        newest.value
                    ),
                )
                .label(newest.span(), "runs");
            for other in api.versions.iter().skip(1) {
                it = it.label(other.version.span(), "runs nowhere");
            }
            found.push(it.help("remove the others, or say `strategy=\"compatible\"`, with which older majors run beside the newest"));
        }
    }
}
