//! `route-shadowed`: a route no request ever reaches.

use crate::check::query::matches::{Claim, Key, claims};
use crate::check::{Context, Found, Rule};
use std::collections::BTreeMap;

/// Methods a request can have; listing all of them is the same as listing none.
pub const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

pub const RULE: Rule = Rule::deny("route-shadowed", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for table in claims(ctx) {
        // How many requests each route asks for, and who takes them.
        let mut asked: BTreeMap<u32, (&Claim<'_>, usize, Vec<&Claim<'_>>)> = BTreeMap::new();
        for (key, rivals) in &table {
            for (at, claim) in rivals.iter().enumerate() {
                let entry = asked.entry(claim.item).or_insert((claim, 0, vec![]));
                entry.1 += 1;
                let earlier = (at > 0).then(|| &rivals[0]).filter(|first| first.same_place(claim));
                entry.2.extend(earlier.into_iter().chain(by_methods(&table, key, claim)).take(1));
            }
        }
        for (own, count, takers) in asked.into_values() {
            if let (Some(taker), true) = (takers.first(), takers.len() == count) {
                found.push(finding(own, taker));
            }
        }
    }
}

/// For a claim on all methods: a route that takes some of them, if others take the rest.
fn by_methods<'t, 'm>(
    table: &'t BTreeMap<Key, Vec<Claim<'m>>>,
    key: &Key,
    own: &Claim<'m>,
) -> Option<&'t Claim<'m>> {
    if key.method.is_some() {
        return None;
    }
    // A method weighs more than headers and query parameters: a route that names it wins even if it asks for fewer.
    let keys = key.wider();
    let of = |method: &&str| {
        let mut claims = keys.iter().filter_map(|key| table.get(&key.of_method(method))).flatten();
        claims.find(|claim| claim.item != own.item)
    };
    let mut takers = METHODS.iter().map(of);
    let first = takers.next().flatten()?;
    takers.all(|taker| taker.is_some()).then_some(first)
}

fn finding(own: &Claim<'_>, taker: &Claim<'_>) -> Found {
    let message =
        format!("no request reaches this route to {}: {} is taken before", own.place(), own.requests());
    RULE.found(&own.route.at, message)
        .label(own.route.path.span(), "never wins")
        .label(taker.route.path.span(), "takes its requests")
        .help("remove it, or give it a match of its own")
}
