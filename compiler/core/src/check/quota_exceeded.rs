//! `quota-exceeded`: more than there is.

use super::support::place;
use super::{Found, Plan, Rule};
use crate::report::Level;
use crate::units::{Cpu, Size};

/// The rule.
pub const RULE: Rule = Rule {
    name: "quota-exceeded",
    group: "capacity",
    level: Level::Deny,
    docs: r#"
## What it finds

An environment whose services, at their most instances, with resources run in it, reserve more processor time or memory than its `quota`.

## Why it matters

At the peak the last instances stay pending, exactly when they are needed.

## Example

```kdl bad
environment "prod" platform="kubernetes" { quota cpu="4" }
service "orders" {
    build "services/orders"
    resources cpu="500m"
    scale min=2 max=12
}
```

## Instead

```kdl good
environment "prod" platform="kubernetes" { quota cpu="8" }
service "orders" {
    build "services/orders"
    resources cpu="500m"
    scale min=2 max=12
}
```

## When to allow it

When the cluster adds nodes by itself and the quota is only a guess.
"#,
    check,
};

/// What one part reserves at most: name, instances, millicores and bytes of each.
struct Part<'m> {
    name: &'m str,
    count: u64,
    cpu: u64,
    memory: u64,
    span: crate::source::Span,
}

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let Some(quota) = &plan.model.environment.quota else { return };
    let parts = parts(plan);
    let at = &plan.model.environment.at;
    if let Some(limit) = &quota.cpu {
        let sum: u64 = parts.iter().map(|it| it.count.saturating_mul(it.cpu)).sum();
        if sum > limit.value.0 {
            let of = |it: &Part<'_>| (it.count * it.cpu, format!("{} × {}", it.count, Cpu(it.cpu)));
            let needed = Cpu(sum).to_string();
            let text = format!(
                "`{}` gives {} of processor time, but {needed} may be reserved",
                plan.model.environment.name.value, limit.value
            );
            found.push(finding(RULE.found(at, text), limit.span(), &parts, of, format!("cpu=\"{needed}\"")));
        }
    }
    if let Some(limit) = &quota.memory {
        let sum: u64 = parts.iter().map(|it| it.count.saturating_mul(it.memory)).sum();
        if sum > limit.value.0 {
            let of = |it: &Part<'_>| (it.count * it.memory, format!("{} × {}", it.count, Size(it.memory)));
            let needed = Size(sum).to_string();
            let text = format!(
                "`{}` gives {} of memory, but {needed} may be reserved",
                plan.model.environment.name.value, limit.value
            );
            found.push(finding(
                RULE.found(at, text),
                limit.span(),
                &parts,
                of,
                format!("memory=\"{needed}\""),
            ));
        }
    }
}

/// The largest parts are shown.
fn finding(
    mut finding: Found,
    quota: crate::source::Span,
    parts: &[Part<'_>],
    of: impl Fn(&Part<'_>) -> (u64, String),
    needed: String,
) -> Found {
    finding = finding.label(quota, "all there is");
    let mut largest: Vec<&Part<'_>> = parts.iter().collect();
    largest.sort_by_key(|part| (std::cmp::Reverse(of(part).0), part.name));
    for part in largest.iter().take(5) {
        finding = finding.label(part.span, format!("`{}`: {}", part.name, of(part).1));
    }
    let first = largest.first().map_or("", |part| part.name);
    finding.help(format!("ask for `quota {needed}`, or a smaller `scale max=` for `{first}`"))
}

fn parts<'m>(plan: &Plan<'m>) -> Vec<Part<'m>> {
    let model = plan.model;
    let services = model.services.iter().map(|it| Part {
        name: &it.name.value,
        count: it.scale.max.value.max(0) as u64,
        cpu: it.run.resources.cpu.value.0,
        memory: it.run.resources.memory.value.0,
        span: place(&it.scale.max, it.name.span()),
    });
    let resources = model.resources.iter().filter(|it| it.external.is_none()).filter_map(|it| {
        let size = it.resources.as_ref()?;
        Some(Part {
            name: &it.name.value,
            count: it.replicas.value.max(1) as u64,
            cpu: size.cpu.value.0,
            memory: size.memory.value.0,
            span: it.name.span(),
        })
    });
    services.chain(resources).collect()
}
