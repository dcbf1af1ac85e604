//! `route-conflict`: the same requests, two destinations.

use crate::check::query::matches::{Claim, claims};
use crate::check::{Context, Found, Rule};
use std::collections::BTreeSet;

pub const RULE: Rule = Rule::deny("route-conflict", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for table in claims(ctx) {
        let mut told = BTreeSet::new();
        for rivals in table.values().filter(|rivals| rivals.len() > 1) {
            let first = &rivals[0];
            for other in rivals[1..].iter().filter(|other| !first.same_place(other)) {
                if told.insert((first.item, other.item)) {
                    found.push(finding(first, other));
                }
            }
        }
    }
}

fn finding(first: &Claim<'_>, other: &Claim<'_>) -> Found {
    let message = format!("{} goes to {} and to {}", first.requests(), first.place(), other.place());
    RULE.found(&other.route.at, message)
        .label(other.route.path.span(), format!("to {}", other.place()))
        .label(first.route.path.span(), format!("to {}, which stands first", first.place()))
        .help("tell them apart by path, `method=`, `header=` or `query=`, or remove one")
}
