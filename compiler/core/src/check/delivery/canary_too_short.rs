//! `canary-too-short`: released before anything was seen.

use crate::check::{Context, Found, Rule};
use bastide_report::units::{Duration, Share};

pub const RULE: Rule = Rule::warn("canary-too-short", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let delivery = &ctx.model.delivery;
    let canary = delivery.rollout.as_ref().filter(|at| at.value == "canary");
    let (Some(rollout), Some(pause), Some(step)) = (canary, delivery.pause, delivery.steps.first()) else {
        return;
    };
    for service in &ctx.model.services {
        let Some(slo) = &service.slo else { continue };
        let (Some(share), Some(rate)) = (slo.availability, slo.rate) else { continue };
        let budget = u128::from(share.value.rest().0);
        if budget == 0 || *step == 0 {
            continue;
        }
        let needed = (3 * u128::from(Share::ONE.0)).div_ceil(budget);
        let per = u128::from(rate.value.per) * 100;
        let seen = u128::from(rate.value.count) * u128::from(*step) * u128::from(pause.value.0) / per;
        if seen >= needed {
            continue;
        }
        let wait = (needed * per).div_ceil(u128::from(rate.value.count) * u128::from(*step));
        let wait = Duration(u64::try_from(wait).unwrap_or(u64::MAX).div_ceil(60_000).saturating_mul(60_000));
        let name = &service.name.value;
        RULE.found(
            &slo.at,
            format!(
                "{step}% of `{name}` are {seen} requests in {}, and {} needs {needed} to be seen",
                pause.value, share.value
            ),
        )
        .label(pause.span(), format!("{} a step", pause.value))
        .label(rate.span(), format!("{} expected", rate.value))
        .label(rollout.span(), "asks for a canary")
        .edit(pause.span(), format!("\"{wait}\""))
        .help(format!("write `pause=\"{wait}\"`, or a larger first step"))
        .add_to(found);
    }
}
