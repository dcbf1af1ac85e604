//! `local-limit-times-replicas`: a limit for each instance.

use crate::check::{Found, Plan, Rule};
use crate::report::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "local-limit-times-replicas",
    group: "gateway",
    level: Level::Warn,
    docs: r#"
## What it finds

On Kubernetes, a gateway of the target `gateway-envoy` with more than one instance and a limit: each instance counts for itself.
Envoy Gateway counts in one place for all.

## Why it matters

Clients get as many times the written limit as there are instances, and the number changes with them.

## Example

```kdl bad
environment "prod" platform="kubernetes" { target "gateway-envoy" }
gateway "public" replicas=3 {
    host "api.shop.example"
    tls issuer="letsencrypt"
    limit "90/s" by="client"
    route "/cart" to="cart" { public }
}
service "cart" { build "services/cart" }
```

## Instead

Divide it by hand, and run one instance where the number matters.

```kdl good
environment "prod" platform="kubernetes" { target "gateway-envoy" }
gateway "public" {
    host "api.shop.example"
    tls issuer="letsencrypt"
    limit "90/s" by="client"
    route "/cart" to="cart" { public }
}
service "cart" { build "services/cart" }
```

## When to allow it

When the limit only guards against abuse and its exact number does not matter.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    // On compose one container runs, whatever is asked for.
    let own = plan.model.environment.platform == "kubernetes" && plan.model.target("gateway-envoy").is_some();
    for gateway in plan.model.gateways.iter().filter(|it| own && !it.out && it.replicas > 1) {
        let limits = gateway.limits.iter().chain(gateway.routes.iter().flat_map(|route| &route.limits));
        let Some(first) = limits.min_by_key(|limit| limit.rate.span()) else { continue };
        let (name, rate, count) = (&gateway.name.value, first.rate.value, gateway.replicas);
        let real = bastide_report::units::Rate { count: rate.count.saturating_mul(count as u64), ..rate };
        found.push(
            RULE.found(
                &gateway.at,
                format!(
                    "the {rate} of `{name}` is {real} in all: each of {count} instances counts for itself"
                ),
            )
            .label(first.rate.span(), "for each instance")
            .label(gateway.name.span(), format!("`replicas={count}`"))
            .help(format!("divide the limits by {count}, or run one instance")),
        );
    }
}
