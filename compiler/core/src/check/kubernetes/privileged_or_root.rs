//! `privileged-or-root`: out of its container.

use crate::check::{Context, Found, Rule};
use serde_json::Value;

pub const RULE: Rule = Rule::deny("privileged-or-root", check);

/// What keeps a process in its container: taken away, it is out.
const KEEPS: &str = "securityContext runAsNonRoot allowPrivilegeEscalation capabilities seccompProfile drop cap_drop security_opt";

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for it in ctx.patched(&["Deployment", "StatefulSet", "Rollout", "Job", "CronJob", "services"]) {
        let why = match it.value {
            Some(value) => dangerous(it.last(), &it.path, value),
            None => KEEPS
                .split(' ')
                .any(|word| word == it.last())
                .then_some("takes away what keeps it in its container"),
        };
        let Some(why) = why else { continue };
        RULE.found(&ctx.model.environment.at, format!("the patch of `{}` {why}", it.patch.object))
            .label(it.change.origin.span, "out of the container")
            .help("remove it: the generated value is safe")
            .add_to(found);
    }
}

fn dangerous(last: &str, path: &str, value: &Value) -> Option<&'static str> {
    let yes = value.as_bool() == Some(true);
    let text = value.as_str().unwrap_or_default();
    let root = |text: &str| matches!(text.split(':').next(), Some("0" | "root"));
    match last {
        "privileged" if yes => Some("makes it privileged"),
        "allowPrivilegeEscalation" if yes => Some("lets it gain rights"),
        "hostNetwork" | "hostPID" | "hostIPC" if yes => Some("puts it into a namespace of the node"),
        "network_mode" | "pid" | "ipc" | "userns_mode" if text == "host" => {
            Some("puts it into a namespace of the machine")
        }
        "runAsNonRoot" if !yes => Some("lets it run as root"),
        "runAsUser" | "runAsGroup" if value.as_i64() == Some(0) => Some("makes it run as root"),
        "user" if root(text) || value.as_i64() == Some(0) => Some("makes it run as root"),
        _ if path.contains("hostPath") => Some("mounts a folder of the node"),
        _ if text.contains("docker.sock") => Some("hands it the engine of the machine"),
        _ if path.contains("capabilities.add") || path.contains("cap_add") => Some("adds capabilities"),
        _ => None,
    }
}
