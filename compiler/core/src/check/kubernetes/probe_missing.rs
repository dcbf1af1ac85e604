//! `probe-missing`: nobody asks how it is.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("probe-missing", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for it in ctx.patched(&["Deployment", "StatefulSet", "Rollout"]) {
        let last = it.last();
        if it.value.is_some() || !matches!(last, "readinessProbe" | "livenessProbe") {
            continue;
        }
        RULE.found(
            &ctx.model.environment.at,
            format!("the patch of `{}` takes away `{last}`", it.patch.object),
        )
        .label(it.change.origin.span, "nobody asks any more")
        .help("say how to ask in the service: `health ready=\"/readyz\"`, or `tcp=#true`")
        .add_to(found);
    }
}
