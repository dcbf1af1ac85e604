//! `fan-out-tail`: one of many is always slow.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use crate::units::Share;
use crate::units::decimal::Product;
use std::cmp::Ordering;

/// The rule.
pub const RULE: Rule = Rule {
    name: "fan-out-tail",
    group: "slo",
    level: Level::Warn,
    docs: r#"
## What it finds

A service whose parallel calls each promise their time for so small a share of requests that all of them together miss the share the service promises.
Only calls with `parallel=#true` to services with a promise of latency count: the share of requests in which all are in time is the product of theirs.

## Why it matters

Of twelve calls that are each slow in one request of a hundred, one is slow in every ninth request.

## Example

```kdl bad
service "web" {
    build "services/web"
    calls "a" "b" "c" parallel=#true timeout="300ms"
    slo latency="200ms" at="p99"
}
service "a" { build "x"; slo latency="100ms" at="p99" }
service "b" { build "x"; slo latency="100ms" at="p99" }
service "c" { build "x"; slo latency="100ms" at="p99" }
```

## Instead

```kdl good
service "web" {
    build "services/web"
    calls "a" "b" "c" parallel=#true timeout="300ms"
    slo latency="200ms" at="p95"
}
service "a" { build "x"; slo latency="100ms" at="p99" }
service "b" { build "x"; slo latency="100ms" at="p99" }
service "c" { build "x"; slo latency="100ms" at="p99" }
```

## When to allow it

When late parts are left out of the answer.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        let Some(slo) = &service.slo else { continue };
        let (Some(own), Some(share)) = (slo.latency, slo.quantile) else { continue };
        let beside = service.calls.iter().filter(|call| call.parallel && !call.soft);
        let parts: Vec<(_, Share)> = beside
            .filter_map(|call| {
                let promise = plan.model.service(&call.to.value)?.slo.as_ref()?;
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
        let mut finding = RULE.found(&slo.at, message).label(share.span(), "promised");
        for (call, share) in parts.iter().take(8) {
            finding = finding.label(call.to.span(), format!("{share} in time"));
        }
        let name = parts.iter().min_by_key(|(_, share)| *share).map(|(call, _)| call.to.value.as_str());
        found.push(finding.help(format!(
            "promise for a smaller share, or go on without `{}`: `soft=#true`",
            name.unwrap_or_default()
        )));
    }
}
