//! `plaintext-public-listener`: read by everybody on the way.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("plaintext-public-listener", check).on_kubernetes().believes(BELIEFS);

const BELIEFS: &[Belief] = &[Belief {
    field: "gateway.tls",
    without: |model, lost| lost.gateways(model).for_each(|gateway| gateway.tls = None),
}];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for gateway in ctx.model.gateways.iter().filter(|it| !it.out && it.tls.is_none() && !it.routes.is_empty())
    {
        let name = &gateway.name.value;
        RULE.found(&gateway.at, format!("clients talk to `{name}` in clear text"))
            .label(gateway.name.span(), "no `tls`")
            .help("write `tls min=\"1.2\" issuer=\"…\"` in the gateway")
            .add_to(found);
    }
}
