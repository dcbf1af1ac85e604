//! `stand-in-in-cluster`: what is good for development alone, in a cluster.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("stand-in-in-cluster", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for resource in ctx.model.resources.iter().filter(|it| it.run.is_some()) {
        let Some(what) = &resource.stand_in else { continue };
        let (name, environment) = (&resource.name.value, &ctx.model.environment.name.value);
        RULE.found(&resource.at, format!("`{name}` is {what}, in `{environment}` too"))
            .label(resource.name.span(), "good for development alone")
            .help(format!("write in `environment \"{environment}\"` who runs it: `resource \"{name}\" {{ external secret=\"…\" host=\"…\" }}`"))
            .add_to(found);
    }
}
