//! `bastide model`: what templates see.

use super::{finish, open};
use crate::args::Spec;
use crate::fault::IoFault;
use crate::terminal;
use bastide_core::resolve::{Keep, resolve};
use bastide_core::view::Views;
use std::process::ExitCode;

/// Print the model of an environment as JSON: what templates see.
#[derive(clap::Args, Debug)]
pub struct Args {
    #[command(flatten)]
    pub spec: Spec,
}

/// Prints the model and the views of each environment.
pub fn run(Args { spec: args }: &Args) -> Result<ExitCode, IoFault> {
    let (mut project, names) = open(args)?;
    for name in &names {
        let spec = project.spec.clone();
        if let Some(model) = resolve(spec, name, &project.inputs, Keep::Nothing, &mut project.report) {
            let views = Views::of(&model);
            let value = serde_json::json!({ "model": model, "views": views });
            terminal::say(&serde_json::to_string_pretty(&value).expect("a model has only text keys"));
            terminal::say("\n");
        }
    }
    if project.report.denied() {
        Ok(finish(args, &mut project.report, &project.sources))
    } else {
        Ok(ExitCode::SUCCESS)
    }
}
