//! `gateway-not-written`: a gateway whose wishes nobody hears, since somebody else makes it.

use crate::check::query::origin::written;
use crate::check::{Context, Found, Rule};
use crate::model::gateway::{Auth, Gateway, Limit, Route};

pub const RULE: Rule = Rule::info("gateway-not-written", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let environment = &ctx.model.environment;
    let none = serde_json::Value::from("none");
    let target = ctx.model.target("kubernetes").filter(|it| it.options.get("gateway") == Some(&none));
    let Some(target) = target.filter(|_| environment.platform == "kubernetes") else { return };
    let place = target.places.get("gateway").copied().unwrap_or(target.origin.span);
    for gateway in &ctx.model.gateways {
        let name = &gateway.name.value;
        let lost = wishes(gateway);
        let message = format!(
            "`gateway=\"none\"`: nobody in `{}` is told what `{name}` is: {}",
            environment.name.value,
            lost.join("; ")
        );
        RULE.found(&gateway.at, message)
        .label(gateway.name.span(), "not written")
        .label(place, "somebody else makes the gateways")
        .help("tell it to whoever does, and write `lint \"gateway-not-written\" level=\"allow\" because=\"…\"`; where that gateway runs is said by `gateway-namespace` and `gateway-labels` of the target")
        .add_to(found);
    }
}

/// Everything a gateway says, in words.
fn wishes(gateway: &Gateway) -> Vec<String> {
    let mut all = vec![];
    let names = |list: &[crate::tree::At<String>]| {
        list.iter().map(|at| at.value.as_str()).collect::<Vec<_>>().join(", ")
    };
    all.extend((!gateway.hosts.is_empty()).then(|| format!("`host` {}", names(&gateway.hosts))));
    all.extend(gateway.tls.as_ref().map(|tls| match &tls.issuer {
        Some(issuer) => format!("`tls` from {} by {issuer}", tls.min),
        None => format!("`tls` from {}", tls.min),
    }));
    if gateway.versions.declared {
        all.push(format!("`versions` in {}", gateway.versions.location));
    }
    all.extend(gateway.auth.as_ref().map(auth));
    all.extend(gateway.limits.iter().map(limit));
    all.extend(gateway.cors.as_ref().map(|cors| format!("`cors` of {}", cors.origins.join(", "))));
    all.extend(gateway.body_limit.map(|at| format!("`body-limit` {}", at.value)));
    all.extend((!gateway.allow.is_empty()).then(|| format!("`allow` {}", names(&gateway.allow))));
    all.extend(gateway.routes.iter().map(route));
    all
}

fn auth(auth: &Auth) -> String {
    let issuer = auth.issuer.as_ref().map(|at| format!(" of {}", at.value)).unwrap_or_default();
    format!("`auth`{issuer}")
}

fn limit(limit: &Limit) -> String {
    format!("`limit` {} by {}", limit.rate.value, limit.by)
}

/// A route with what it asks of the gateway beside its destination.
fn route(route: &Route) -> String {
    let mut all = vec![];
    all.extend(route.public.map(|_| "`public`".to_string()));
    all.extend(route.auth.as_ref().map(auth));
    all.extend(route.require.iter().map(|(claim, _)| format!("`require` {claim}")));
    all.extend(route.limits.iter().map(limit));
    all.extend(route.timeout.filter(written).map(|at| format!("`timeout` {}", at.value)));
    all.extend(route.retries.filter(|at| at.value > 0).map(|at| format!("`retries` {}", at.value)));
    let flags = [
        ("cache", route.cache.is_some()),
        ("cors", route.cors.is_some()),
        ("compress", route.compress),
        ("rewrite", route.rewrite.is_some()),
        ("redirect", route.redirect.is_some()),
        ("mirror", route.mirror.is_some()),
        ("split", !route.split.is_empty()),
        ("body-limit", route.body_limit.is_some()),
        ("aggregate", route.aggregate.is_some()),
    ];
    all.extend(flags.iter().filter(|(_, said)| *said).map(|(name, _)| format!("`{name}`")));
    let to = route.to.as_ref().map(|at| format!(" to {}", at.value)).unwrap_or_default();
    format!("`route` {}{to} ({})", route.path.value, all.join(", "))
}
