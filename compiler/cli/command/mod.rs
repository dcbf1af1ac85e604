//! One file per command.

mod build;
mod check;
mod compare;
mod contract;
mod create;
mod diff;
mod explain;
mod graph;
mod init;
mod manual;
mod markdown;
mod model;
mod new;
mod plan;
mod target;
mod target_use;
mod why;

use crate::args::{Command, Spec};
use crate::fault::IoFault;
use crate::load::files::Drafts;
use crate::load::{Project, load_with};
use crate::{show, terminal};
use bastide_core::resolve::environments;
use bastide_report::finding::{Finding, Report};
use bastide_report::source::Sources;
use bastide_report::suggest::did_you_mean;
use bastide_report::units::Date;
use std::process::ExitCode;

pub fn run(command: Command) -> Result<ExitCode, IoFault> {
    match command {
        Command::Check(args) => check::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Why(args) => why::run(&args),
        Command::Diff(args) => diff::run(&args),
        Command::Plan(args) => plan::run(&args),
        Command::Explain(args) => Ok(explain::run(&args)),
        Command::Graph(args) => graph::run(&args),
        Command::Contract(args) => contract::run(&args),
        Command::Init(args) => init::run(&args),
        Command::Target(args) => target::run(&args),
        Command::New(args) => new::run(&args),
        Command::Model(args) => model::run(&args),
        Command::Completions { shell } => Ok(manual::completions(shell)),
        Command::Man => Ok(manual::man()),
    }
}

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
fn finish(args: &Spec, report: &mut Report, sources: &Sources) -> ExitCode {
    report.sort();
    let options = show::Options { color: terminal::color(), width: 100, quiet: args.quiet };
    terminal::say(&show::render(args.format, report, sources, &options));
    ExitCode::from(u8::from(report.denied()))
}
