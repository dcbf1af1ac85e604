//! `published-twice`: two gateways at one port of a development machine.

use crate::check::{Context, Found, Rule};
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::deny("published-twice", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    if ctx.kubernetes() {
        return;
    }
    let mut taken = BTreeMap::new();
    for gateway in ctx.model.gateways.iter().filter(|it| !it.out) {
        let secure = gateway.tls.as_ref().map(|_| &gateway.publish.https);
        for port in [&gateway.publish.http].into_iter().chain(secure) {
            let Some(other) = taken.insert(port.value, gateway) else { continue };
            let (one, two) = (&other.name, &gateway.name);
            let message = format!("`{}` and `{}` are both published at {}", one.value, two.value, port.value);
            RULE.found(&gateway.at, message)
                .label(two.span(), "and this")
                .label(one.span(), "this")
                .help("write `publish http=… https=…` in one of them")
                .add_to(found);
        }
    }
}
