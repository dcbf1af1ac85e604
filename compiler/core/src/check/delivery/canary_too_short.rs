//! `canary-too-short`: released before anything was seen.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use crate::units::{Duration, Share};

/// The rule.
pub const RULE: Rule = Rule {
    name: "canary-too-short",
    group: "delivery",
    level: Level::Warn,
    docs: r#"
## What it finds

A canary whose first step sees too few requests to tell whether the promise holds.
Needed are three times one over the budget: so many requests without a failure prove the promise with 95 % confidence.
It is computed for services that say their `rate`.

## Why it matters

The step passes because nothing happened, and the fault goes to everybody.

## Example

```kdl bad
delivery { rollout "canary" steps="5% 50%" pause="5m" }
service "orders" {
    build "services/orders"
    slo availability="99.9%" rate="1/s"
}
```

## Instead

Wait longer, or begin with a larger share.

```kdl good
delivery { rollout "canary" steps="20% 50%" pause="5h" }
service "orders" {
    build "services/orders"
    slo availability="99.9%" rate="1/s"
}
```

## When to allow it

When the canary only looks for crashes.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let delivery = &plan.model.delivery;
    let canary = delivery.rollout.as_ref().filter(|at| at.value == "canary");
    let (Some(rollout), Some(pause), Some(step)) = (canary, delivery.pause, delivery.steps.first()) else {
        return;
    };
    for service in &plan.model.services {
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
        found.push(
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
            .help(format!("write `pause=\"{wait}\"`, or a larger first step")),
        );
    }
}
