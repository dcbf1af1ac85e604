//! `bastide verify`: real tools judge what was built.

mod judge;
mod program;
mod table;
mod told;

use super::build::lock_path;
use super::{finish, open};
use crate::args::Spec;
use crate::fault::IoFault;
use crate::load::Project;
use crate::load::relative::relative_path;
use crate::show::OutputFormat;
use crate::terminal;
use crate::write::{Built, Findings, Place, Repository, built};
use bastide_report::suggest::did_you_mean;
use judge::{Answer, Terms, Verdict, ask};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;
use table::{Tool, tools};

/// Let the tools that are installed judge what was built.
///
/// Each is asked about the files it knows, of those that the last build wrote: `docker compose config`, kubeconform,
/// kustomize, promtool, amtool, envoy, actionlint, zizmor, shellcheck, hadolint and others. A tool that is not installed
/// is named, and with `--strict` it ends the run with 2. Tools run without a shell, at the root of all output, with few
/// variables of the environment.
///
///     bastide verify
///     bastide verify -e prod --only kubeconform --only kustomize
///     bastide verify --strict --format junit
///     bastide verify --argument kubeconform=-kubernetes-version=1.36.0
///
/// Exit codes: 0 all that were asked are content, 1 one refuses a file or a file was edited, 2 one could not judge, or
/// nobody was there to ask.
#[derive(clap::Args, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Folder or spec file; by default the nearest `bastide.kdl` upwards.
    pub path: Option<PathBuf>,
    /// Only files of this environment; all by default.
    #[arg(short, long = "env", value_name = "NAME")]
    pub environment: Option<String>,
    /// Root of all output paths, as `build` was told.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Ask only this tool; repeat it for more.
    #[arg(long, value_name = "TOOL")]
    pub only: Vec<String>,
    /// Hand a tool one more argument, before its files.
    #[arg(long, value_name = "TOOL=ARGUMENT", value_parser = argument)]
    pub argument: Vec<(String, String)>,
    /// A tool that is not installed is one that could not judge.
    #[arg(long)]
    pub strict: bool,
    /// Seconds a tool may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub time_limit: u64,
    /// How to print the verdicts.
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    pub format: OutputFormat,
    /// Print nothing but findings.
    #[arg(short, long)]
    pub quiet: bool,
}

fn argument(text: &str) -> Result<(String, String), String> {
    let (tool, argument) = text.split_once('=').ok_or("write `TOOL=ARGUMENT`")?;
    Ok((tool.into(), argument.into()))
}

pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    let all = chosen(args)?;
    let spec = Spec { format: args.format, quiet: args.quiet, ..Spec::of(&args.path, &args.environment) };
    let (mut project, _) = open(&spec)?;
    if project.report.denied() {
        return Ok(finish(&spec, &mut project));
    }
    // What the spec is to be told, `check` tells.
    project.report.findings.clear();
    let root = args.out.clone().unwrap_or_else(|| project.root.clone());
    let files = files(args, &root, &mut project)?;
    if files.is_empty() && !project.report.denied() {
        return Err(IoFault::say(root, "nothing is built here: run `bastide build`"));
    }
    let cases: Result<Vec<_>, IoFault> =
        all.iter().map(|tool| Ok((tool, judge::files(tool, &files)?))).collect();
    let cases = cases?.into_iter().filter(|(_, files)| !files.is_empty()).collect();
    let real = std::path::absolute(&root).map_err(IoFault::at(&root))?;
    let terms = Terms { root: real, limit: Duration::from_secs(args.time_limit), arguments: &args.argument };
    let answers = ask(cases, &terms);
    told::tell(args, &root, &answers, &mut project);
    Ok(code(args, &answers, &project))
}

/// The tools that are asked for.
fn chosen(args: &Args) -> Result<Vec<Tool>, IoFault> {
    let all = tools();
    let named = args.only.iter().chain(args.argument.iter().map(|(name, _)| name));
    for name in named {
        if !all.iter().any(|tool| tool.name == *name) {
            let near = did_you_mean(name, all.iter().map(|tool| tool.name.as_str())).unwrap_or_default();
            return Err(IoFault::say("verify", format!("there is no tool `{name}`; {near}")));
        }
    }
    let asked = |tool: &Tool| args.only.is_empty() || args.only.contains(&tool.name);
    Ok(all.into_iter().filter(asked).collect())
}

/// What the last build wrote, of the environment that is asked for.
fn files(args: &Args, root: &Path, project: &mut Project) -> Result<Vec<Built>, IoFault> {
    let home = match &args.out {
        Some(out) => relative_path(out, &project.root)?,
        None => String::new(),
    };
    let repository = args.out.is_none().then(|| Repository::above(root)).flatten();
    let lock = lock_path(root, &home, &project.main);
    let place = Place { root, lock: &lock, repository: repository.as_ref() };
    let Project { sources, report, .. } = project;
    let mut findings = Findings::new(sources, report).of(args.path.as_deref());
    let mut files = built(place, &mut findings)?;
    if let Some(name) = &args.environment {
        files.retain(|it| it.path.starts_with(&format!("deploy/{name}/")));
    }
    files.iter().filter(|it| !it.same).for_each(|it| findings.not_as_built(&it.path));
    Ok(files)
}

fn code(args: &Args, answers: &[Answer], project: &Project) -> ExitCode {
    let any = |verdict| answers.iter().any(|it| it.verdict() == verdict);
    if any(Verdict::Refused) || project.report.denied() {
        return ExitCode::from(1);
    }
    if !any(Verdict::Good) && !any(Verdict::Unable) {
        terminal::complain("error: nothing was judged: no tool is here that knows what was built\n");
        return ExitCode::from(2);
    }
    let unable = any(Verdict::Unable) || args.strict && any(Verdict::Missing);
    ExitCode::from(if unable { 2 } else { 0 })
}
