//! `low-traffic-burn`: so few requests that a handful of failures calls a human.

use crate::check::{Context, Found, Rule};
use crate::view::objective::{factor_milli, windows};
use bastide_report::units::Duration;

/// Fewer failures than this in the first window must not page.
const FAILURES: u128 = 5;

pub const RULE: Rule = Rule::info("low-traffic-burn", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let Some(slo) = &service.slo else { continue };
        let (Some(share), Some(rate)) = (slo.availability, slo.rate) else { continue };
        let Some(fast) = windows(slo.window.value).into_iter().next() else { continue };
        let factor = u128::from(factor_milli(fast.spent, slo.window.value, fast.long));
        let budget = u128::from(share.value.rest().0);
        let hourly = u128::from(rate.value.count) * 3_600_000 / u128::from(rate.value.per);
        let long = u128::from(fast.long);
        // Failures in the first window that page: factor × budget × requests, here times 10¹² (10³ · 10⁹).
        let failures = factor.saturating_mul(budget).saturating_mul(hourly).saturating_mul(long) / 60;
        if budget == 0 || factor == 0 || failures >= FAILURES * 1_000_000_000_000 {
            continue;
        }
        let needed = (FAILURES * 1_000_000_000_000).div_ceil((factor * budget * long / 60).max(1));
        let paging = failures / 1_000_000_000_000 + 1;
        let name = &service.name.value;
        let noun = if paging == 1 { "failure" } else { "failures" };
        let message = format!(
            "{paging} {noun} in {} page for `{name}`: it has {hourly} requests an hour",
            Duration(fast.long * 60_000)
        );
        RULE.found(&slo.at, message)
            .label(rate.span(), format!("{} expected", rate.value))
            .label(share.span(), format!("{} of them may fail", share.value.rest()))
            .help(format!(
                "promise less, or add probes: {needed} requests an hour are needed for {}",
                share.value
            ))
            .add_to(found);
    }
}
