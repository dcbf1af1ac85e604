//! `plaintext-public-listener`: read by everybody on the way.

use crate::check::{Context, Found, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("plaintext-public-listener", Level::Deny, check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    if ctx.model.environment.platform != "kubernetes" {
        return;
    }
    for gateway in ctx.model.gateways.iter().filter(|it| !it.out && it.tls.is_none() && !it.routes.is_empty())
    {
        let name = &gateway.name.value;
        found.push(
            RULE.found(&gateway.at, format!("clients talk to `{name}` in clear text"))
                .label(gateway.name.span(), "no `tls`")
                .help("write `tls min=\"1.2\" issuer=\"…\"` in the gateway"),
        );
    }
}
