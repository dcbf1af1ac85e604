//! `bastide init ci`: the lines by which a repository has its spec checked. Never over what is there.

use crate::fault::IoFault;
use crate::load::load;
use crate::terminal;
use crate::write::{Repository, create, standing};
use clap::ValueEnum;
use std::path::PathBuf;
use std::process::ExitCode;

/// Write the lines by which pre-commit or a CI system checks the spec.
///
/// What stands at the root of the repository says which: `.pre-commit-config.yaml`, `.github`, `.gitlab-ci.yml`,
/// `Jenkinsfile`. A file that is there is left alone; then the lines are printed, and the exit code is 1.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// Folder or spec file; by default the nearest `bastide.kdl` upwards.
    pub path: Option<PathBuf>,
    /// For whom; by default all whose files are there.
    #[arg(long, value_enum, value_delimiter = ',')]
    pub provider: Vec<Provider>,
    /// Commit or tag of bastide's own repository to take; a whole commit cannot be moved.
    #[arg(long, value_name = "REV", default_value = concat!("v", env!("CARGO_PKG_VERSION")))]
    pub rev: String,
}

/// Who runs bastide.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Provider {
    /// The git hooks of pre-commit: `.pre-commit-config.yaml`.
    PreCommit,
    /// GitHub Actions: `.github/workflows/bastide.yaml`.
    Github,
    /// GitLab CI: `.gitlab-ci.yml`.
    Gitlab,
    /// Jenkins: `Jenkinsfile`.
    Jenkins,
}

/// What one of them reads.
struct Lines {
    provider: Provider,
    /// Whoever has this uses it.
    sign: &'static str,
    file: &'static str,
    /// `REV` and `FOLDER` are filled in.
    text: &'static str,
    /// A file that says this has the lines already.
    known: &'static str,
}

/// One row each; another provider is another row and its text.
static PROVIDERS: [Lines; 4] = [
    Lines {
        provider: Provider::PreCommit,
        sign: ".pre-commit-config.yaml",
        file: ".pre-commit-config.yaml",
        text: include_str!("ci/pre-commit-config.yaml"),
        known: "bastide-check",
    },
    Lines {
        provider: Provider::Github,
        sign: ".github",
        file: ".github/workflows/bastide.yaml",
        text: include_str!("ci/github.yaml"),
        known: "/bastide@",
    },
    Lines {
        provider: Provider::Gitlab,
        sign: ".gitlab-ci.yml",
        file: ".gitlab-ci.yml",
        text: include_str!("ci/gitlab-ci.yml"),
        known: "/bastide@",
    },
    Lines {
        provider: Provider::Jenkins,
        sign: "Jenkinsfile",
        file: "Jenkinsfile",
        text: include_str!("ci/Jenkinsfile"),
        known: "bastide(",
    },
];

/// Writes the files that are missing, and prints the lines for those that are there.
///
/// # Errors
/// No spec, nobody to write for, a name that those files cannot hold, or the system refuses.
pub fn run(args: &Args) -> Result<ExitCode, IoFault> {
    let project = load(args.path.as_deref())?.root;
    let (root, folder) = match Repository::above(&project) {
        Some(Repository { root, within }) => (root, within.trim_end_matches('/').to_string()),
        None => (project, ".".to_string()),
    };
    plain("--rev", &args.rev)?;
    plain("the folder of the spec", &folder)?;
    let asked = |it: &&Lines| match args.provider.is_empty() {
        true => root.join(it.sign).exists(),
        false => args.provider.contains(&it.provider),
    };
    let chosen: Vec<&Lines> = PROVIDERS.iter().filter(asked).collect();
    if chosen.is_empty() {
        let why =
            "no CI system is at home here; `--provider pre-commit,github,gitlab,jenkins` says for which";
        return Err(IoFault::say(root, why));
    }
    let text = |it: &Lines| it.text.replace("REV", &args.rev).replace("FOLDER", &folder);
    let there = |it: &&Lines| std::fs::symlink_metadata(root.join(it.file)).is_ok();
    let (old, new): (Vec<&Lines>, Vec<&Lines>) = chosen.into_iter().partition(there);
    create(&root, &new.iter().map(|it| (it.file.to_string(), text(it))).collect::<Vec<_>>())?;
    new.iter().for_each(|it| terminal::say(&format!("{} written; it takes bastide {}\n", it.file, args.rev)));
    let read = standing(&root);
    let mut by_hand = false;
    for it in old {
        if read(it.file).is_some_and(|text| text.contains(it.known)) {
            terminal::say(&format!("{} names bastide already\n", it.file));
        } else {
            by_hand = true;
            terminal::say(&format!("{} is there and stays as it is; add to it:\n\n{}\n", it.file, text(it)));
        }
    }
    Ok(ExitCode::from(u8::from(by_hand)))
}

/// Refuses what YAML, Groovy, a shell or an expression of a CI system could read as something else.
fn plain(what: &str, text: &str) -> Result<(), IoFault> {
    let sign = |c: char| c.is_ascii_alphanumeric() || "._/-".contains(c);
    if !text.is_empty() && !text.starts_with('-') && text.chars().all(sign) {
        return Ok(());
    }
    let why =
        format!("`{text}` cannot stand in files of CI: only letters, digits, `.`, `_`, `/` and `-` can");
    Err(IoFault::say(what, why))
}
