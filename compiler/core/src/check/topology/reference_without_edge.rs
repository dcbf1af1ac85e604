//! `reference-without-edge`: an address that the program is told, and may not reach.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;

pub const RULE: Rule = Rule::deny("reference-without-edge", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        for to in &service.refers {
            let name = to.value.as_str();
            let Some(edge) = edge(ctx, name).filter(|_| !leads(ctx, service, name)) else { continue };
            RULE.found(
                &service.at,
                format!("`{}` is told where `{name}` is, and has no way there", service.name.value),
            )
            .label(to.span(), "refers to it")
            .help(format!("write `{edge} \"{name}\"` in `{}`", service.name.value))
            .add_to(found);
        }
    }
}

/// What would lead there.
fn edge(ctx: &Context<'_>, name: &str) -> Option<&'static str> {
    let model = ctx.model;
    match (model.resource(name), model.service(name).is_some() || model.external(name).is_some()) {
        (Some(_), _) => Some("uses"),
        (None, true) => Some("calls"),
        (None, false) => model.topic(name).map(|it| if it.queue { "sends" } else { "publishes" }),
    }
}

/// Whether an edge leads there; one to a topic leads to its broker, too.
fn leads(ctx: &Context<'_>, service: &Service, name: &str) -> bool {
    let calls = service.calls.iter().map(|it| &it.to.value);
    let uses = service.uses.iter().map(|it| &it.resource.value);
    let broker = |to: &str| ctx.model.topic(to).is_some_and(|topic| topic.on.value == name);
    service.name.value == name || calls.chain(uses).chain(service.topics()).any(|to| to == name || broker(to))
}
