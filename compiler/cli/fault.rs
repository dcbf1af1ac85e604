//! Why the program could not work: exit code 2. What is wrong with a spec or a tree is a finding instead.

use std::path::{Path, PathBuf};
use std::{fmt, io};

/// The disk, git or an argument is not as it has to be.
#[derive(Debug)]
pub struct IoFault {
    /// The file, folder or argument.
    pub path: PathBuf,
    /// What the system said.
    pub error: io::Error,
}

impl IoFault {
    /// What an error of the system becomes that happened at a path.
    pub fn at(path: &Path) -> impl Fn(io::Error) -> IoFault + '_ {
        |error| IoFault { path: path.to_owned(), error }
    }

    /// A fault in words of our own.
    pub fn say(path: impl Into<PathBuf>, words: impl Into<String>) -> IoFault {
        IoFault { path: path.into(), error: io::Error::other(words.into()) }
    }
}

impl fmt::Display for IoFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for IoFault {}
