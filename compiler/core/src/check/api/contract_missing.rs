//! `contract-missing`: nothing to compare.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::info("contract-missing", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let asked = ctx.asked();
    for service in &ctx.model.services {
        let Some((span, caller)) = asked.get(service.name.value.as_str()) else { continue };
        let who = caller
            .map_or("clients depend on it".into(), |caller| format!("`{}` depends on it", caller.name.value));
        for api in service.apis.iter().filter(|api| api.contract.is_none()) {
            // Without a version it is the usual api of a service of two lines.
            let Some(newest) = api.versions.first().filter(|it| it.contract.is_none()) else { continue };
            let name = &api.name.value;
            RULE.found(&api.at, format!("`{name}` {} has no contract", newest.version.value))
                .label(api.name.span(), "no `contract`")
                .label(*span, who.clone())
                .help(format!("write `contract=\"contracts/{name}{}\"`", ending(&api.style)))
                .add_to(found);
        }
    }
}

fn ending(style: &str) -> &'static str {
    match style {
        "grpc" => ".proto",
        "graphql" => ".graphql",
        "websocket" => ".asyncapi.yaml",
        _ => ".openapi.yaml",
    }
}
