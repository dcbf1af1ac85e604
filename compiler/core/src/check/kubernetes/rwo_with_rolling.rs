//! `rwo-with-rolling`: two that want one disk.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("rwo-with-rolling", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (patch, set) in ctx.patched(&["Deployment"]) {
        let name = patch.object.rsplit('/').next().unwrap_or_default();
        let Some(workload) = ctx.views.workload(name).filter(|it| it.stateful) else {
            continue;
        };
        let rolls = set.path == "spec.strategy.type"
            && set.value.as_ref().and_then(|it| it.as_str()) == Some("RollingUpdate");
        if rolls {
            let span = ctx.model.service(&workload.service).map_or(set.origin.span, |it| it.name.span());
            let message = format!("the next `{name}` waits for the disk of the one before");
            RULE.found(&ctx.model.environment.at, message)
                .label(set.origin.span, "rolls")
                .label(span, "has a disk of its own")
                .help("remove the patch: it stops before its successor starts")
                .add_to(found);
        }
    }
}
