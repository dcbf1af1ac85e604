//! `closed-port`: a port that the network policies close to everybody.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};
use crate::model::service::Service;
use bastide_report::source::Span;

pub const RULE: Rule = Rule::info("closed-port", check).on_kubernetes().believes(BELIEFS);

const BELIEFS: &[Belief] = &[
    Belief {
        field: "api.from",
        without: |model, lost| {
            lost.services(model).for_each(|service| service.apis.iter_mut().for_each(|api| api.from = None))
        },
    },
    Belief {
        field: "service.port.from",
        without: |model, lost| {
            lost.services(model)
                .for_each(|service| service.run.ports.iter_mut().for_each(|port| port.from = None))
        },
    },
    Belief {
        field: "service.port.expose",
        without: |model, lost| {
            lost.services(model)
                .for_each(|service| service.run.ports.iter_mut().for_each(|port| port.expose = None))
        },
    },
];

/// A port: its name, number and what carries it, where it stands, and how to open it.
type Port<'m> = (&'m str, (u16, &'static str), Span, String);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let name = &service.name.value;
        let Some(workload) = ctx.views.workload(name).filter(|it| it.newest) else { continue };
        let open = |(number, by): (u16, &'static str)| {
            workload.inbound.iter().any(|peer| peer.port == number && peer.transport == Some(by))
        };
        for (port, _, span, how) in ports(ctx, service).filter(|it| !open(it.1)) {
            RULE.found(&service.at, format!("nobody may reach port `{port}` of `{name}`"))
                .label(span, "no edge of the spec leads here, and what is not declared is closed")
                .help(format!(
                    "write who needs it, or from where it is open: `{how} from=\"cluster\"` (or `\"namespace\"`, `\"anywhere\"`)"
                ))
                .add_to(found);
        }
    }
}

/// The ports that were declared for others. Where a gateway stands, an api that nothing leads to is an `orphan-service`;
/// metrics are scraped by the platform.
fn ports<'m>(ctx: &Context<'m>, service: &'m Service) -> impl Iterator<Item = Port<'m>> {
    let alone = ctx.model.gateways.is_empty();
    let api = |it: &'m crate::model::service::Api| {
        let (name, number) = (it.name.value.as_str(), it.port.value as u16);
        (name, (number, "TCP"), it.name.span(), format!("api \"{name}\""))
    };
    let scraped = service.metrics.port;
    let own = service.run.ports.iter().filter(move |it| Some(it.number) != scraped);
    let port = |it: &'m crate::model::service::Port| {
        let how = format!("port \"{}\" number={}", it.name, it.number);
        (it.name.as_str(), (it.number, it.transport()), it.origin.span, how)
    };
    service.apis.iter().filter(move |_| alone).map(api).chain(own.map(port))
}
