//! `field-above-profile`: older than what is written for it.

use crate::check::{Context, Found, Rule};

pub const RULE: Rule = Rule::deny("field-above-profile", check).on_kubernetes();

/// Oldest minor the manifests are written for.
const OLDEST: u64 = 30;

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    let environment = &ctx.model.environment;
    let set = environment.platform_option("version").filter(|_| ctx.kubernetes());
    let Some((target, version)) = set.and_then(|(target, it)| Some((target, it.as_str()?))) else { return };
    let minor = version.strip_prefix("1.").and_then(|rest| rest.split('.').next()?.parse::<u64>().ok());
    if minor.is_some_and(|minor| minor >= OLDEST) {
        return;
    }
    let message = match minor {
        Some(_) => {
            format!("the manifests need Kubernetes 1.{OLDEST}, `{}` has {version}", environment.name.value)
        }
        None => format!("`{version}` is no version of Kubernetes"),
    };
    RULE.found(&environment.at, message)
        .label(target.origin.span, "asked for here")
        .help(format!("write `version=\"1.{OLDEST}\"` or newer: what the cluster runs"))
        .add_to(found);
}
