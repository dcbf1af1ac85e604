//! `mtls-gap`: over the border in clear.

use crate::check::belief::Belief;
use crate::check::{Context, Found, Rule};
use crate::model::service::{Call, Service};

pub const RULE: Rule = Rule::warn("mtls-gap", check).on_kubernetes().believes(BELIEFS);

const BELIEFS: &[Belief] =
    &[Belief { field: "environment.mesh", without: |model, _| model.environment.mesh = None }];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let environment = &ctx.model.environment;
    let mesh = environment.mesh.as_ref().is_some_and(|mesh| mesh.mtls);
    for (service, call) in ctx.calls() {
        found.extend(if mesh { None } else { between_zones(ctx, service, call) });
        found.extend(in_clear(ctx, service, call));
    }
}

fn between_zones(ctx: &Context<'_>, service: &Service, call: &Call) -> Option<Found> {
    let callee = ctx.model.service(&call.to.value)?;
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

fn in_clear(ctx: &Context<'_>, service: &Service, call: &Call) -> Option<Found> {
    // Of `tcp://` and `udp://` nobody knows what is spoken there.
    let unknown = |url: &str| url.starts_with("tcp:") || url.starts_with("udp:");
    let clear = |it: &&crate::model::External| !it.tls && !unknown(&it.url.value);
    let external = ctx.model.external(&call.to.value).filter(clear)?;
    // With personal data it is a `pii-plaintext`.
    let marked = |name: &str| ctx.model.resource(name).is_some_and(|it| it.pii.is_some());
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
