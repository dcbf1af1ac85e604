//! `host-in-two-environments`: one host, two clusters' worth of gateways in one cluster.

use crate::check::{Context, Found, Rule};
use crate::model::Model;

pub const RULE: Rule = Rule::warn("host-in-two-environments", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let own = &ctx.model.environment;
    let meets = |it: &&&Model| {
        let other = &it.environment;
        // Each pair is told once; two in one namespace are a `namespace-twice`.
        other.platform == own.platform
            && other.name.value < own.name.value
            && other.cluster == own.cluster
            && other.namespace != own.namespace
    };
    for other in ctx.others.iter().filter(meets) {
        let hosts = |model: &'_ Model| {
            let inward = model.gateways.iter().filter(|gateway| !gateway.out);
            inward
                .flat_map(|it| it.hosts.iter().map(|host| (it.at.clone(), host.clone())))
                .collect::<Vec<_>>()
        };
        let theirs = hosts(other);
        for (at, host) in hosts(ctx.model) {
            if !theirs.iter().any(|(_, it)| it.value.eq_ignore_ascii_case(&host.value)) {
                continue;
            }
            let (first, second) = (&other.environment.name, &own.name);
            RULE.found(
                &at,
                format!("`{}` and `{}` answer for `{}` in one cluster", first.value, second.value, host.value),
            )
            .label(host.span(), "its name leads to one of them")
            .label(second.span(), "on the cluster of the other")
            .help(format!(
                "give it a host of its own: `environment \"{0}\" {{ gateway … {{ host \"{0}.{1}\" }} }}`, or say which `cluster=` each runs on",
                second.value, host.value
            ))
            .add_to(found);
        }
    }
}
