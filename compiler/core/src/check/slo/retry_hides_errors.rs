//! `retry-hides-errors`: measured where nobody stands.

use crate::check::query::origin::written;
use crate::check::{Context, Found, Rule};
use std::collections::BTreeSet;

pub const RULE: Rule = Rule::info("retry-hides-errors", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let objectives = ctx.views.objectives.iter();
    let tries = objectives.filter(|it| it.kind == "availability" && it.measured == "server");
    let of_tries: BTreeSet<&str> = tries.map(|it| it.service.as_str()).collect();
    for (_, route) in ctx.routes() {
        let (Some(to), Some(retries)) = (&route.to, &route.retries) else { continue };
        let promise = ctx.model.service(&to.value).and_then(|it| it.slo.as_ref()?.availability);
        let Some(promise) = promise.filter(|_| retries.value > 0 && written(retries)) else { continue };
        if !of_tries.contains(to.value.as_str()) {
            continue;
        }
        let message = format!(
            "the objective of `{}` counts up to {} tries for one request",
            to.value,
            retries.value + 1
        );
        RULE.found(&route.at, message)
            .label(retries.span(), "clients see only the last try")
            .label(promise.span(), "measured in the service")
            .help("write `retries 0`, or keep in mind that the objective is stricter than what clients see")
            .add_to(found);
    }
}
