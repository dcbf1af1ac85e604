//! `retry-does-not-fit`: tries there is no time for.

use crate::check::query::calls::{CallCycles, waits};
use crate::check::{Context, Found, Rule};
use bastide_report::finding::Spot;
use bastide_report::units::Duration;

pub const RULE: Rule = Rule::warn("retry-does-not-fit", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let (deadlines, cycles) = (ctx.deadlines(), CallCycles::of(ctx));
    for service in &ctx.model.services {
        let name = &service.name.value;
        let Some(outer) = deadlines.get(name.as_str()) else { continue };
        for call in &service.calls {
            let (Some(timeout), Some(retries)) = (call.timeout, call.retries.filter(|at| at.value > 0))
            else {
                continue;
            };
            let tries = retries.value as u64 + 1;
            let total = tries.saturating_mul(timeout.value.0).saturating_add(waits(retries.value));
            // A single try that is too long is a `timeout-inversion`.
            if timeout.value.0 >= outer.ms || total <= outer.ms || cycles.contain(name, &call.to.value) {
                continue;
            }
            let to = &call.to.value;
            let sum = format!(
                "{tries} × {} + {} of waits = {}",
                timeout.value,
                Duration(waits(retries.value)),
                Duration(total)
            );
            RULE.found(
                &call.at,
                format!("the tries of `{name}` for `{to}` do not fit into {}: {sum}", Duration(outer.ms)),
            )
            .label_value(&retries, call.to.span(), format!("{tries} tries"))
            .label(outer.span, format!("`{}` has left after {}", outer.who, Duration(outer.ms)))
            .write(
                &retries,
                call.to.span(),
                Spot::Property("retries"),
                most(outer.ms, retries.value, timeout.value).to_string(),
            )
            .help(help(outer.ms, retries.value, timeout.value))
            .add_to(found);
        }
    }
    route_tries(ctx, found);
}

/// The most retries that fit.
fn most(outer: u64, retries: i64, timeout: Duration) -> i64 {
    let fits = |count: i64| timeout.0.saturating_mul(count as u64 + 1).saturating_add(waits(count)) <= outer;
    (0..retries).rev().find(|count| fits(*count)).unwrap_or(0)
}

/// What fits: the most tries of that length, else the longest try of that number.
fn help(outer: u64, retries: i64, timeout: Duration) -> String {
    let most = most(outer, retries, timeout);
    let each = outer.saturating_sub(waits(retries)) / (retries as u64 + 1);
    match each {
        0..10 => format!("write `retries={most}`"),
        _ => format!("write `retries={most}`, or `timeout=\"{}\"` for each try", Duration(each)),
    }
}

/// The tries of a route share its timeout, less the waits.
fn route_tries(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (gateway, route) in ctx.routes() {
        let (Some(timeout), Some(retries)) = (route.timeout, route.retries.filter(|at| at.value > 0)) else {
            continue;
        };
        let (waits, tries) = (waits(retries.value), retries.value as u64 + 1);
        let streams = matches!(route.protocol.as_str(), "websocket" | "sse");
        if streams || timeout.value.0 == 0 || timeout.value.0 >= waits + 10 * tries {
            continue;
        }
        let path = format!("{} {}", gateway.name.value, route.path.value);
        RULE.found(
            &route.at,
            format!(
                "{tries} tries and {} of waits do not fit into the {} of `{path}`",
                Duration(waits),
                timeout.value
            ),
        )
        .label_value(&retries, route.path.span(), format!("{tries} tries"))
        .label_value(&timeout, route.path.span(), format!("{} for all of them", timeout.value))
        .write(&retries, route.path.span(), Spot::Child("retries", ""), "0")
        .help("write `retries 0`, or a longer `timeout`")
        .add_to(found);
    }
}
