//! `cors-wildcard-credentials`: every web page may read what a user may.

use crate::check::support::routes;
use crate::check::{Context, Found, Rule};
use crate::model::gateway::Cors;
use bastide_report::finding::Level;

pub const RULE: Rule = Rule::new("cors-wildcard-credentials", Level::Deny, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let gateways = ctx.model.gateways.iter().filter_map(|it| it.cors.as_ref());
    let all = gateways.chain(routes(ctx).filter_map(|(_, route)| route.cors.as_ref()));
    found.extend(all.filter(|cors| cors.credentials && cors.origins.iter().any(|it| it == "*")).map(finding));
}

fn finding(cors: &Cors) -> Found {
    RULE.found(&cors.at, "pages of any origin may call with the user's cookies")
        .label(cors.origin.span, "`origins=\"*\"` with `credentials=#true`")
        .help("name the origins: `origins=\"https://shop.example\"`, or remove `credentials`")
}
