//! `routed-past-sunset`: a way to what should be gone.

use crate::check::query::contracts::name;
use crate::check::query::versions::served;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("routed-past-sunset", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let Some(today) = ctx.model.today else { return };
    for (service, api) in ctx.apis() {
        for it in served(api) {
            let Some(sunset) = it.sunset.filter(|at| at.value <= today) else { continue };
            let leads = |route: &crate::model::gateway::Route| {
                let range = route.version.as_ref().and_then(|at| bastide_report::version::range(&at.value));
                route.to.as_ref().is_some_and(|to| to.value == service.name.value)
                    && route.api.as_ref().is_none_or(|at| at.value == api.name.value)
                    && range.is_none_or(|range| range.matches(&it.semver))
            };
            let Some((_, route)) = ctx.routes().find(|(_, route)| leads(route)) else { continue };
            let (whom, version) = (name(service, api), &it.version.value);
            let message =
                format!("{whom} {version} is past its sunset, and `{}` leads to it", route.path.value);
            RULE.found(&it.at, message)
                .label(sunset.span(), "this day has come")
                .label(route.path.span(), "leads to it")
                .help(format!("remove `version \"{version}\"`, or move its sunset and tell the clients"))
                .add_to(found);
        }
    }
}
