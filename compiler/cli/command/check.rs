//! `bastide check`: can the plan stand?

use super::{finish, open};
use crate::args::Spec;
use crate::write::IoFault;
use bastide_core::resolve::resolve;
use std::process::ExitCode;

/// Checks every environment.
pub fn run(args: &Spec) -> Result<ExitCode, IoFault> {
    let (mut project, names) = open(args)?;
    for name in &names {
        resolve(&project.spec, name, &project.inputs, &mut project.report);
    }
    Ok(finish(args, &mut project.report, &project.sources))
}
