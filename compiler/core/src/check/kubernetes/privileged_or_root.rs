//! `privileged-or-root`: out of its container.

use crate::check::{Context, Found, Rule};
use serde_json::Value;

pub const RULE: Rule = Rule::deny("privileged-or-root", check);

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for (patch, set) in ctx.patched(&["Deployment", "StatefulSet", "Rollout", "Job", "CronJob"]) {
        let last = set.path.rsplit('.').next().unwrap_or_default();
        let Some(why) = set.value.as_ref().and_then(|value| dangerous(last, &set.path, value)) else {
            continue;
        };
        RULE.found(&ctx.model.environment.at, format!("the patch of `{}` {why}", patch.object))
            .label(set.origin.span, "out of the container")
            .help("remove it: the generated value is safe")
            .add_to(found);
    }
}

fn dangerous(last: &str, path: &str, value: &Value) -> Option<&'static str> {
    let yes = value.as_bool() == Some(true);
    match last {
        "privileged" if yes => Some("makes it privileged"),
        "allowPrivilegeEscalation" if yes => Some("lets it gain rights"),
        "hostNetwork" | "hostPID" | "hostIPC" if yes => Some("puts it into a namespace of the node"),
        "runAsNonRoot" if !yes => Some("lets it run as root"),
        "runAsUser" | "runAsGroup" if value.as_i64() == Some(0) => Some("makes it run as root"),
        _ if path.contains("hostPath") => Some("mounts a folder of the node"),
        _ if path.contains("capabilities.add") => Some("adds capabilities"),
        _ => None,
    }
}
