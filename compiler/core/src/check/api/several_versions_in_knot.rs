//! `several-versions-in-component`: a knot ties everybody to one version.

use crate::check::query::contracts::name;
use crate::check::{Context, Found, Rule};
use crate::model::service::Api;

pub const RULE: Rule = Rule::deny("several-versions-in-knot", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let tied = |api: &Api| api.strategy == "knot" && api.versions.len() > 1;
    for (service, api) in ctx.apis().filter(|(_, api)| tied(api)) {
        let (whom, count, newest) = (name(service, api), api.versions.len(), &api.versions[0].version);
        let message = format!("{whom} is a knot of {count} versions, and only {} runs", newest.value);
        RULE.found(&api.at, message)
            .label(newest.span(), "runs")
            .labels(api.versions.iter().skip(1).map(|other| (other.version.span(), "runs nowhere")))
            .help("remove the others, or say `strategy=\"compatible\"`, with which older majors run beside the newest")
            .add_to(found);
    }
}
