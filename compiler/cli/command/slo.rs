//! `bastide slo`: whether promises can be kept, and which break if something fails.

mod outage;
mod standing;

use super::markdown::code;
use super::{finish, open};
use crate::args::Spec;
use crate::fault::IoFault;
use crate::terminal::{self, Form};
use bastide_core::model::Model;
use bastide_core::resolve::{Keep, resolve};
use bastide_core::view::Views;
use bastide_core::view::experiment::{Experiment, experiments};
use bastide_core::view::graph::Graph;
use bastide_core::view::outage::Outage;
use bastide_core::view::reliability::{Reliability, reliability};
use bastide_report::finding::Finding;
use bastide_report::suggest::did_you_mean;
use bastide_report::visible::in_a_row;
use clap::ValueEnum;
use serde::Serialize;
use std::path::PathBuf;
use std::process::ExitCode;

/// Say whether promises can be kept, or with `--fail` which of them break.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Folder or spec file; by default the nearest `bastide.kdl` upwards.
    pub path: Option<PathBuf>,
    /// Only this environment; all by default.
    #[arg(short, long = "env", value_name = "NAME")]
    pub environment: Option<String>,
    /// Say who is hit if this service, resource, external or gateway fails; with several, if all fail at once.
    #[arg(long, value_name = "NAME")]
    pub fail: Vec<String>,
    /// Say what can be broken on purpose, and what the plan should survive.
    #[arg(long, conflicts_with = "fail")]
    pub experiments: bool,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Shown::Text)]
    pub format: Shown,
}

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shown {
    /// A paragraph a service.
    Text,
    /// Everything, as data.
    Json,
    /// Headings and lists, for a request or a page.
    Markdown,
}

/// What is said.
#[derive(Serialize)]
struct All<'a> {
    schema_version: u32,
    environments: &'a [Answer],
}

/// What is said of one environment.
#[derive(Serialize)]
#[serde(untagged)]
enum Answer {
    Standing(Reliability),
    Outage { app: String, environment: String, outage: Outage },
    Experiments { app: String, environment: String, experiments: Vec<Experiment> },
}

/// A heading, and under it paragraphs of lines, each with the word it begins with.
struct Page {
    title: String,
    parts: Vec<(String, Vec<(&'static str, String)>)>,
}

/// Prints it: 0, or 1 if the spec is faulty or there is nothing of the name that is to fail.
pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    let spec = Spec::of(&args.path, &args.environment);
    let (mut project, names) = open(&spec)?;
    let mut answers = vec![];
    for name in &names {
        let parsed = project.spec.clone();
        let model = resolve(parsed, name, &project.inputs, Keep::Nothing, &mut project.report);
        let Some(model) = model else { continue };
        let graph = Graph::of(&model);
        match answer(args, &model, &graph) {
            Ok(answer) => answers.push(answer),
            Err(finding) => project.report.push(*finding),
        }
    }
    if project.report.denied() {
        return Ok(finish(&spec, &mut project));
    }
    let form = if args.format == Shown::Json { Form::Json } else { Form::Text };
    terminal::print(form, &print(args.format, &answers));
    Ok(ExitCode::SUCCESS)
}

fn answer(args: &Args, model: &Model, graph: &Graph) -> Result<Answer, Box<Finding>> {
    let (app, environment) = (model.app.name.value.clone(), model.environment.name.value.clone());
    if args.experiments {
        let experiments = experiments(model, &Views::of(model));
        return Ok(Answer::Experiments { app, environment, experiments });
    }
    if args.fail.is_empty() {
        return Ok(Answer::Standing(reliability(model, graph)));
    }
    let mut failed = vec![];
    for name in &args.fail {
        let named = graph.named(name);
        if named.is_empty() {
            let said = format!("there is no `{name}` in `{}` that could fail", model.environment.name.value);
            let mut finding = Finding::new("unknown-reference", said);
            finding.help = did_you_mean(name, graph.nodes.iter().map(|it| it.name.as_str()));
            return Err(Box::new(finding));
        }
        failed.extend(named);
    }
    failed.sort_unstable();
    failed.dedup();
    let outage = bastide_core::view::outage::outage(model, graph, &failed);
    Ok(Answer::Outage { app, environment, outage })
}

fn print(format: Shown, answers: &[Answer]) -> String {
    let pages = || {
        answers.iter().map(|answer| match answer {
            Answer::Standing(it) => standing::page(it),
            Answer::Experiments { app, environment, experiments } => {
                outage::experiments(app, environment, experiments)
            }
            Answer::Outage { app, environment, outage } => outage::page(app, environment, outage),
        })
    };
    match format {
        Shown::Json => {
            let all = All { schema_version: 1, environments: answers };
            serde_json::to_string_pretty(&all).expect("an answer has only text keys") + "\n"
        }
        Shown::Text => pages().map(|page| page.text()).collect::<Vec<_>>().join("\n"),
        Shown::Markdown => pages().map(|page| page.markdown()).collect::<Vec<_>>().join("\n"),
    }
}

impl Page {
    fn text(&self) -> String {
        let mut out = format!("{}\n", self.title);
        for (heading, lines) in &self.parts {
            out += "\n";
            if !heading.is_empty() {
                out += &format!("{heading}\n");
            }
            let mut last = "";
            for (word, line) in lines {
                let shown = if *word == last { "" } else { word };
                out += &format!("  {shown:<13}{line}\n");
                last = word;
            }
        }
        out
    }

    fn markdown(&self) -> String {
        let mut out = format!("## {}\n", self.title);
        for (heading, lines) in &self.parts {
            out += &if heading.is_empty() { "\n".into() } else { format!("\n### {heading}\n\n") };
            for (word, line) in lines {
                // Calls behind calls are a list in a list.
                let depth = line.len() - line.trim_start().len();
                out += &format!("{:depth$}- **{word}** {}\n", "", line.trim_start());
            }
        }
        out
    }
}

/// `a`, `b` and `c`, as code.
fn listed(names: &[String]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| code(name)).collect();
    in_a_row(&quoted)
}

/// `GET HEAD /orders`.
fn place(methods: &[String], path: &str) -> String {
    let methods = methods.join(" ");
    code(if methods.is_empty() { path.to_string() } else { format!("{methods} {path}") }.as_str())
}
