//! `ambiguous-api`: one address, several apis behind it.

use crate::check::{Context, Found, Rule};
use crate::model::service::Service;
use crate::tree::At;

pub const RULE: Rule = Rule::deny("ambiguous-api", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (_, call) in ctx.calls().filter(|(_, call)| call.api.is_none()) {
        found.extend(named(ctx, &call.at, &call.to, "the call"));
    }
    for route in ctx.model.gateways.iter().flat_map(|gateway| &gateway.routes) {
        if let Some(to) = route.to.as_ref().filter(|_| route.api.is_none()) {
            found.extend(named(ctx, &route.at, to, "the route"));
        }
        for part in route.aggregate.iter().flat_map(|it| &it.parts).filter(|part| part.api.is_none()) {
            found.extend(named(ctx, &route.at, &part.from, "the part"));
        }
        let shares = route.split.iter().map(|(to, _)| to).chain(route.mirror.iter().map(|(to, _)| to));
        for to in shares {
            found.extend(alike(ctx, &route.at, to, route.api_name(ctx.model)));
        }
    }
}

/// What may say by `api=` which it means, and does not.
fn named(ctx: &Context<'_>, at: &str, to: &At<String>, who: &str) -> Option<Found> {
    let service = several(ctx, &to.value)?;
    let choices: Vec<String> = names(service).map(|name| format!("`api=\"{name}\"`")).collect();
    Some(
        RULE.found(at, format!("`{}` has {} apis, and {who} names none of them", to.value, choices.len()))
            .label(to.span(), "which of them?")
            .label(service.name.span(), format!("has {}", quoted(service)))
            .help(format!("write {}", choices.join(" or "))),
    )
}

/// Shares and copies go to the api of the same name.
fn alike(ctx: &Context<'_>, at: &str, to: &At<String>, api: Option<&str>) -> Option<Found> {
    let service = several(ctx, &to.value).filter(|it| !names(it).any(|name| Some(name) == api))?;
    let meant = api.unwrap_or_default();
    Some(
        RULE.found(
            at,
            format!("`{}` has several apis, and none is called `{meant}` as the route's", to.value),
        )
        .label(to.span(), "which of them?")
        .label(service.name.span(), format!("has {}", quoted(service)))
        .help(format!("call one of them `{meant}`, or lead a route of its own to it with `api=`")),
    )
}

fn several<'m>(ctx: &Context<'m>, name: &str) -> Option<&'m Service> {
    ctx.model.service(name).filter(|it| it.apis.len() > 1)
}

fn names(service: &Service) -> impl Iterator<Item = &str> {
    service.apis.iter().map(|api| api.name.value.as_str())
}

fn quoted(service: &Service) -> String {
    let names: Vec<String> = names(service).map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
