//! `udp-only`: a connection is opened to what speaks UDP alone.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;
use bastide_report::source::Span;

pub const RULE: Rule = Rule::deny("udp-only", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        health(service, found);
    }
    for (gateway, route) in ctx.routes() {
        let Some(to) = &route.to else { continue };
        let Some(service) = ctx.model.service(&to.value) else { continue };
        if only(service, service.port(route.api_name(ctx.model))) {
            let message = format!("`{}` speaks UDP, and `{}` passes on HTTP", to.value, gateway.name.value);
            tell(&route.at, message, to.span(), "no route can lead there")
                .help("remove the route, and let clients in by `expose` of the port")
                .add_to(found);
        }
    }
}

fn tell(at: &str, message: String, span: Span, label: &str) -> Found {
    RULE.found(at, message).label(span, label)
}

/// Whether a port is there for UDP alone.
fn only(service: &Service, number: u16) -> bool {
    service.transports(number) == ["UDP"]
}

/// A question for health opens a connection, unless it is a command.
fn health(service: &Service, found: &mut Vec<Found>) {
    let health = &service.run.health;
    let udp = || service.run.ports.iter().all(|port| port.transport() == "UDP");
    let asked = match health.port {
        Some(number) => {
            service.run.ports.iter().find(|it| it.number == number).filter(|_| only(service, number))
        }
        None if health.kind == "tcp" && service.apis.is_empty() && udp() => service.run.ports.first(),
        None => None,
    };
    let Some(port) = asked.filter(|_| health.kind != "command") else { return };
    let name = &service.name.value;
    let message = format!("`{name}` is asked for its health by a connection, and `{}` speaks UDP", port.name);
    tell(&service.at, message, port.origin.span, "no connection can be opened to it")
        .help("write a `command` to ask by, or a `port` that answers over TCP")
        .add_to(found);
}
