//! `fan-out-tail`: one of many is always slow.

use crate::check::{Context, Found, Rule};
use bastide_report::units::Share;
use bastide_report::units::decimal::Product;
use std::cmp::Ordering;

pub const RULE: Rule = Rule::info("fan-out-tail", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in &ctx.model.services {
        let Some(slo) = &service.slo else { continue };
        let (Some(own), Some(share)) = (slo.latency, slo.quantile) else { continue };
        let beside = service.calls.iter().filter(|call| call.parallel && !call.soft);
        let parts: Vec<(_, Share)> = beside
            .filter_map(|call| {
                let promise = ctx.model.service(&call.to.value)?.slo.as_ref()?;
                let in_time = promise.latency.is_some_and(|at| at.value <= own.value);
                Some((call, promise.quantile.filter(|_| in_time)?.value))
            })
            .collect();
        let mut together = Product::one();
        parts.iter().for_each(|(_, share)| together.times(*share));
        if parts.len() < 2 || together.compare(share.value) != Ordering::Less {
            continue;
        }
        let name = &service.name.value;
        let message = format!(
            "`{name}` promises {} of its answers in time, but all {} parallel calls are only in {}",
            share.value,
            parts.len(),
            together.floor()
        );
        let least = parts.iter().min_by_key(|(_, share)| *share).map(|(call, _)| call.to.value.as_str());
        let least = least.unwrap_or_default();
        RULE.found(&slo.at, message)
            .label(share.span(), "promised")
            .labels(parts.iter().take(8).map(|(call, share)| (call.to.span(), format!("{share} in time"))))
            .help(format!("promise for a smaller share, or go on without `{least}`: `soft=#true`"))
            .add_to(found);
    }
}
