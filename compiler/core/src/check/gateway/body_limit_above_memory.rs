//! `body-limit-above-memory`: gateways hold a body whole, to know its size before anybody reads it.

use crate::check::{Context, Found, Rule};
use crate::model::gateway::Gateway;
use bastide_report::units::Size;

/// What a handful of bodies may take at once of the smallest gateway that is written: 256Mi, on compose.
const MOST: Size = Size(64 << 20);

pub const RULE: Rule = Rule::warn("body-limit-above-memory", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    ctx.model.gateways.iter().for_each(|gateway| one(gateway, found));
}

fn one(gateway: &Gateway, found: &mut Vec<Found>) {
    let routes = gateway.routes.iter().map(|route| (&route.at, route.body_limit));
    for (at, limit) in std::iter::once((&gateway.at, gateway.body_limit)).chain(routes) {
        let Some(limit) = limit.filter(|limit| limit.value > MOST) else { continue };
        RULE.found(at, format!("a gateway holds a body of {} whole in its memory", limit.value))
            .label_value(&limit, gateway.name.span(), format!("more than {MOST}: a few at once fill it"))
            .help(format!(
                "write `body-limit \"{MOST}\"` or less, and let larger files go to a store of their own"
            ))
            .add_to(found);
    }
}
