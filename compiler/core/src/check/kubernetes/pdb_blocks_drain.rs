//! `pdb-blocks-drain`: no instance may go.

use crate::check::{Context, Found, Rule};
use crate::view::workload::Workload;
use serde_json::Value;

pub const RULE: Rule = Rule::warn("pdb-blocks-drain", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for it in ctx.patched(&["PodDisruptionBudget"]) {
        let Some(value) = it.value else { continue };
        let own = ctx.views.workloads.iter().filter(|own| it.is_about("PodDisruptionBudget", own));
        let min = |own: &Workload| ctx.model.service(&own.service).map_or(1, |it| it.scale.min.value);
        let Some((min, name)) = own.map(|own| (min(own), &own.name)).min() else { continue };
        let blocks = match it.path.as_str() {
            "spec.maxUnavailable" => number(value) == Some(0),
            "spec.minAvailable" => {
                value.as_str() == Some("100%") || number(value).is_some_and(|least| least >= min)
            }
            _ => false,
        };
        if blocks {
            let message = format!("no instance of `{name}` may ever be moved: at least {min} run");
            RULE.found(&ctx.model.environment.at, message)
                .label(it.change.origin.span, "lets none go")
                .help("write `set \"spec.maxUnavailable\" value=1`, or remove the patch")
                .add_to(found);
        }
    }
}

/// `0`, or `"0%"`.
fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim_end_matches('%').parse().ok().filter(|it| *it == 0))
}
