//! `latency-budget-exceeded`: slower parts than the whole.

use crate::check::{Context, Found, Rule};
use bastide_report::units::Duration;

pub const RULE: Rule = Rule::warn("latency-budget-exceeded", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let Some(slo) = &service.slo else { continue };
        let (Some(own), Some(share)) = (slo.latency, slo.quantile) else { continue };
        let hard = service.calls.iter().filter(|call| !call.soft);
        let parts: Vec<_> = hard
            .filter_map(|call| {
                let slo = ctx.model.service(&call.to.value)?.slo.as_ref()?;
                let fits = slo.quantile.is_some_and(|at| at.value <= share.value);
                Some((call, slo.latency.filter(|_| fits)?))
            })
            .collect();
        // Side by side only the slowest counts.
        let slowest = parts.iter().filter(|(call, _)| call.parallel).max_by_key(|(_, at)| at.value);
        let slowest = slowest.map(|(call, _)| call.at.as_str());
        let parts: Vec<_> =
            parts.iter().filter(|(call, _)| !call.parallel || slowest == Some(call.at.as_str())).collect();
        let sum = Duration(parts.iter().map(|(_, at)| at.value.0).sum());
        if parts.is_empty() || sum <= own.value {
            continue;
        }
        let name = &service.name.value;
        let terms: Vec<String> = parts.iter().take(8).map(|(_, at)| at.value.to_string()).collect();
        let total = if parts.len() > 1 { format!("{} = {sum}", terms.join(" + ")) } else { sum.to_string() };
        let times = parts.iter().take(8);
        let times =
            times.map(|(call, at)| (at.span(), format!("`{}` takes up to {}", call.to.value, at.value)));
        let message = format!("`{name}` promises answers within {}, but waits for {total}", own.value);
        RULE.found(&slo.at, message)
            .label(own.span(), "promised")
            .labels(times)
            .help(format!("promise `latency=\"{sum}\"` or more, or send them side by side (`parallel=#true`), or go on without one (`soft=#true`)"))
            .add_to(found);
    }
}
