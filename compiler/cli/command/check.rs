//! `bastide check`: can the plan stand?

use super::{finish, open};
use crate::args;
use crate::load::Project;
use crate::write::IoFault;
use bastide_core::check::check_all;
use bastide_core::model::Model;
use bastide_core::resolve::{Keep, resolve_all};
use bastide_core::view::Views;
use std::process::ExitCode;

/// Checks every environment.
pub fn run(args: &args::Spec) -> Result<ExitCode, IoFault> {
    let (mut project, names) = open(args)?;
    let Project { spec, inputs, report, .. } = &mut project;
    let models = resolve_all(spec, &names, inputs, Keep::Nothing, report);
    let views: Vec<Views> = models.iter().map(Views::of).collect();
    let pairs: Vec<(&Model, &Views)> = models.iter().zip(&views).collect();
    check_all(&pairs, &mut project.report);
    Ok(finish(args, &mut project.report, &project.sources))
}
