//! `bastide graph`: who needs whom, as a picture or as data.

use super::open;
use crate::args::{Graph as Args, Picture};
use crate::fault::IoFault;
use crate::terminal;
use bastide_core::resolve::{Keep, resolve};
use bastide_core::view::graph::{Graph, draw};
use std::process::ExitCode;

/// Prints the graph of each environment.
pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    let (mut project, names) = open(&args.spec())?;
    for name in &names {
        let spec = project.spec.clone();
        let model = resolve(spec, name, &project.inputs, Keep::Nothing, &mut project.report);
        let Some(model) = model else {
            continue;
        };
        let graph = Graph::of(&model);
        let text = match args.format {
            Picture::Mermaid => draw::mermaid(&graph),
            Picture::Dot => draw::dot(&graph, name),
            Picture::Json => serde_json::to_string_pretty(&graph).expect("a graph has only text keys") + "\n",
        };
        terminal::say(&text);
        if args.environment.is_none() {
            break;
        }
    }
    if project.report.denied() {
        Ok(super::finish(&args.spec(), &mut project.report, &project.sources))
    } else {
        Ok(ExitCode::SUCCESS)
    }
}
