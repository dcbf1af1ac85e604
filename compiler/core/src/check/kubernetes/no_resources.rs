//! `no-resources`: nothing reserved.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::warn("no-resources", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for it in ctx.patched(&["Deployment", "StatefulSet", "Rollout", "Job", "CronJob"]) {
        let gone = it.value.is_none()
            && (it.path.ends_with(".resources")
                || it.path.contains(".resources.requests")
                || it.path.ends_with(".resources.limits.memory"));
        if gone {
            let message = format!("the patch of `{}` takes away what it reserves", it.patch.object);
            RULE.found(&ctx.model.environment.at, message)
                .label(it.change.origin.span, "nothing reserved")
                .help("say what it needs in the service: `resources cpu=\"250m\" memory=\"256Mi\"`")
                .add_to(found);
        }
    }
}
