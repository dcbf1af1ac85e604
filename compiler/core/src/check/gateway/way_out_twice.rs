//! `way-out-twice`: two gateways let out to one external.

use crate::check::{Context, Found, Rule};
use crate::tree::At;
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::deny("way-out-twice", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut seen: BTreeMap<&str, (&str, &At<String>)> = BTreeMap::new();
    for gateway in ctx.model.gateways.iter().filter(|gateway| gateway.out) {
        let name = gateway.name.value.as_str();
        for to in &gateway.allow {
            let Some((first, there)) = seen.insert(&to.value, (name, to)).filter(|(first, _)| *first != name)
            else {
                continue;
            };
            RULE.found(&gateway.at, format!("`{first}` and `{name}` both lead to `{}`", to.value))
                .label(to.span(), "again here")
                .label(there.span(), "first here")
                .help(format!("remove `{}` from one `allow`: callers reach it by one way", to.value))
                .add_to(found);
        }
    }
}
