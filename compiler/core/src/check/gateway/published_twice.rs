//! `published-twice`: two things at one port of a development machine.

use crate::check::{Context, Found, Rule};
use crate::form::network;
use crate::model::service::{Service, transport};
use crate::view::workload::{Published, said};
use bastide_report::source::Span;
use std::net::IpAddr;

pub const RULE: Rule = Rule::deny("published-twice", check);

/// What is published: whose, in words, its place, and the addresses and ports of the machine.
struct Place {
    at: String,
    name: String,
    span: Span,
    by: &'static str,
    address: Option<IpAddr>,
    ports: (u16, u16),
}

impl Place {
    fn meets(&self, other: &Place) -> bool {
        let wild = |it: &Option<IpAddr>| it.is_none_or(|ip| ip.is_unspecified());
        let family = |it: &Option<IpAddr>| it.map(|ip| ip.is_ipv4());
        let (one, two) = (&self.address, &other.address);
        let apart = family(one).zip(family(two)).is_some_and(|(one, two)| one != two);
        let near = wild(one) || wild(two) || one == two;
        self.by == other.by
            && near
            && !apart
            && self.ports.0 <= other.ports.1
            && other.ports.0 <= self.ports.1
    }
}

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    if ctx.kubernetes() {
        return;
    }
    let all: Vec<Place> = gateways(ctx).into_iter().chain(services(ctx)).collect();
    for (at, two) in all.iter().enumerate() {
        let Some(one) = all[..at].iter().find(|one| one.meets(two)) else { continue };
        let number = two.ports.0.max(one.ports.0);
        let message = format!("`{}` and `{}` are both published at {number}", one.name, two.name);
        let help = match two.at.starts_with("gateway") {
            true => "write `publish http=… https=…` in one of them",
            false => "write another port in one `publish=`",
        };
        RULE.found(&two.at, message)
            .label(two.span, "and this")
            .label(one.span, "this")
            .help(help)
            .add_to(found);
    }
}

fn gateways(ctx: &Context<'_>) -> Vec<Place> {
    let mut all = vec![];
    for gateway in ctx.model.gateways.iter().filter(|it| !it.out) {
        let secure = gateway.tls.as_ref().map(|_| &gateway.publish.https);
        for port in [&gateway.publish.http].into_iter().chain(secure) {
            let (number, span) = (port.value as u16, gateway.name.span());
            let (at, name) = (gateway.at.clone(), gateway.name.value.clone());
            let address = Some(IpAddr::from([127, 0, 0, 1]));
            all.push(Place { at, name, span, by: "TCP", address, ports: (number, number) });
        }
    }
    all
}

/// What services publish; a port that follows from a name is in nobody's way.
fn services<'m>(ctx: &'m Context<'_>) -> impl Iterator<Item = Place> + 'm {
    ctx.views.workloads.iter().flat_map(|workload| {
        let service = ctx.model.service(&workload.service);
        workload.published.iter().filter_map(move |port| place(service?, port))
    })
}

fn place(service: &Service, port: &Published) -> Option<Place> {
    let (address, ports, _) = network::publish(port.said.as_ref()?).ok()?;
    let by = transport(&port.protocol);
    let same = |number: u16, protocol: &str| number == port.number && transport(protocol) == by;
    let own = said(service).find(|(protocol, number, _)| same(*number, protocol)).map(|(.., at)| at.span());
    let range = || service.run.ports.iter().find(|it| same(it.number, &it.protocol)).map(|it| it.origin.span);
    let name = format!("{}.{}", service.name.value, port.name);
    let span = own.or_else(range)?;
    Some(Place {
        at: service.at.clone(),
        name,
        span,
        by,
        address: address.and_then(|it| it.parse().ok()),
        ports,
    })
}
