//! `no-circuit-breaker`: asking somebody outside who does not answer.

use crate::check::{Context, Found, Rule};
use crate::model::service::{Call, Service};
use bastide_report::finding::Spot;

pub const RULE: Rule = Rule::info("no-circuit-breaker", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    // What goes without a connection has none to break.
    let asked = |call: &Call| ctx.model.external(&call.to.value).is_some_and(|it| it.transport == "TCP");
    for (service, call) in ctx.calls().filter(|(it, call)| !it.run.is_taken() && asked(call)) {
        found.extend(match call.breaker {
            false => Some(switched_off(service, call)),
            true => unwritten(ctx, service, call),
        });
    }
}

fn asking(service: &Service, call: &Call) -> String {
    format!("`{}` goes on asking `{}` while it is down", service.name.value, call.to.value)
}

fn switched_off(service: &Service, call: &Call) -> Found {
    RULE.found(&call.at, asking(service, call))
        .label(call.to.span(), "`breaker=#false`")
        .edit_at(call.to.span(), Spot::Without("breaker"), "")
        .help("remove `breaker=#false`")
}

/// A breaker is on by default, and stands in the way out: a call that leaves by none has none. Whatever calls from a
/// development machine asks nobody so often.
fn unwritten(ctx: &Context<'_>, service: &Service, call: &Call) -> Option<Found> {
    let to = &call.to.value;
    let why = ctx.unkept("calls.breaker", "external", to)?;
    let out = ctx.model.gateways.iter().find(|it| it.out);
    let act = match out {
        Some(out) if out.allow.iter().any(|at| at.value == *to) => "let the client library break, and say so: `lint \"no-circuit-breaker\" level=\"allow\" because=\"…\"`".into(),
        Some(out) => format!("let it leave by `{}`: `allow \"{to}\"`", out.name.value),
        None => format!("let it leave by a gateway: `gateway \"egress\" direction=\"out\" {{ allow \"{to}\" }}`"),
    };
    let finding = RULE.found(&call.at, format!("{}: its breaker is on, but {why}", asking(service, call)));
    Some(finding.label(call.to.span(), "nobody stops asking").help(act))
}
