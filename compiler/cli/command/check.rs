//! `bastide check`: can the plan stand, and does it keep what the plan before it promised?

mod gate;

use super::{finish, named, open_with};
use crate::args::{Check, Format};
use crate::fault::IoFault;
use crate::fix::Checked;
use crate::load::Project;
use crate::load::baseline::baseline;
use crate::load::place::Drafts;
use crate::packs::packs;
use crate::{fix, terminal};
use bastide_core::check::{Environment, check_against};
use bastide_core::model::Model;
use bastide_core::resolve::{Keep, resolve_all};
use bastide_core::view::Views;
use std::process::ExitCode;

/// To print so many findings takes little; for more the room that models and views leave is used.
const FEW: usize = 200;

/// Checks every environment; with `--fix` mends what a machine can, and checks again.
pub fn run(args: &Check) -> Result<ExitCode, IoFault> {
    let mut checked = examine(args, Drafts::new())?;
    let mut mended = String::new();
    if args.fix {
        (checked, mended) = fix::mend(checked, &|drafts| examine(args, drafts))?;
    }
    let Checked { mut project, compared } = checked;
    let code = finish(&args.spec, &mut project.report, &project.sources);
    // Formats for programs keep standard output to themselves.
    let text = args.spec.format == Format::Text;
    match (args.spec.quiet, text) {
        (true, _) => {}
        (false, true) => terminal::say(&format!("{compared}{mended}")),
        (false, false) => terminal::complain(&format!("{compared}{mended}")),
    }
    // The process ends here: what the kernel takes back at once is not taken apart first.
    std::mem::forget(project);
    Ok(code)
}

fn examine(args: &Check, drafts: Drafts) -> Result<Checked, IoFault> {
    let (mut project, names) = open_with(&args.spec, drafts)?;
    let old = args.old.against().map(|against| baseline(&mut project, &against)).transpose()?;
    let mut gate = gate::History::open(&mut project, old)?;
    let Project { spec, inputs, report, .. } = &mut project;
    let models = resolve_all(spec, &names, inputs, Keep::Nothing, report);
    if named::any(&models) {
        let all = packs(&mut project)?;
        named::check(&all, &models, &mut project.report);
    }
    let before: Vec<Option<Model>> =
        models.iter().map(|model| gate.before(&model.environment.name.value)).collect();
    let views: Vec<Views> = models.iter().map(Views::of).collect();
    let environments: Vec<Environment<'_>> = models
        .iter()
        .zip(&views)
        .zip(&before)
        .map(|((model, views), before)| Environment { model, views, before: before.as_ref() })
        .collect();
    gate.compare(&environments, &mut project);
    check_against(&environments, &gate.ledger, &mut project.report);
    let compared = gate.summary(&environments, &mut project);
    project.report.sort();
    if !args.fix && project.report.findings.len() <= FEW {
        // The process ends soon: what the kernel takes back at once is not taken apart first, an eighth of a check.
        std::mem::forget((models, views));
    }
    Ok(Checked { project, compared })
}
