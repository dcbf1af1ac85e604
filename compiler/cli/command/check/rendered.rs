//! What shows only in what is written: whether patches meet it, and files beside it are told apart from it. Environments with
//! any are rendered, and nothing is kept.

use crate::load::Project;
use crate::packs::Packs;
use bastide_core::target::context::Shared;
use bastide_core::target::{patch, render};
use bastide_report::finding::Report;
use std::sync::Arc;

/// Renders what has patches or files beside it, if nothing is denied so far, and reports as a build would.
pub fn check<'a>(
    all: &Packs,
    environments: impl Iterator<Item = (&'a Arc<Shared>, &'a Vec<String>)>,
    project: &mut Project,
) {
    let Project { sources, report, .. } = project;
    if report.denied() {
        return;
    }
    let beside = |shared: &Shared| {
        let environment = &shared.model.environment;
        !environment.patches.is_empty() || !environment.raws.is_empty()
    };
    for (shared, names) in environments.filter(|(shared, _)| beside(shared)) {
        let mut whole = true;
        // What is wrong with a pack's templates is told by a build of it.
        for pack in names.iter().filter_map(|name| all.load(name, sources, &mut Report::default())) {
            whole &= render(&pack, shared, false, sources, report, &mut drop);
        }
        if whole {
            patch::unmet(shared, report);
        }
    }
}
