//! `secret-fanout`: one secret in many hands.

use crate::check::{Context, Found, Rule};
use crate::model::service::{SecretRef, Service};
use std::collections::BTreeMap;

/// So many services with one secret are too many.
const MANY: usize = 3;

pub const RULE: Rule = Rule::info("secret-fanout", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut users: BTreeMap<(&str, &str), Vec<(&Service, &SecretRef)>> = BTreeMap::new();
    for service in &ctx.model.services {
        for secret in &service.run.secrets {
            users.entry((&secret.path, &secret.key)).or_default().push((service, secret));
        }
    }
    for ((path, key), mut users) in users {
        users.dedup_by_key(|(service, _)| service.name.value.as_str());
        if users.len() < MANY {
            continue;
        }
        let message = format!("the secret `{path}#{key}` is used by {} services", users.len());
        let by = users.iter().take(8);
        RULE.found(&users[0].0.at, message)
            .labels(by.map(|(service, secret)| (secret.name.span(), format!("by `{}`", service.name.value))))
            .help("give each service a secret of its own, or let one do the work for the others")
            .add_to(found);
    }
}
