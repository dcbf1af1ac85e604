//! `patch-breaks-selector`: an object that others no longer find.

use crate::check::query::patches::Patched;
use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("patch-breaks-selector", check).on_kubernetes();

/// Kinds whose `spec.selector` says which pods are theirs.
const SELECT: [&str; 7] = [
    "Deployment",
    "StatefulSet",
    "Rollout",
    "Service",
    "PodDisruptionBudget",
    "ServiceMonitor",
    "PodMonitor",
];

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for it in ctx.patched(&["*"]) {
        if let Some((what, act)) = broken(&it) {
            RULE.found(
                &ctx.model.environment.at,
                format!("the patch of `{}` changes {what}", it.patch.object),
            )
            .label(it.change.origin.span, "others no longer find it")
            .help(act)
            .add_to(found);
        }
    }
}

/// What a change breaks, and what to do instead.
fn broken(it: &Patched<'_>) -> Option<(&'static str, &'static str)> {
    let below =
        |of: &str| it.path.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
    let own = |key: &str| {
        key.is_empty() || key.starts_with("app.kubernetes.io/") || key.starts_with("bastide.dev/")
    };
    let labels = ["spec.template.metadata.labels", "metadata.labels"];
    let label = labels.iter().find_map(|of| it.path.strip_prefix(of)).map(|key| key.trim_start_matches('.'));
    match it.path.as_str() {
        "apiVersion" | "kind" | "metadata" | "metadata.name" => Some((
            "which object it is",
            "rename the node it is made from, or lay an object of your own beside it with `raw`",
        )),
        "metadata.namespace" => Some(("its namespace", "write `namespace` in the environment")),
        "spec.template.metadata" if it.value.is_none() => {
            Some(("labels that selectors ask for", "remove it"))
        }
        _ if label.is_some_and(own) => Some((
            "labels that selectors and policies ask for",
            "add labels under keys of your own: `label { … }`",
        )),
        _ if below("spec.selector") && SELECT.iter().any(|kind| it.patch.is_of(kind)) => {
            Some(("which pods it is for", "leave the selector as it is made: it stands in no update"))
        }
        _ if below("spec.podSelector") && it.patch.is_of("NetworkPolicy") => {
            Some(("which pods it is for", "lay a policy of your own beside it with `raw`"))
        }
        _ => None,
    }
}
