//! `latency-budget-exceeded`: slower parts than the whole.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use crate::units::Duration;

/// The rule.
pub const RULE: Rule = Rule {
    name: "latency-budget-exceeded",
    group: "slo",
    level: Level::Warn,
    docs: r#"
## What it finds

A service that promises answers faster than its hard calls, one after the other, promise theirs.
Compared are promises for at least as large a share of the requests. Of the calls with `parallel=#true` only the slowest counts: they run side by side.

## Why it matters

The callees may keep their promises and the service still breaks its own.

## Example

```kdl bad
service "web" {
    build "services/web"
    calls "cart" "prices" timeout="500ms"
    slo latency="200ms" at="p99"
}
service "cart" { build "services/cart"; slo latency="150ms" at="p99" }
service "prices" { build "services/prices"; slo latency="120ms" at="p99" }
```

## Instead

```kdl good
service "web" {
    build "services/web"
    calls "cart" "prices" timeout="500ms"
    slo latency="300ms" at="p99"
}
service "cart" { build "services/cart"; slo latency="150ms" at="p99" }
service "prices" { build "services/prices"; slo latency="120ms" at="p99" }
```

## When to allow it

When the callees are faster than they promise.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        let Some(slo) = &service.slo else { continue };
        let (Some(own), Some(share)) = (slo.latency, slo.quantile) else { continue };
        let hard = service.calls.iter().filter(|call| !call.soft);
        let parts: Vec<_> = hard
            .filter_map(|call| {
                let slo = plan.model.service(&call.to.value)?.slo.as_ref()?;
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
        let mut finding = RULE
            .found(&slo.at, format!("`{name}` promises answers within {}, but waits for {total}", own.value))
            .label(own.span(), "promised");
        for (call, at) in parts.iter().take(8) {
            finding = finding.label(at.span(), format!("`{}` takes up to {}", call.to.value, at.value));
        }
        found.push(finding.help(format!(
            "promise `latency=\"{sum}\"` or more, or send them side by side (`parallel=#true`), or go on without one (`soft=#true`)"
        )));
    }
}
