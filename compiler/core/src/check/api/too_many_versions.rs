//! `too-many-versions`: each living version is a service.

use crate::check::query::contracts::{callers, name};
use crate::check::{Context, Found, Rule};

/// Versions that may run without a word.
const MOST: usize = 4;

pub const RULE: Rule = Rule::info("too-many-versions", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for api in
            service.apis.iter().filter(|api| api.strategy == "point-to-point" && api.versions.len() > MOST)
        {
            let callers = callers(ctx, api);
            let bound = |it: &&crate::model::service::ApiVersion| {
                callers
                    .iter()
                    .any(|(_, call)| call.range.as_ref().is_none_or(|range| range.matches(&it.semver)))
            };
            let free: Vec<&str> =
                api.versions.iter().filter(|it| !bound(it)).map(|it| it.version.value.as_str()).collect();
            let help = match free.is_empty() {
                true => "move callers on, and say `sunset=` of the oldest".to_string(),
                false => format!("nothing in this plan asks for {}: say their `sunset=`", free.join(", ")),
            };
            RULE.found(&api.at, format!("{} versions of {} run", api.versions.len(), name(service, api)))
                .label(api.name.span(), format!("each is a service of its own; {MOST} are plenty"))
                .help(help)
                .add_to(found);
        }
    }
}
