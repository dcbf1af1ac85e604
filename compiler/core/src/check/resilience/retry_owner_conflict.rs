//! `retry-owner-conflict`: two that try again.

use crate::check::query::origin::written;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("retry-owner-conflict", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let Some(mesh) = ctx.model.environment.mesh.as_ref().filter(|mesh| mesh.retries.value > 0) else {
        return;
    };
    let calls = ctx.model.services.iter().flat_map(|service| {
        service
            .calls
            .iter()
            .map(|call| (call.at.as_str(), call.retries, service.name.value.as_str(), call.to.value.as_str()))
    });
    let routed = ctx.routes().filter_map(|(gateway, route)| {
        Some((
            route.at.as_str(),
            route.retries,
            gateway.name.value.as_str(),
            route.to.as_ref()?.value.as_str(),
        ))
    });
    for (at, retries, from, to) in calls.chain(routed) {
        let Some(retries) = retries.filter(|it| it.value > 0 && written(it)) else { continue };
        let all = (retries.value + 1) * (mesh.retries.value + 1);
        let message = format!(
            "one request of `{from}` to `{to}` may become {all}: {} × {}",
            retries.value + 1,
            mesh.retries.value + 1
        );
        RULE.found(at, message)
            .label(retries.span(), format!("{} further tries here", retries.value))
            .label(mesh.retries.span(), format!("{} by `{}`", mesh.retries.value, mesh.kind.value))
            .help(format!("write `mesh \"{}\" retries=0`, or no `retries` here", mesh.kind.value))
            .add_to(found);
    }
}
