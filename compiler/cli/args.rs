//! The command line.

pub mod contract;

use crate::load::baseline::Against;
use crate::show::OutputFormat;

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
    #[arg(long, value_enum, default_value_t = OutputFormat::Text)]
    pub format: OutputFormat,
    /// Print nothing but findings.
    #[arg(short, long)]
    pub quiet: bool,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check the spec: every finding names the place, the cause and one act.
    Check(Check),
    /// Check the spec and write everything it means under `deploy/`.
    Build(Build),
    /// Say where a value, or a line of a generated file, comes from.
    Why(Why),
    /// Explain a rule: what it finds, why it matters, what to do instead.
    Explain(Explain),
    /// Print who needs whom.
    Graph(Graph),
    /// Say what differs between two specs in what they mean, and who is concerned.
    Diff(Diff),
    /// Say in which order a change can be rolled out so that everything stands meanwhile.
    Plan(Plan),
    /// Compare contracts alone: OpenAPI, protobuf, GraphQL, Avro, JSON Schema, AsyncAPI.
    Contract(contract::Contract),
    /// Start a spec in this folder.
    Init(Init),
    /// List, show or take over target packs.
    Target(Target),
    /// Write the stub of a rule, a target pack or a resource type.
    New(New),
    /// Print the model of an environment as JSON: what templates see.
    Model(Spec),
    /// Print completions for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
}

/// What a plan is compared with.
#[derive(Args, Debug)]
pub struct Old {
    /// Compare with a commit; `REF...` is where the branch left REF; without REF where it left the main branch.
    #[arg(long, value_name = "REF", num_args = 0..=1, default_missing_value = "", conflicts_with = "baseline")]
    pub against: Option<String>,
    /// Compare with the plan in another folder.
    #[arg(long, value_name = "DIR")]
    pub baseline: Option<PathBuf>,
}

impl Old {
    /// Where the old plan is, if one was named.
    pub fn against(&self) -> Option<Against> {
        let commit = |name: &String| Against::Commit(Some(name.clone()).filter(|name| !name.is_empty()));
        self.baseline.clone().map(Against::Folder).or_else(|| self.against.as_ref().map(commit))
    }
}

#[derive(Args, Debug)]
pub struct Check {
    #[command(flatten)]
    pub spec: Spec,
    #[command(flatten)]
    pub old: Old,
    /// Fix in the spec what a machine can, round after round, and keep what makes it better.
    #[arg(long)]
    pub fix: bool,
}

/// What `diff` and `plan` take.
#[derive(Args, Debug)]
pub struct Compare {
    /// The commit to compare with, then the folder or spec file; a name that is there on disk is the folder. By default
    /// where the branch left the main branch, and the nearest `bastide.kdl` upwards.
    #[arg(value_names = ["REF", "PATH"], num_args = 0..=2)]
    pub which: Vec<String>,
    /// The old plan, named apart.
    #[command(flatten)]
    pub old: Old,
    /// Only this environment; all by default.
    #[arg(short, long = "env", value_name = "NAME")]
    pub environment: Option<String>,
    /// The day to check dates against; without it no date has come.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub today: Option<String>,
}

impl Compare {
    /// Where the old plan is.
    pub fn against(&self) -> Against {
        let named = self.which.first().filter(|_| self.reference().is_some()).cloned();
        self.old.against().unwrap_or(Against::Commit(named))
    }

    pub fn spec(&self) -> Spec {
        let path = match (self.reference(), &self.which[..]) {
            (Some(_), [_, path]) | (None, [path, ..]) => Some(PathBuf::from(path)),
            _ => None,
        };
        Spec { today: self.today.clone(), ..Spec::of(&path, &self.environment) }
    }

    /// The first argument, if it names a commit.
    fn reference(&self) -> Option<&String> {
        let alone = self.which.len() == 1;
        let path = |name: &&String| alone && std::path::Path::new(name).exists();
        self.which.first().filter(|name| self.old.against().is_none() && !path(name))
    }
}

#[derive(Args, Debug)]
pub struct Diff {
    #[command(flatten)]
    pub compare: Compare,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = contract::DiffFormat::Text)]
    pub format: contract::DiffFormat,
}

