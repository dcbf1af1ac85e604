//! `double-autoscaler`: two hands on one wheel.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("double-autoscaler", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for it in ctx.patched(&["HorizontalPodAutoscaler", "ScaledObject"]) {
        let own = it.patch.object.rsplit('/').next().unwrap_or_default();
        let Some(other) = it.value.and_then(|value| value.as_str()) else { continue };
        if it.path != "spec.scaleTargetRef.name" || other == own {
            continue;
        }
        let grows = |it: &&crate::model::service::Service| it.scale.max.value > it.scale.min.value;
        let Some(service) = ctx.model.service(other).filter(grows) else { continue };
        let message = format!("`{other}` is scaled by `{}` and by an autoscaler of its own", it.patch.object);
        RULE.found(&ctx.model.environment.at, message)
            .label(it.change.origin.span, "a second one")
            .label(service.scale.max.span(), "scaled by this")
            .help("remove the patch, or write `scale` with equal `min` and `max`")
            .add_to(found);
    }
}
