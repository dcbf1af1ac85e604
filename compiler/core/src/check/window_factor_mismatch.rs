//! `window-factor-mismatch`: a window too short for its alerts.

use super::support::{place, written};
use super::{Found, Plan, Rule};
use crate::report::Level;
use crate::view::objective::{factor_milli, windows};

/// A long window below this holds too few samples, in minutes.
const LEAST: u64 = 10;

/// The rule.
pub const RULE: Rule = Rule {
    name: "window-factor-mismatch",
    group: "slo",
    level: Level::Warn,
    docs: r#"
## What it finds

An objective over so short a `window` that its fastest alert looks at less than ten minutes, or its slowest fires before the budget can be gone.
The burn factors are computed from the window; below four weeks the windows of the alerts shrink with it.

## Why it matters

Over a few samples a rate is chance: the alert pages for nothing, or within the budget.

## Example

```kdl bad
service "orders" {
    build "services/orders"
    slo availability="99.9%" window="1d"
}
```

## Instead

```kdl good
service "orders" {
    build "services/orders"
    slo availability="99.9%" window="7d"
}
```

## When to allow it

For a load test that is watched while it runs.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        let Some(slo) =
            service.slo.as_ref().filter(|slo| slo.availability.is_some() || slo.latency.is_some())
        else {
            continue;
        };
        if !written(&slo.window) {
            continue;
        }
        let period = slo.window.value;
        let windows = windows(period);
        let short = windows.iter().find(|it| it.long < LEAST);
        let slow = windows.iter().find(|it| factor_milli(it.spent, period, it.long) < 1_000);
        let Some(window) = short.or(slow) else { continue };
        let milli = factor_milli(window.spent, period, window.long);
        let message = format!(
            "over {period} an alert of `{}` looks at {} minutes and fires at {}.{} times the allowed rate",
            service.name.value,
            window.long,
            milli / 1_000,
            milli % 1_000 / 100
        );
        found.push(
            RULE.found(&slo.at, message)
                .label(place(&slo.window, service.name.span()), "too short to tell chance from a fault")
                .edit(slo.window.span(), "\"7d\"")
                .help("write `window=\"7d\"` or longer"),
        );
    }
}
