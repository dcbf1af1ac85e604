//! `bastide pipeline`: the jobs of the pipeline, and what a change reaches.

use super::build::{Plan, prepare};
use super::finish;
use crate::args::Spec;
use crate::fault::IoFault;
use crate::load::git::changed_since;
use crate::show::plural;
use crate::terminal::{self, Form};
use bastide_core::target::context::Shared;
use bastide_core::view::pipeline::jobs::Job;
use bastide_core::view::pipeline::{Reached, draw};
use bastide_report::finding::Report;
use clap::ValueEnum;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

/// Print the jobs of the pipeline, and which images a change reaches.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Folder or spec file; by default the nearest `bastide.kdl` upwards.
    pub path: Option<PathBuf>,
    /// The change is what was committed since the branch left this commit, as in `ci/affected.sh REF`.
    #[arg(long, value_name = "REF")]
    pub changed_since: Option<String>,
    /// A path that changed, from the root of the repository; may be given again. Without either everything is reached.
    #[arg(long, value_name = "PATH")]
    pub changed: Vec<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Shown::Text)]
    pub format: Shown,
}

/// How a pipeline is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shown {
    /// A line a path and a line a job.
    Text,
    /// Everything, as data.
    Json,
    /// A Mermaid flowchart, for Markdown.
    Mermaid,
}

/// What is printed.
#[derive(Serialize)]
struct Answer<'p> {
    app: &'p str,
    /// The system that runs it.
    ci: Option<&'p str>,
    gates: &'p [String],
    images: &'p [String],
    /// What changed; nothing is said if nobody asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    changed: Option<Vec<Reached<'p>>>,
    /// Images to build and test again, in their order.
    affected: &'p [String],
    jobs: Vec<Job>,
}

/// Prints it: 0, or 1 if the spec is faulty.
pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    let spec = Spec::of(&args.path, &None);
    let mut plan = prepare(&spec, false, false, None)?;
    let shared = plan.released().cloned();
    let Some(shared) = shared.filter(|_| !plan.project.report.denied()) else {
        return Ok(finish(&spec, &mut plan.project));
    };
    let changed = changed(args, &plan)?;
    let mut pipeline = shared.views.pipeline.clone();
    let files = plan.provider_files(&shared);
    pipeline.written_as(files.iter().map(String::as_str));
    let images: Vec<String> = pipeline.names().map(String::from).collect();
    let changed: Option<Vec<Reached<'_>>> =
        changed.as_ref().map(|paths| paths.iter().map(|path| pipeline.reached(path, &images)).collect());
    let reached: BTreeSet<&String> = changed.iter().flatten().flat_map(|it| it.images).collect();
    let affected: Vec<String> =
        images.iter().filter(|it| changed.is_none() || reached.contains(it)).cloned().collect();
    let answer = Answer {
        app: &shared.model.app.name.value,
        ci: pipeline.ci.as_deref(),
        gates: &pipeline.gates,
        images: &images,
        changed,
        affected: &affected,
        jobs: pipeline.jobs(&shared.environments.places),
    };
    terminal::print(
        if args.format == Shown::Json { Form::Json } else { Form::Text },
        &print(args.format, &answer),
    );
    Ok(ExitCode::SUCCESS)
}

/// The paths that changed; none if nobody says what did.
fn changed(args: &Args, plan: &Plan) -> Result<Option<Vec<String>>, IoFault> {
    let root = &plan.project.root;
    let since = args
        .changed_since
        .as_ref()
        .map(|it| changed_since(root, it).map_err(IoFault::at(root)))
        .transpose()?;
    let named = args.changed.iter().map(|path| path.trim_start_matches("./").to_string());
    let paths: BTreeSet<String> = since.iter().flatten().cloned().chain(named).collect();
    Ok((since.is_some() || !args.changed.is_empty()).then(|| paths.into_iter().collect()))
}

impl Plan {
    /// The environment whose model stands for the app in the pipeline.
    fn released(&self) -> Option<&Arc<Shared>> {
        let all = || self.environments.iter().map(|(it, _)| it);
        all().rfind(|it| it.model.environment.platform == "kubernetes").or_else(|| all().next_back())
    }

    /// The files that the provider's pack writes for the app, from the root of the repository.
    fn provider_files(&self, shared: &Shared) -> Vec<String> {
        let ci = &shared.views.pipeline.ci;
        let mut files = vec![];
        let packs = self
            .packs
            .iter()
            .filter(|(name, pack)| ci.is_some() && (pack.manifest.ci == *ci || ci.as_ref() == Some(*name)));
        for (name, pack) in packs {
            let Some(primary) = self.primary(name) else { continue };
            // What is wrong with a template is told by `build`.
            bastide_core::target::render(
                pack,
                primary,
                true,
                &self.project.sources,
                &mut Report::default(),
                &mut |it| {
                    files.push(if it.at_repository { it.path } else { [&shared.within, &*it.path].concat() })
                },
            );
        }
        files
    }
}

fn print(format: Shown, answer: &Answer<'_>) -> String {
    match format {
        Shown::Json => serde_json::to_string_pretty(answer).expect("an answer has only text keys") + "\n",
        Shown::Mermaid => draw::mermaid(&answer.jobs, answer.affected),
        Shown::Text => text(answer),
    }
}

fn text(answer: &Answer<'_>) -> String {
    let (all, reached) = (answer.images.len(), answer.affected.len());
    let mut out = match &answer.changed {
        None => format!("{}: {}\n", answer.app, plural(all, "image")),
        Some(paths) => {
            format!(
                "{}: {} reach {reached} of {}\n",
                answer.app,
                plural(paths.len(), "changed path"),
                plural(all, "image")
            )
        }
    };
    for it in answer.changed.iter().flatten() {
        out += &match it.why {
            Some(why) => format!("  {} -> {} ({why})\n", it.path, it.images.join(" ")),
            None => format!("  {} -> nothing\n", it.path),
        };
    }
    out + "jobs:\n" + &draw::text(&answer.jobs, answer.affected)
}
