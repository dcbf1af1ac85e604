//! Targets by name: what the spec asks of them, held against the packs there are.

use crate::packs::Packs;
use bastide_core::model::Model;
use bastide_core::model::app::TargetUse;
use bastide_core::target::option;
use bastide_report::finding::{Finding, Level, Report};

/// Reports targets, options and pipelines that no pack knows.
pub fn check(all: &Packs, models: &[Model], report: &mut Report) {
    for model in models {
        model.environment.targets.iter().for_each(|used| target(all, model, used, report));
        pipeline(all, model, report);
    }
}

fn target(all: &Packs, model: &Model, used: &TargetUse, report: &mut Report) {
    let Some(manifest) = all.manifest(&used.name) else {
        Finding::new("unknown-target", format!("there is no target `{}`", used.name))
            .label(used.origin.span, "named here")
            .meant(&used.name, all.names())
            .add_to(report);
        return;
    };
    option::check(manifest, model, used).into_iter().for_each(|finding| report.push(finding));
}

/// A pipeline for a system no pack is made for would silently not be there.
fn pipeline(all: &Packs, model: &Model, report: &mut Report) {
    let Some(ci) = &model.delivery.ci else { return };
    let manifests = || all.names().into_iter().filter_map(|name| all.manifest(name));
    let made = manifests().any(|it| {
        it.ci.as_ref() == Some(&ci.value) || model.target(&it.name).is_some_and(|_| it.name == ci.value)
    });
    if made {
        return;
    }
    let systems: Vec<String> =
        manifests().filter_map(|it| it.ci.as_ref()).map(|ci| format!("`ci \"{ci}\"`")).collect();
    Finding::new("unknown-target", format!("no target writes a pipeline for `{}`", ci.value))
        .level(Level::Warn)
        .label(ci.span(), "asked for here")
        .help(format!(
            "write {}, or start a pack of your own, `bastide new target {}`, that says `selected ci=\"{}\"`",
            systems.join(" or "),
            ci.value,
            ci.value
        ))
        .add_to(report);
}
