//! `bastide check`: can the plan stand, and does it keep what the plan before it promised?

mod contracts;
mod rendered;

use super::{finish, open_with, target_use};
use crate::args::{Old, Spec};
use crate::fault::IoFault;
use crate::fix::Checked;
use crate::load::Project;
use crate::load::baseline::baseline;
use crate::load::files::Drafts;
use crate::packs::packs;
use crate::show::{OutputFormat, plural};
use crate::{fix, known, terminal};
use bastide_core::check::{Environment, check_against};
use bastide_core::model::Model;
use bastide_core::resolve::{Keep, resolve_all};
use bastide_core::target::Pack;
use bastide_core::target::context::{Shared, Ways, environments as list_environments};
use bastide_core::target::covers::{self, Ledger};
use bastide_core::view::Views;
use contracts::ContractCheck;
use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;
use std::sync::Arc;

/// Check the spec: every finding names the place, the cause and one act.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    pub spec: Spec,
    #[command(flatten)]
    pub old: Old,
    /// What a target can only approximate or not say at all is an error.
    #[arg(long)]
    pub strict: bool,
    /// Fix in the spec what a machine can, round after round, and keep what makes it better.
    #[arg(long)]
    pub fix: bool,
    /// Write what is found into `bastide.baseline`: `check` and `build` then tell only what is new.
    #[arg(long, conflicts_with = "environment")]
    pub write_baseline: bool,
}

/// To print so many findings takes little; for more the room that models and views leave is used.
const FEW: usize = 200;

/// Checks every environment; with `--fix` corrects what a machine can, and checks again.
pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    let mut checked = examine(args, Drafts::new())?;
    let mut fixed = String::new();
    if args.fix {
        (checked, fixed) = fix::fix(checked, &|drafts| examine(args, drafts))?;
    }
    let Checked { mut project, compared } = checked;
    if args.write_baseline {
        fixed += &known::write(&mut project)?;
    }
    let known = known::apply(&mut project, args.spec.environment.is_none())?;
    if known > 0 && !args.write_baseline {
        fixed += &format!("{} of the baseline not shown\n", plural(known, "known finding"));
    }
    let code = finish(&args.spec, &mut project);
    // Formats for programs keep standard output to themselves.
    let text = args.spec.format == OutputFormat::Text;
    match (args.spec.quiet, text) {
        (true, _) => {}
        (false, true) => terminal::say(&format!("{compared}{fixed}")),
        (false, false) => terminal::complain(&format!("{compared}{fixed}")),
    }
    // The process ends here: what the kernel takes back at once is not taken apart first.
    std::mem::forget(project);
    Ok(code)
}

fn examine(args: &Args, drafts: Drafts) -> Result<Checked, IoFault> {
    let (mut project, names) = open_with(&args.spec, drafts)?;
    let old = args.old.against().map(|against| baseline(&mut project, &against)).transpose()?;
    let mut contracts = ContractCheck::open(&mut project, old)?;
    let Project { spec, inputs, report, .. } = &mut project;
    let models = resolve_all(spec, &names, inputs, Keep::Said, report);
    let all = packs(&mut project)?;
    target_use::check(&all, &models, &mut project.report);
    let before: Vec<Option<Model>> =
        models.iter().map(|model| contracts.before(&model.environment.name.value)).collect();
    let list = list_environments(&models);
    let share = |model| {
        let views = Views::of(&model);
        Shared::new(model, views, list.clone(), &Ways::default())
    };
    let models: Vec<Arc<Shared>> = models.into_iter().map(share).collect();
    let chosen: Vec<Vec<String>> = models.iter().map(|it| all.chosen(&it.model)).collect();
    let packs: BTreeMap<&String, Pack> = chosen
        .iter()
        .flatten()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .filter_map(|name| Some((name, all.outline(name, &project.sources)?)))
        .collect();
    let packs = |names: &[String]| names.iter().filter_map(|name| packs.get(name)).collect::<Vec<_>>();
    let ledgers = models.iter().zip(&chosen);
    let ledgers: Vec<Ledger<'_>> =
        ledgers.map(|(it, names)| Ledger::of(it, &packs(names), &mut project.report)).collect();
    let environments = ledgers.iter().zip(&before);
    let environments: Vec<Environment<'_>> =
        environments.map(|(it, before)| it.environment(before.as_ref())).collect();
    contracts.compare(&environments, &mut project);
    check_against(&environments, &contracts.comparisons, &mut project.report);
    covers::check(&ledgers, args.strict, &mut project.report);
    let compared = contracts.summary(&environments, &mut project);
    rendered::check(&all, models.iter().zip(&chosen), &mut project);
    project.report.sort();
    if !args.fix && project.report.findings.len() <= FEW {
        // The process ends soon: what the kernel takes back at once is not taken apart first, an eighth of a check.
        std::mem::forget(ledgers);
        std::mem::forget(models);
    }
    Ok(Checked { project, compared })
}
