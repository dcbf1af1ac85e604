//! `pii-plaintext`: personal data in clear.

use crate::check::query::origin::place;
use crate::check::{Context, Found, Rule};
use crate::model::resource::Resource;
use bastide_report::source::Span;
use std::collections::BTreeMap;

pub const RULE: Rule = Rule::deny("pii-plaintext", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let mut marked: BTreeMap<&str, Vec<(String, Span)>> = BTreeMap::new();
    for resource in &ctx.model.resources {
        if let Some(pii) = &resource.pii {
            marked
                .entry(&resource.name.value)
                .or_default()
                .push(("holds personal data".into(), place(pii, resource.name.span())));
        }
    }
    for topic in ctx.model.topics.iter().filter(|topic| topic.pii) {
        let text = format!("`{}` holds personal data", topic.name.value);
        marked.entry(&topic.on.value).or_default().push((text, topic.name.span()));
    }
    for (name, places) in &marked {
        let Some(resource) = ctx.model.resource(name) else { continue };
        if !resource.encrypted {
            found.push(at_rest(resource, places));
        }
        on_the_way(ctx, resource, found);
    }
}

fn at_rest(resource: &Resource, places: &[(String, Span)]) -> Found {
    let name = &resource.name.value;
    RULE.found(&resource.at, format!("personal data lies in clear in `{name}`"))
        .labels(places.iter().take(6).map(|(text, span)| (*span, text.clone())))
        .help(format!("encrypt where `{name}` lies, and write `encrypted` in it"))
}

/// Externals without TLS that a user of the data calls.
fn on_the_way(ctx: &Context<'_>, resource: &Resource, found: &mut Vec<Found>) {
    let uses = |it: &&crate::model::service::Service| {
        it.uses.iter().any(|used| used.resource.value == resource.name.value)
    };
    for service in ctx.model.services.iter().filter(uses) {
        for call in &service.calls {
            let Some(external) = ctx.model.external(&call.to.value).filter(|it| !it.tls) else { continue };
            let message = format!(
                "`{}` reads personal data from `{}` and talks to `{}` in clear",
                service.name.value, resource.name.value, external.name.value
            );
            RULE.found(&call.at, message)
                .label(external.url.span(), "no TLS")
                .label(call.to.span(), "called here")
                .help("write `https://`, or call it from a service that has no personal data")
                .add_to(found);
        }
    }
}
