//! `slo-contradiction`: a promise above that of something it cannot do without.

use crate::check::support::promise::Promises;
use crate::check::{Found, Plan, Rule};
use crate::report::Level;
use crate::units::Share;

/// The rule.
pub const RULE: Rule = Rule {
    name: "slo-contradiction",
    group: "slo",
    level: Level::Deny,
    docs: r#"
## What it finds

A service that promises more availability than one of its hard dependencies does.
Dependencies that promise nothing are looked through to what they need.

## Why it matters

The dependency may keep its promise to the letter and the service still breaks its own.
No amount of luck with the timing of failures helps.

## Example

```kdl bad
service "web" {
    build "services/web"
    calls "orders" timeout="300ms"
    slo availability="99.95%"
}
service "orders" {
    build "services/orders"
    slo availability="99.9%"
}
```

## Instead

Promise less, or go on without the answer: then the dependency is soft and does not count.

```kdl good
service "web" {
    build "services/web"
    calls "orders" timeout="300ms" soft=#true
    slo availability="99.95%"
}
service "orders" {
    build "services/orders"
    slo availability="99.9%"
}
```

## When to allow it

When the dependency is known to do better than it promises, until it promises so.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let graph = &plan.views.graph;
    let promises = Promises::of(plan);
    let lowest = promises.lowest();
    for service in &plan.model.services {
        let Some((slo, own)) = service.slo.as_ref().and_then(|slo| Some((slo, slo.availability?))) else {
            continue;
        };
        let Some(node) = graph.program(&service.name.value) else { continue };
        let through = promises.hard(node).filter_map(|edge| lowest[edge.to as usize].map(|low| (low, edge)));
        let Some(((share, weakest), edge)) = through.min_by_key(|((share, _), edge)| (*share, edge.span))
        else {
            continue;
        };
        if weakest == node || own.value <= share {
            continue;
        }
        let (name, other, near) = (&service.name.value, graph.name(weakest), graph.name(edge.to));
        let over = if weakest == edge.to { String::new() } else { format!(" (over `{near}`)") };
        let mut finding = RULE
            .found(
                &slo.at,
                format!(
                    "`{name}` promises {}, but cannot do without `{other}`{over}, which promises {share}",
                    own.value
                ),
            )
            .label(own.span(), format!("{} promised", own.value));
        if let Some(span) = promises.span(weakest) {
            finding = finding.label(span, format!("`{other}`: {share}"));
        }
        found.push(finding.label(edge.span, "needed here").help(help(near, share)));
    }
}

fn help(near: &str, share: Share) -> String {
    format!("promise at most {share}, or let it go on without `{near}`: `soft=#true`")
}
