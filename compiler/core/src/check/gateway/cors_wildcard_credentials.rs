//! `cors-wildcard-credentials`: every web page may read what a user may.

use crate::check::{Context, Found, Rule};
use crate::model::gateway::Cors;

pub const RULE: Rule = Rule::deny("cors-wildcard-credentials", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let gateways = ctx.model.gateways.iter().filter_map(|it| it.cors.as_ref());
    let all = gateways.chain(ctx.routes().filter_map(|(_, route)| route.cors.as_ref()));
    found.extend(all.filter(|cors| cors.credentials && cors.origins.iter().any(|it| it == "*")).map(finding));
}

fn finding(cors: &Cors) -> Found {
    RULE.found(&cors.at, "pages of any origin may call with the user's cookies")
        .label(cors.origin.span, "`origins=\"*\"` with `credentials=#true`")
        .help("name the origins: `origins=\"https://shop.example\"`, or remove `credentials`")
}
