//! `plaintext-public-listener`: read by everybody on the way.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

pub const RULE: Rule = Rule::new("plaintext-public-listener", Level::Deny, check);

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    if plan.model.environment.platform != "kubernetes" {
        return;
    }
    for gateway in
        plan.model.gateways.iter().filter(|it| !it.out && it.tls.is_none() && !it.routes.is_empty())
    {
        let name = &gateway.name.value;
        found.push(
            RULE.found(&gateway.at, format!("clients talk to `{name}` in clear text"))
                .label(gateway.name.span(), "no `tls`")
                .help("write `tls min=\"1.2\" issuer=\"…\"` in the gateway"),
        );
    }
}
