//! `bastide check`: can the plan stand?

use super::{finish, open};
use crate::args::Check;
use crate::load::baseline::baseline;
use crate::write::IoFault;
use bastide_core::check::check_all;
use bastide_core::model::Model;
use bastide_core::resolve::resolve;
use bastide_core::spec::Spec;
use bastide_core::view::Views;
use std::process::ExitCode;

/// Checks every environment.
pub fn run(args: &Check) -> Result<ExitCode, IoFault> {
    let (mut project, names) = open(&args.spec)?;
    let old = args.old.against().map(|against| baseline(&mut project, &against)).transpose()?;
    let model = |name: &String| {
        let model = resolve(&project.spec, name, &project.inputs, &mut project.report)?;
        // The merged tree is for `why`.
        Some(Model { tree: vec![], ..model })
    };
    let models: Vec<Model> = names.iter().filter_map(model).collect();
    // What was read is in the models now.
    project.spec = Spec::default();
    let views: Vec<Views> = models.iter().map(Views::of).collect();
    let pairs: Vec<(&Model, &Views)> = models.iter().zip(&views).collect();
    check_all(&pairs, &mut project.report);
    Ok(finish(&args.spec, &mut project.report, &project.sources))
}
