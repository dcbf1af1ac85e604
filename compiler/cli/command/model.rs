//! `bastide model`: what templates see.

use super::{finish, open};
use crate::args::Spec;
use crate::fault::IoFault;
use crate::terminal::{self, Form};
use bastide_core::resolve::{Keep, resolve};
use bastide_core::secret::{find, masked};
use bastide_core::view::Views;
use serde_json::Value;
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
            let mut value = serde_json::json!({ "model": model, "views": views });
            veil("", &mut value);
            let text = serde_json::to_string_pretty(&value).expect("a model has only text keys");
            terminal::print(Form::Json, &format!("{text}\n"));
        }
    }
    if project.report.denied() { Ok(finish(args, &mut project)) } else { Ok(ExitCode::SUCCESS) }
}

/// Masks the secrets in it; texts of a map bear their keys as names, and so does the second of two texts the first.
fn veil(name: &str, value: &mut Value) {
    match value {
        Value::String(text) => {
            let spots = find(name, text);
            if !spots.is_empty() {
                *text = masked(text, &spots).into_owned();
            }
        }
        Value::Array(list) => match &mut list[..] {
            [Value::String(name), inner @ Value::String(_)] => veil(name, inner),
            list => list.iter_mut().for_each(|inner| veil(name, inner)),
        },
        Value::Object(map) => map.iter_mut().for_each(|(name, inner)| veil(name, inner)),
        _ => {}
    }
}
