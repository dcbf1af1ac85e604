//! The git repository a project lies in, found by its `.git`: forges read pipelines at its root, and nowhere else.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// A repository and a folder in it.
#[derive(Clone, Debug)]
pub struct Repository {
    /// Its root, links followed.
    pub root: PathBuf,
    /// The way from there to the folder, with a `/` behind it.
    pub within: String,
}

impl Repository {
    /// The repository that holds a folder below its root. None if the folder is the root itself, if there is no repository,
    /// or if no path in it can be written down.
    pub fn above(folder: &Path) -> Option<Repository> {
        let real = fs::canonicalize(folder).ok()?;
        let root = real.ancestors().find(|folder| is_root(folder))?;
        let within = real.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/");
        let plain = real.to_str().is_some() && !within.is_empty() && !within.chars().any(char::is_control);
        plain.then(|| Repository { root: root.to_path_buf(), within: within + "/" })
    }

    /// The way from the folder to the root: `../../`.
    pub fn up(&self) -> String {
        "../".repeat(self.within.matches('/').count())
    }
}

/// Whether a folder is the root of a repository, or of a worktree or submodule, where `.git` is a file.
fn is_root(folder: &Path) -> bool {
    let git = folder.join(".git");
    git.join("HEAD").is_file() || points_to_one(&git).unwrap_or(false)
}

/// Whether a file says where the folder of a repository is.
fn points_to_one(git: &Path) -> io::Result<bool> {
    let mut head = [0; 7];
    Ok(fs::metadata(git)?.is_file() && {
        fs::File::open(git)?.read_exact(&mut head)?;
        head == *b"gitdir:"
    })
}
