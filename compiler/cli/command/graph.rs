//! `bastide graph`: who needs whom, as a picture or as data.

use super::open;
use crate::args::Spec;
use crate::fault::IoFault;
use crate::terminal::{self, Form};
use bastide_core::resolve::{Keep, resolve};
use bastide_core::view::graph::{Graph, draw};
use clap::ValueEnum;
use std::path::PathBuf;
use std::process::ExitCode;

/// Print who needs whom.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Folder or spec file; by default the nearest `bastide.kdl` upwards.
    pub path: Option<PathBuf>,
    /// The environment; the first by default.
    #[arg(short, long = "env", value_name = "NAME")]
    pub environment: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Picture::Mermaid)]
    pub format: Picture,
}

impl Args {
    /// The spec it draws.
    pub fn spec(&self) -> Spec {
        Spec::of(&self.path, &self.environment)
    }
}

/// How a graph is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Picture {
    /// A Mermaid flowchart, for Markdown.
    Mermaid,
    /// DOT, for Graphviz.
    Dot,
    /// Nodes and edges.
    Json,
}

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
        let form = if args.format == Picture::Json { Form::Json } else { Form::Text };
        terminal::print(form, &text);
        if args.environment.is_none() {
            break;
        }
    }
    if project.report.denied() {
        Ok(super::finish(&args.spec(), &mut project))
    } else {
        Ok(ExitCode::SUCCESS)
    }
}
