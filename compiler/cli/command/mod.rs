//! The commands. A file with its `Args`, whose doc comment is its help, and `run` is one: its line `pub mod NAME;` here
//! registers it (`build.rs` makes [`Command`] of these lines). Help lists them in this order.

pub mod build;
pub mod check;
pub mod explain;
pub mod graph;
pub mod slo;
pub mod verify;
pub mod why;

pub mod contract;
pub mod diff;
pub mod pipeline;
pub mod plan;

pub mod init;
pub mod new;
pub mod target;

pub mod completions;
pub mod man;
pub mod model;

mod compare;
mod markdown;
mod target_use;

use crate::args::Spec;
use crate::fault::IoFault;
use crate::load::files::Drafts;
use crate::load::{Project, load_with};
use crate::write::Repository;
use crate::{show, terminal};
use bastide_core::resolve::environments;
use bastide_report::finding::Finding;
use bastide_report::suggest::did_you_mean;
use bastide_report::units::Date;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

include!(concat!(env!("OUT_DIR"), "/commands.rs"));

/// One app spec in; a checked, running platform out.
#[derive(Debug, Parser)]
#[command(name = "bastide", version = env!("BASTIDE_VERSION"), about, long_about = LONG, max_term_width = 100, propagate_version = true)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const LONG: &str = "One app spec in; a checked, running platform out.

The spec is `bastide.kdl`: services, topics, resources, gateway routes, API versions and SLOs.
`bastide check` proves that the plan can stand; `bastide build` writes compose files, Kubernetes
manifests, gateway configuration, CI pipelines and alert rules under `deploy/`.

Exit codes: 0 clean, 1 findings at deny or stale files, 2 could not work.";

/// Loads the spec and the environments to work on.
fn open(args: &Spec) -> Result<(Project, Vec<String>), IoFault> {
    open_with(args, Drafts::new())
}

/// The same with texts that are not written yet.
fn open_with(args: &Spec, drafts: Drafts) -> Result<(Project, Vec<String>), IoFault> {
    let mut project = load_with(args.path.as_deref(), drafts)?;
    if let Some(text) = &args.today {
        project.inputs.today = Date::parse(text);
        if project.inputs.today.is_none() {
            return Err(IoFault::say("--today", format!("`{text}` is no date such as 2027-03-01")));
        }
    }
    let all = environments(&project.spec);
    let Some(name) = &args.environment else { return Ok((project, all)) };
    if !all.contains(name) {
        let mut finding = Finding::new("unknown-environment", format!("there is no environment `{name}`"));
        finding.help = did_you_mean(name, all.iter().map(String::as_str));
        project.report.push(finding);
        return Ok((project, vec![]));
    }
    Ok((project, vec![name.clone()]))
}

/// Prints the findings and says how the run ended.
fn finish(args: &Spec, project: &mut Project) -> ExitCode {
    project.report.sort();
    let options =
        show::Options { color: terminal::color(), quiet: args.quiet, ..shown(project, args.format) };
    let text = show::render(args.format, &project.report, &project.sources, &options);
    terminal::print(args.format.form(), &text);
    ExitCode::from(u8::from(project.report.denied()))
}

/// How the findings of a project are shown: to forges by their paths from the root of its repository.
fn shown(project: &Project, format: show::OutputFormat) -> show::Options {
    let repository = format.is_of_forges().then(|| Repository::above(&project.root)).flatten();
    let within = repository.map(|it| it.within).unwrap_or_default();
    show::Options { color: false, width: 100, quiet: true, within }
}
