//! The command line.

pub mod contract;

use crate::load::baseline::Against;
use crate::show::OutputFormat;
use clap::Args;
use std::path::PathBuf;

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

impl Spec {
    /// The spec at a path, printed as text.
    pub fn of(path: &Option<PathBuf>, environment: &Option<String>) -> Spec {
        let (path, environment) = (path.clone(), environment.clone());
        Spec { path, environment, today: None, format: OutputFormat::Text, quiet: true }
    }
}
