//! `published-to-all`: a port of a development machine that is open to others.

use crate::check::{Context, Found, Rule};
use crate::view::workload::said;
use bastide_report::finding::Level;

pub const RULE: Rule = Rule::info("published-to-all", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in ctx.model.services.iter().filter(|_| !ctx.kubernetes()) {
        for (_, number, publish) in said(service) {
            let address = publish.value.address.as_deref();
            let near = address.is_some_and(|it| it == "::1" || it.starts_with("127."));
            let internal = service.internal.is_some();
            if near || address.is_some() && !internal {
                continue;
            }
            let ports = publish.value.host.rsplit(':').next().unwrap_or_default();
            let name = &service.name.value;
            RULE.found(&service.at, format!("whoever reaches this machine reaches {number} of `{name}`"))
                .level(if internal { Level::Warn } else { Level::Info })
                .label(publish.span(), "on every address; Docker goes past the machine's firewall")
                .help(format!(
                    "write `publish=\"127.0.0.1:{ports}\"`, or `\"0.0.0.0:{ports}\"` if that is meant"
                ))
                .add_to(found);
        }
    }
}
