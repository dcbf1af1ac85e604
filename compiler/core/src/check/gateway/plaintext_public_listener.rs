//! `plaintext-public-listener`: read by everybody on the way.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("plaintext-public-listener", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    if !ctx.kubernetes() {
        return;
    }
    for gateway in ctx.model.gateways.iter().filter(|it| !it.out && it.tls.is_none() && !it.routes.is_empty())
    {
        let name = &gateway.name.value;
        RULE.found(&gateway.at, format!("clients talk to `{name}` in clear text"))
            .label(gateway.name.span(), "no `tls`")
            .help("write `tls min=\"1.2\" issuer=\"…\"` in the gateway")
            .add_to(found);
    }
}
