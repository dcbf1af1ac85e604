//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// One app spec in; a checked, running platform out.
#[derive(Debug, Parser)]
#[command(name = "bastide", version, about, long_about = LONG, max_term_width = 100, propagate_version = true)]
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

/// What every command that reads a spec takes.
#[derive(Args, Debug)]
pub struct Spec {
    /// Folder or spec file; by default the nearest `bastide.kdl` upwards.
    pub path: Option<PathBuf>,
    /// Only this environment; all by default.
    #[arg(short, long = "env", value_name = "NAME")]
    pub environment: Option<String>,
    /// The day to check dates against; without it no date has come.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<String>,
    /// How to print findings.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Print nothing but findings.
    #[arg(short, long)]
    pub quiet: bool,
}

/// How findings are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Frames with source, for people.
    Text,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// GitHub annotations.
    Github,
    /// GitLab code quality.
    Gitlab,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check the spec: every finding names the place, the cause and one act.
    Check(Spec),
    /// Check the spec and write everything it means under `deploy/`.
    Build(Build),
    /// Print the model of an environment as JSON: what templates see.
    Model(Spec),
}

/// `build`.
#[derive(Args, Debug)]
pub struct Build {
    /// The spec.
    #[command(flatten)]
    pub spec: Spec,
    /// Root of all output paths; the spec's folder by default.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write nothing; exit 1 if something would change.
    #[arg(long)]
    pub check: bool,
    /// Take over files that were edited by hand or are not ours.
    #[arg(long)]
    pub force: bool,
    /// What a target can only approximate or not say is an error.
    #[arg(long)]
    pub strict: bool,
}
