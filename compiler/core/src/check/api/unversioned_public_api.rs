//! `unversioned-public-api`: no way to ever change it.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("unversioned-public-api", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let routed = ctx.routed();
    for service in &ctx.model.services {
        let Some(route) = routed.get(service.name.value.as_str()) else { continue };
        for api in service.apis.iter().filter(|api| api.versions.is_empty() && api.contract.is_some()) {
            let name = &api.name.value;
            RULE.found(&api.at, format!("clients reach `{name}`, which has no version"))
                .label(api.name.span(), "no `version`")
                .label(route.path.span(), "clients come here")
                .help("write `version \"1.0.0\"` in it")
                .add_to(found);
        }
    }
}
