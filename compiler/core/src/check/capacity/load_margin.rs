//! `load-margin`: no room above the peak.

use crate::check::support::load;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "load-margin",
    group: "capacity",
    level: Level::Warn,
    docs: r#"
## What it finds

A service that held, in its last load test (`scale measured=`), less than one and a half times its `peak`.

## Why it matters

A campaign, a slow neighbour or one lost zone takes the margin that is not there.

## Example

```kdl bad
service "orders" {
    build "services/orders"
    scale min=2 max=8 peak="600/s" measured="700/s"
}
```

## Instead

```kdl good
service "orders" {
    build "services/orders"
    scale min=2 max=8 peak="600/s" measured="950/s"
}
```

## When to allow it

When the peak is already an upper bound.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    for service in &plan.model.services {
        let (Some(peak), Some(measured)) = (service.scale.peak, service.scale.measured) else { continue };
        let needed = load::per_day(peak.value) * 3;
        if load::per_day(measured.value) * 2 >= needed {
            continue;
        }
        let name = &service.name.value;
        found.push(
            RULE.found(
                &service.at,
                format!("`{name}` held {}, less than 1.5 × its peak of {}", measured.value, peak.value),
            )
            .label(measured.span(), "held in the load test")
            .label(peak.span(), format!("needs {}", load::shown(needed.div_ceil(2))))
            .help("give it more instances or faster ones, and measure again"),
        );
    }
}
