//! `latency-slo-above-timeout`: a promise the timeout decides.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("latency-slo-above-timeout", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (_, route) in ctx.routes().filter(|(_, route)| !matches!(&*route.protocol, "websocket" | "sse")) {
        let (Some(timeout), Some(to)) = (route.timeout.filter(|at| at.value.0 > 0), &route.to) else {
            continue;
        };
        let slo = ctx.model.service(&to.value).and_then(|service| service.slo.as_ref());
        let Some((slo, latency)) = slo.and_then(|slo| Some((slo, slo.latency?))) else { continue };
        if latency.value < timeout.value {
            continue;
        }
        let message = format!(
            "`{}` promises answers within {}, but `{}` is cut after {}",
            to.value, latency.value, route.path.value, timeout.value
        );
        RULE.found(&slo.at, message)
            .label_value(&latency, route.path.span(), "promised")
            .label_value(&timeout, route.path.span(), format!("cut after {}", timeout.value))
            .help(format!("promise less than {}, or write a longer `timeout`", timeout.value))
            .add_to(found);
    }
}
