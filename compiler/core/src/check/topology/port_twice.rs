//! `port-twice`: two listeners on one port, or two ports of one name.

use crate::check::{Context, Found, Rule};
use crate::model::service::{Port, Service};
use crate::view::workload::Workload;
use bastide_report::source::Span;

pub const RULE: Rule = Rule::deny("port-twice", check);

/// What listens: its name and place, by what, and from which port to which.
struct Listener<'m> {
    name: &'m str,
    span: Span,
    by: &'static str,
    ports: (u16, u16),
}

impl<'m> Listener<'m> {
    fn of(name: &'m str, port: &Port) -> Listener<'m> {
        Listener { name, span: port.origin.span, by: port.transport(), ports: (port.number, port.last()) }
    }
}

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let ports = service.run.ports.iter().map(|port| Listener::of(&port.name, port));
        // A pod is one network: what stands beside the program listens there too.
        let beside = service.run.sidecars.iter();
        let beside = beside.flat_map(|it| it.ports.iter().map(move |port| Listener::of(&it.name, port)));
        let all: Vec<Listener<'_>> =
            service.apis.iter().map(api_listener).chain(ports).chain(beside).collect();
        for (at, one) in all.iter().enumerate() {
            let meets = |it: &&Listener<'_>| {
                it.by == one.by && it.ports.0 <= one.ports.1 && one.ports.0 <= it.ports.1
            };
            let Some(first) = all[..at].iter().find(meets) else { continue };
            let (name, other, number) = (one.name, first.name, one.ports.0.max(first.ports.0));
            let message =
                format!("`{other}` and `{name}` of `{}` both listen on {number}", service.name.value);
            RULE.found(&service.at, message)
                .label(one.span, format!("on {number} too"))
                .label(first.span, format!("on {number}"))
                .help(format!("give `{name}` another port"))
                .add_to(found);
        }
        names(ctx, service, found);
    }
}

fn api_listener(api: &crate::model::service::Api) -> Listener<'_> {
    let port = api.port.value as u16;
    Listener { name: &api.name.value, span: api.name.span(), by: "TCP", ports: (port, port) }
}

/// Names are those of the view: the port of an api is called `http` or `grpc`, a further api's like the api.
fn names(ctx: &Context<'_>, service: &Service, found: &mut Vec<Found>) {
    let newest = |it: &&Workload| it.newest && it.kind != "resource";
    let Some(workload) = ctx.views.workload(&service.name.value).filter(newest) else { return };
    let origin = |(number, by): (u16, &str)| {
        let own = service.run.ports.iter().find(|port| port.number == number && port.transport() == by);
        let api = || service.apis.iter().find(|api| api.port.value == i64::from(number));
        own.map(|port| port.origin.span).or_else(|| api().map(|api| api.name.span()))
    };
    let ports = workload.ports.iter().map(|port| (port.name.as_str(), (port.number, port.transport)));
    let metrics = workload.metrics_port.map(|it| ("metrics", (it, "TCP")));
    let ports: Vec<(&str, (u16, &str))> = metrics.into_iter().chain(ports).collect();
    for (at, (name, port)) in ports.iter().enumerate() {
        let same = |it: &&(&str, (u16, &str))| it.0 == *name && it.1 != *port;
        let Some((_, first)) = ports[..at].iter().find(same) else { continue };
        let there = origin(*first).unwrap_or(service.name.span());
        let here = origin(*port).unwrap_or(service.name.span());
        let (service_name, first, number) = (&service.name.value, first.0, port.0);
        let message = format!("two ports of `{service_name}` are called `{name}`: {first} and {number}");
        RULE.found(&service.at, message)
            .label(here, format!("`{name}` too"))
            .label(there, format!("{first} is called `{name}`"))
            .help("give one of them another name")
            .add_to(found);
    }
}
