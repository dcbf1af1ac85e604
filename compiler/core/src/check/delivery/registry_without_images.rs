//! `registry-without-images`: a registry the pipeline does not push to.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("registry-without-images", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let own = &ctx.model.environment;
    if ctx.model.delivery.ci.is_none() || !ctx.model.services.iter().any(|it| it.run.build.is_some()) {
        return;
    }
    let registry = |model: &crate::model::Model| {
        let at = model.environment.registry.as_ref().map(|at| at.value.clone());
        at.or_else(|| model.app.images.clone())
    };
    // The pipeline is that of the last environment on Kubernetes.
    let clusters = ctx.model.environments.iter().rev();
    let pushed = clusters.filter_map(|name| {
        let all = ctx.others.iter().copied().chain([ctx.model]);
        all.into_iter()
            .find(|it| it.environment.name.value == *name && it.environment.platform == "kubernetes")
    });
    let Some(pushed) = pushed.into_iter().next() else { return };
    if !ctx.kubernetes() || registry(pushed) == registry(ctx.model) {
        return;
    }
    let (here, there) = (registry(ctx.model).unwrap_or_default(), registry(pushed).unwrap_or_default());
    let span = own.registry.as_ref().map_or(own.name.span(), |at| at.span());
    RULE.found(
        &own.at,
        format!("the pipeline pushes no image to `{here}`, from which `{}` pulls", own.name.value),
    )
    .label(span, "nothing comes here")
    .label(pushed.environment.name.span(), format!("images go to `{there}`, the registry of the last environment"))
    .help(format!("copy the images from `{there}` there before a release, or let both environments pull from one `registry`"))
    .add_to(found);
}
