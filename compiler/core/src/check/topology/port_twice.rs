//! `port-twice`: two listeners on one port, or two ports of one name.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;
use crate::view::workload::Workload;
use bastide_report::source::Span;
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::deny("port-twice", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let apis = service.apis.iter().map(|api| (api.port.value, &api.name.value, api.name.span()));
        let ports =
            service.run.ports.iter().map(|port| (i64::from(port.number), &port.name, port.origin.span));
        let mut taken: BTreeMap<i64, (&String, Span)> = BTreeMap::new();
        // A pod is one network: what stands beside the program listens there too.
        let beside = service.run.sidecars.iter().flat_map(|it| {
            it.ports.iter().map(move |port| (i64::from(port.number), &it.name, port.origin.span))
        });
        for (number, name, span) in apis.chain(ports).chain(beside) {
            let Some((first, there)) = taken.insert(number, (name, span)) else { continue };
            let message =
                format!("`{first}` and `{name}` of `{}` both listen on {number}", service.name.value);
            RULE.found(&service.at, message)
                .label(span, format!("on {number} too"))
                .label(there, format!("on {number}"))
                .help(format!("give `{name}` another port"))
                .add_to(found);
        }
        names(ctx, service, found);
    }
}

/// Names are those of the view: the port of an api is called `http` or `grpc`, a further api's like the api.
fn names(ctx: &Context<'_>, service: &Service, found: &mut Vec<Found>) {
    let newest = |it: &&Workload| it.newest && it.kind != "resource";
    let Some(workload) = ctx.views.workload(&service.name.value).filter(newest) else { return };
    let origin = |number: u16| {
        let own = service.run.ports.iter().find(|port| port.number == number);
        let api = || service.apis.iter().find(|api| api.port.value == i64::from(number));
        own.map(|port| port.origin.span).or_else(|| api().map(|api| api.name.span()))
    };
    let ports = workload.ports.iter().map(|port| (port.name.as_str(), port.number));
    let ports: Vec<(&str, u16)> =
        workload.metrics_port.map(|it| ("metrics", it)).into_iter().chain(ports).collect();
    for (at, (name, number)) in ports.iter().enumerate() {
        let same = |it: &&(&str, u16)| it.0 == *name && it.1 != *number;
        let Some((_, first)) = ports[..at].iter().find(same) else { continue };
        let there = origin(*first).unwrap_or(service.name.span());
        let here = origin(*number).unwrap_or(service.name.span());
        let message =
            format!("two ports of `{}` are called `{name}`: {first} and {number}", service.name.value);
        RULE.found(&service.at, message)
            .label(here, format!("`{name}` too"))
            .label(there, format!("{first} is called `{name}`"))
            .help("give one of them another name")
            .add_to(found);
    }
}
