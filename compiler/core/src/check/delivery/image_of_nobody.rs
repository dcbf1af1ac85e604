//! `image-of-nobody`: a service that nobody builds, from an image that nobody has.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("image-of-nobody", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let registry = ctx.model.environment.registry.is_some() || ctx.model.app.images.is_some();
    if registry {
        return;
    }
    for service in &ctx.model.services {
        let mut versions = service.apis.iter().flat_map(|api| &api.versions);
        if service.run.made || versions.any(|it| it.build.is_some() || it.image.is_some()) {
            continue;
        }
        let name = &service.name.value;
        RULE.found(
            &service.at,
            format!("nobody builds `{name}`, and no registry is named that has its image"),
        )
        .label(service.name.span(), "no `build` and no `image`")
        .help(format!("write `build \"services/{name}\"`, or `image \"registry.example.com/{name}:1.0.0\"`"))
        .add_to(found);
    }
}
