//! `host-twice`: one host, two ways in.

use crate::check::{Context, Found, Rule};
use crate::model::gateway::Gateway;
use crate::tree::At;
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::deny("host-twice", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut seen: BTreeMap<String, (&Gateway, &At<String>)> = BTreeMap::new();
    let inward = ctx.model.gateways.iter().filter(|gateway| !gateway.out);
    for (gateway, host) in inward.flat_map(|gateway| gateway.hosts.iter().map(move |host| (gateway, host))) {
        let Some((first, at)) = seen.insert(host.value.to_ascii_lowercase(), (gateway, host)) else {
            continue;
        };
        let (name, other) = (&gateway.name.value, &first.name.value);
        let message = match name == other {
            true => format!("`{name}` answers for `{}` twice", host.value),
            false => format!("`{other}` and `{name}` both answer for `{}`", host.value),
        };
        RULE.found(&gateway.at, message)
            .label(host.span(), "again here")
            .label(at.span(), "first here")
            .help("give each a host of its own, or write the routes of both into one gateway")
            .add_to(found);
    }
}
