//! `mtls-gap`: over the border in clear.

use crate::check::{Found, Plan, Rule};
use crate::model::service::{Call, Service};
use bastide_report::finding::Level;

/// The rule.
pub const RULE: Rule = Rule {
    name: "mtls-gap",
    group: "security",
    level: Level::Warn,
    docs: r#"
## What it finds

A call between services in different `zone`s where no mesh encrypts, and a call to an external over plain HTTP.

## Why it matters

Between zones anybody may stand who reads the requests, or answers in the callee's name.

## Example

```kdl bad
environment "prod" platform="kubernetes"
service "web" {
    build "services/web"
    zone "dmz"
    calls "ledger" timeout="300ms"
}
service "ledger" { build "services/ledger"; zone "core" }
```

## Instead

```kdl good
environment "prod" platform="kubernetes" { mesh "linkerd" }
service "web" {
    build "services/web"
    zone "dmz"
    calls "ledger" timeout="300ms"
}
service "ledger" { build "services/ledger"; zone "core" }
```

## When to allow it

When the network between the zones is encrypted.
"#,
    check,
};

fn check(plan: &Plan<'_>, found: &mut Vec<Found>) {
    let environment = &plan.model.environment;
    if environment.platform != "kubernetes" {
        return;
    }
    let mesh = environment.mesh.as_ref().is_some_and(|mesh| mesh.mtls);
    for service in &plan.model.services {
        for call in &service.calls {
            found.extend(if mesh { None } else { between_zones(plan, service, call) });
            found.extend(in_clear(plan, service, call));
        }
    }
}

fn between_zones(plan: &Plan<'_>, service: &Service, call: &Call) -> Option<Found> {
    let callee = plan.model.service(&call.to.value)?;
    let (Some(here), Some(there)) = (&service.zone, &callee.zone) else { return None };
    let message = format!(
        "`{}` in `{}` calls `{}` in `{}` in clear",
        service.name.value, here.value, callee.name.value, there.value
    );
    let finding = RULE
        .found(&call.at, message)
        .label(call.to.span(), "no mesh encrypts it")
        .label(there.span(), "another zone")
        .help("install a mesh and say so in the environment: `mesh \"linkerd\"`");
    (here.value != there.value).then_some(finding)
}

fn in_clear(plan: &Plan<'_>, service: &Service, call: &Call) -> Option<Found> {
    let external = plan.model.external(&call.to.value).filter(|it| !it.tls)?;
    // With personal data it is a `pii-plaintext`.
    let marked = |name: &str| plan.model.resource(name).is_some_and(|it| it.pii.is_some());
    if service.uses.iter().any(|used| marked(&used.resource.value)) {
        return None;
    }
    let message = format!("`{}` calls `{}` outside in clear", service.name.value, external.name.value);
    Some(
        RULE.found(&call.at, message)
            .label(external.url.span(), "no TLS")
            .label(call.to.span(), "called here")
            .help("write `https://`"),
    )
}
