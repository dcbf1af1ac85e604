//! `unreachable-burn-alert`: an alert that cannot fire even if every request fails.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;
use crate::view::objective::{factor_milli, windows};
use bastide_report::source::Span;
use bastide_report::units::{Duration, Share, decimal};

pub const RULE: Rule = Rule::warn("unreachable-burn-alert", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let Some(slo) = &service.slo else { continue };
        if let Some(at) = slo.availability {
            found.extend(finding(service, &slo.at, "availability", at.value, at.span(), slo.window.value));
        }
        if let (Some(_), Some(at)) = (slo.latency, slo.quantile) {
            found.extend(finding(service, &slo.at, "latency", at.value, at.span(), slo.window.value));
        }
    }
}

fn finding(
    service: &Service,
    at: &str,
    kind: &str,
    share: Share,
    span: Span,
    window: Duration,
) -> Option<Found> {
    let budget = u128::from(share.rest().0);
    // Everything failing burns 1 ÷ budget times as fast as sustainable; the alert asks for more than its factor.
    let dead = |factor: u64| u128::from(factor) * budget >= 1_000 * u128::from(Share::ONE.0);
    let factors =
        windows(window).into_iter().map(|it| (it.severity, it.long, factor_milli(it.spent, window, it.long)));
    let (severity, long, factor) =
        factors.filter(|(.., factor)| dead(*factor)).max_by_key(|(.., factor)| *factor)?;
    let most = decimal::print((1_000 * u128::from(Share::ONE.0) / budget.max(1)) as u64, 3);
    let least = Share((Share::ONE.0 - (1_000 * Share::ONE.0 / factor)).div_ceil(100_000) * 100_000);
    let (name, long) = (&service.name.value, Duration(long * 60_000));
    let message = format!(
        "the {severity} of the {kind} of `{name}` over {long} fires above {} times the budget, but {share} never burns more than {most} times",
        decimal::print(factor, 3)
    );
    // Below four weeks the factors no longer shrink with the window.
    let shorter = if window.0 > 30 * 86_400_000 { ", or choose a shorter `window`" } else { "" };
    let act = match kind {
        "availability" => format!("promise at least {least}{shorter}"),
        _ => format!("promise a higher quantile, at least {least} (`at=\"p95\"` or more){shorter}"),
    };
    Some(RULE.found(at, message).label(span, format!("leaves {} for faults", share.rest())).help(act))
}
