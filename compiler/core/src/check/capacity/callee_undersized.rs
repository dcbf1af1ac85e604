//! `callee-undersized`: more is sent than can be taken.

use crate::check::belief::Belief;
use crate::check::query::load;
use crate::check::{Context, Found, Rule};
use bastide_report::finding::Spot;
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::warn("callee-undersized", check).believes(&[Belief::SCALE_MAX]);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut sent: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (service, call) in ctx.calls() {
        if let Some(rate) = call.rate {
            sent.entry(&call.to.value).or_default().push((&service.name.value, rate));
        }
    }
    for service in &ctx.model.services {
        let name = &service.name.value;
        let (Some(capacity), Some(callers)) = (service.scale.capacity, sent.get(name.as_str())) else {
            continue;
        };
        let sum: u128 = callers.iter().map(|(_, rate)| load::per_day(rate.value)).sum();
        let one = load::per_day(capacity.value);
        let all = one * service.scale.max.value.max(0) as u128;
        if sum <= all || one == 0 {
            continue;
        }
        let max = service.scale.max;
        let message = format!(
            "`{name}` is sent {}, but takes {}: {} × {}",
            load::shown(sum),
            load::shown(all),
            max.value,
            capacity.value
        );
        let most = sum.div_ceil(one);
        let sent = callers.iter().take(6);
        RULE.found(&service.at, message)
            .label_value(&max, service.name.span(), format!("at most {} instances", max.value))
            .label_value(&capacity, service.name.span(), "takes so much each")
            .labels(sent.map(|(caller, rate)| (rate.span(), format!("{} from `{caller}`", rate.value))))
            .write(&max, service.name.span(), Spot::Child("scale", "max"), most.to_string())
            .help(format!("write `scale max={most}`"))
            .add_to(found);
    }
}
