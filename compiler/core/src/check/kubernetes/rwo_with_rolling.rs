//! `rwo-with-rolling`: two that want one disk.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("rwo-with-rolling", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for it in ctx.patched(&["Deployment"]) {
        let mut stateful = ctx.views.workloads.iter().filter(|own| own.stateful);
        let Some(workload) = stateful.find(|own| it.is_about("Deployment", own)) else {
            continue;
        };
        let name = &workload.name;
        let rolls =
            it.path == "spec.strategy.type" && it.value.and_then(|it| it.as_str()) == Some("RollingUpdate");
        if rolls {
            let span =
                ctx.model.service(&workload.service).map_or(it.change.origin.span, |it| it.name.span());
            let message = format!("the next `{name}` waits for the disk of the one before");
            RULE.found(&ctx.model.environment.at, message)
                .label(it.change.origin.span, "rolls")
                .label(span, "has a disk of its own")
                .help("remove the patch: it stops before its successor starts")
                .add_to(found);
        }
    }
}
