//! `rollout-not-written`: a canary that is asked for and nobody makes.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "rollout-not-written",
    group: "delivery",
    level: Level::Warn,
    docs: r#"
## What it finds

On Kubernetes, a delivery with `rollout "canary"` or `"blue-green"` whose target says nothing of Argo Rollouts, so that every service is replaced instance by instance.

## Why it matters

A Deployment knows neither shares of requests nor a way back: the steps and pauses of the spec are not there in production.

## Example

```kdl bad
environment "prod" platform="kubernetes"
delivery { ci "github"; rollout "canary" steps="10% 50%" pause="10m" }
```

## Instead

```kdl good
environment "prod" platform="kubernetes" {
    target "kubernetes" rollout="argo"
}
delivery { ci "github"; rollout "canary" steps="10% 50%" pause="10m" }
```

## When to allow it

In an environment where a broken release hurts nobody.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let (environment, delivery) = (&plan.model.environment, &plan.model.delivery);
    let argo = serde_json::Value::from("argo");
    let target = plan.model.target("kubernetes");
    if environment.platform != "kubernetes"
        || target.is_some_and(|it| it.options.get("rollout") == Some(&argo))
    {
        return;
    }
    let Some(rollout) = delivery.rollout.as_ref().filter(|at| at.value != "rolling") else { return };
    let name = &environment.name.value;
    found.push(
        RULE.found(
            "delivery",
            format!("`{}` is asked for, and `{name}` only replaces instances in turn", rollout.value),
        )
        .label(rollout.span(), "asked for here")
        .label(environment.name.span(), "runs without Argo Rollouts")
        .help(format!(
            "write `target \"kubernetes\" rollout=\"argo\"` in `{name}`, or `rollout \"rolling\"` for it"
        )),
    );
}
