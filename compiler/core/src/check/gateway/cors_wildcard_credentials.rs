//! `cors-wildcard-credentials`: every web page may read what a user may.

use crate::check::{Context, Found, Rule};
use crate::model::gateway::Cors;
use bastide_report::finding::Level;

pub const RULE: Rule = Rule::deny("cors-wildcard-credentials", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let gateways = ctx.model.gateways.iter().filter_map(|it| it.cors.as_ref());
    let all = gateways.chain(ctx.routes().filter_map(|(_, route)| route.cors.as_ref()));
    for cors in all.filter(|cors| cors.credentials) {
        let Some(origin) = cors.origins.iter().find(|it| it.contains('*')) else { continue };
        found.push(if origin == "*" { every(cors) } else { below(cors, origin) });
    }
}

/// Names below a host are somebody's, but perhaps not everybody's who has one is to be trusted.
fn below(cors: &Cors, origin: &str) -> Found {
    RULE.found(&cors.at, format!("pages of every host of `{origin}` may call with the user's cookies"))
        .level(Level::Warn)
        .label(cors.origin.span, format!("`{origin}` with `credentials=#true`"))
        .help("name the origins one by one, or remove `credentials`")
}

fn every(cors: &Cors) -> Found {
    RULE.found(&cors.at, "pages of any origin may call with the user's cookies")
        .label(cors.origin.span, "`origins=\"*\"` with `credentials=#true`")
        .help("name the origins: `origins=\"https://shop.example\"`, or remove `credentials`")
}
