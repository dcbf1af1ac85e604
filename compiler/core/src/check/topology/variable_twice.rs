//! `variable-twice`: two things set one environment variable.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;
use bastide_report::source::Span;

pub const RULE: Rule = Rule::deny("variable-twice", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for workload in ctx.views.workloads.iter().filter(|it| it.newest) {
        let Some(service) = ctx.model.service(&workload.service) else { continue };
        for clash in &workload.clashes {
            let (first, what) = place(service, &clash.first);
            let (second, other) = place(service, &clash.second);
            RULE.found(&service.at, format!("`{}` is set twice in `{}`", clash.name, workload.service))
                .label(second, format!("by {other}"))
                .label(first, format!("and by {what}"))
                .help("give one of them another name")
                .add_to(found);
        }
    }
}

/// Where the spec makes a variable, and by what.
fn place(service: &Service, at: &str) -> (Span, &'static str) {
    let under = |node: &str| at.strip_prefix(&format!("{}.{node}.", service.at)).map(str::to_string);
    let env = under("env").and_then(|name| service.run.env.iter().find(|(own, _)| *own == name));
    let secret = under("secret").and_then(|name| service.run.secrets.iter().find(|it| it.name.value == name));
    let inside = |node: &str| at == node || at.starts_with(&format!("{node}."));
    let edge = (service.calls.iter().find(|it| inside(&it.at)).map(|it| it.to.span()))
        .or_else(|| service.uses.iter().find(|it| inside(&it.at)).map(|it| it.resource.span()))
        .or_else(|| service.publishes.iter().find(|it| inside(&it.at)).map(|it| it.topic.span()))
        .or_else(|| service.subscribes.iter().find(|it| inside(&it.at)).map(|it| it.topic.span()));
    match (env, secret, edge) {
        (Some((_, at)), ..) => (at.span(), "this variable"),
        (_, Some(secret), _) => (secret.name.span(), "this secret"),
        (.., Some(edge)) => (edge, "what follows from this edge"),
        _ => (service.name.span(), "what every service is told"),
    }
}