#[derive(Args, Debug)]
pub struct Plan {
    #[command(flatten)]
    pub compare: Compare,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = PlanFormat::Text)]
    pub format: PlanFormat,
}

/// How a plan is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PlanFormat {
    /// For people.
    Text,
    /// One JSON object.
    Json,
    /// For pull requests.
    Markdown,
    /// A Mermaid flowchart.
    Mermaid,
}

#[derive(Args, Debug)]
pub struct Build {
    #[command(flatten)]
    pub spec: Spec,
    /// Root of all output paths; the spec's folder by default. Paths of the project in what is written lead from there.
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
    /// Print notes too: which fields of the spec no target says.
    #[arg(long)]
    pub notes: bool,
}

#[derive(Args, Debug)]
pub struct Why {
    /// A path such as `service.orders.scale.min`, or a line such as `deploy/prod/kubernetes/orders/deployment.yaml:42`.
    pub question: String,
    /// Folder or spec file; by default the nearest `bastide.kdl` upwards.
    pub path: Option<PathBuf>,
    /// Only this environment; all by default.
    #[arg(short, long = "env", value_name = "NAME")]
    pub environment: Option<String>,
}

impl Why {
    /// The spec it asks about.
    pub fn spec(&self) -> Spec {
        Spec::of(&self.path, &self.environment)
    }
}

impl Spec {
    /// The spec at a path, printed as text.
    pub fn of(path: &Option<PathBuf>, environment: &Option<String>) -> Spec {
        let (path, environment) = (path.clone(), environment.clone());
        Spec { path, environment, today: None, format: OutputFormat::Text, quiet: true }
    }
}

#[derive(Args, Debug)]
pub struct Explain {
    /// Name of the rule, as a finding prints it; without one all are listed.
    pub rule: Option<String>,
}

#[derive(Args, Debug)]
pub struct Graph {
    /// Folder or spec file; by default the nearest `bastide.kdl` upwards.
    pub path: Option<PathBuf>,
    /// The environment; the first by default.
    #[arg(short, long = "env", value_name = "NAME")]
    pub environment: Option<String>,
    /// How to print it.
    #[arg(long, value_enum, default_value_t = Picture::Mermaid)]
    pub format: Picture,
}

impl Graph {
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

#[derive(Args, Debug)]
pub struct Init {
    /// Folder to start in; made if it is missing.
    pub path: Option<PathBuf>,
    /// Name of the app; the folder's by default.
    #[arg(long)]
    pub name: Option<String>,
}

#[derive(Args, Debug)]
pub struct Target {
    /// Folder or spec file; by default the nearest `bastide.kdl` upwards.
    #[arg(long, global = true, value_name = "PATH")]
    pub spec: Option<PathBuf>,
    /// What to do.
    #[command(subcommand)]
    pub action: TargetAction,
}

/// What to do with packs.
#[derive(Debug, Subcommand)]
pub enum TargetAction {
    /// List all packs.
    List,
    /// Show what a pack writes, its options and parts, and where each of its files comes from.
    Show {
        /// The pack, or one part of it: `PACK/PART`.
        name: String,
    },
    /// Start a pack of your own under `bastide/targets/` that extends another.
    Eject {
        /// The pack to start from, or one part of it to change: `PACK/PART`.
        name: String,
        /// Name of your own; by default the same, which replaces the built-in one whole.
        own: Option<String>,
    },
}

#[derive(Args, Debug)]
pub struct New {
    /// What to start.
    #[arg(value_enum)]
    pub what: Stub,
    /// Its name.
    pub name: String,
    /// The group of a rule: a folder of `compiler/core/src/check/`.
    #[arg(long, value_name = "GROUP", required_if_eq("what", "rule"))]
    pub group: Option<String>,
    /// Project folder; by default the one of the nearest `bastide.kdl`.
    #[arg(long, value_name = "PATH")]
    pub spec: Option<PathBuf>,
}

/// What can be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Stub {
    /// A rule of the compiler: its file and its page in `compiler/core/src/check/GROUP/`.
    Rule,
    /// A target pack of the project: `bastide/targets/NAME/`.
    Target,
    /// A resource type of the project: `bastide/stdlib/NAME.kdl`.
    Resource,
}
