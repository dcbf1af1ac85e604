//! `probe-missing`: nobody asks how it is.

use crate::check::{Context, Found, Rule};
use bastide_report::finding::Level;

pub const RULE: Rule = Rule::warn("probe-missing", check).on_kubernetes();

fn check(ctx: &Context<'_>, found: &mut Vec<Found>) {
    for service in ctx.model.services.iter().filter(|it| it.run.is_taken() && it.run.health.kind == "none") {
        let name = &service.name.value;
        let Some(workload) = ctx.views.workload(name).filter(|it| it.is_reached()) else { continue };
        RULE.found(
            &service.at,
            format!("`{name}` is reached while it starts: nobody asks whether it is ready"),
        )
        .level(Level::Info)
        .label(service.name.span(), "it says nothing of its `health`")
        .help(format!(
            "say how it is asked: `health ready=\"/\"`, or `health tcp=#true port={}`",
            workload.ports.first().map_or(8_080, |it| it.number)
        ))
        .add_to(found);
    }
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
