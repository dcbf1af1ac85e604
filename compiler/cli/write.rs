//! Artifacts to disk: nothing is written when anything is refused, a hand edit is never lost, a torn build is resumed.
//!
//! A build has two passes over the artifacts. The first (`survey`) compares each with the disk and decides; the
//! second (`apply`) writes what differs, announced in a journal that the next build reads if this one is torn.

mod apply;
mod fault;
mod handle;
mod journal;
mod kept;
mod lock;
mod long;
mod path;
mod stage;
mod survey;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot set up its folder has failed")]
mod tests;

pub use bastide_core::target::{Artifact, Made};
use journal::Journal;
use lock::Lock;
use stage::Stage;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use survey::{State, Survey};

pub use fault::Fault;

/// How to write.
#[derive(Clone, Debug)]
pub struct Options {
    /// Path of the lock, relative to the out root; the journal stands beside it.
    pub lock: String,
    /// Take over files that were edited by hand or are not bastide's.
    pub force: bool,
    /// Write nothing, report what a build would change.
    pub check_only: bool,
    /// Folder for a temporary file.
    pub temporary: PathBuf,
    /// Stops after so many changes to the disk, as a crash would.
    #[cfg(test)]
    pub stop_after: Option<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            lock: "deploy/bastide.lock".into(),
            force: false,
            check_only: false,
            temporary: std::env::temp_dir(),
            #[cfg(test)]
            stop_after: None,
        }
    }
}

/// Renders all artifacts into the sink, always the same in the same order, and says whether all could be rendered.
/// Called twice if there is no room to keep the texts between the passes.
pub type Render<'a> = dyn FnMut(&mut dyn FnMut(Made<'_>)) -> bool + 'a;

/// The disk did not do what was asked; the program cannot work (exit code 2).
#[derive(Debug)]
pub struct IoFault {
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub error: io::Error,
}

impl IoFault {
    fn at(path: &Path) -> impl FnOnce(io::Error) -> IoFault + '_ {
        |error| IoFault { path: path.to_owned(), error }
    }

    fn say(path: &Path, words: &str) -> IoFault {
        IoFault { path: path.to_owned(), error: io::Error::other(words) }
    }
}

impl fmt::Display for IoFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.path.display(), self.error)
    }
}

impl std::error::Error for IoFault {}

/// What was written, or with `check_only` or a refusal what would have been. Paths are sorted.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files that were not there.
    pub fresh: Vec<String>,
    /// Files whose text or mode changed.
    pub replaced: Vec<String>,
    /// Files that are no longer made.
    pub removed: Vec<String>,
    /// How many files were right already.
    pub unchanged: usize,
    /// Whether a torn build was resumed.
    pub resumed: bool,
    /// Whether the tree is now as the artifacts say; false when refused, only checked, or not rendered.
    pub done: bool,
    /// What the user must know; [`Outcome::tell`] turns it into findings.
    pub faults: Vec<Fault>,
}

/// Brings the tree under `root` to what `render` makes. Nothing is written if a fault is a refusal,
/// if `render` says false, or with `check_only`.
///
/// # Errors
/// The disk refuses, or another build is running.
pub fn write(root: &Path, options: &Options, render: &mut Render) -> Result<Outcome, IoFault> {
    let mut outcome = Outcome::default();
    if let Some(why) = path::refusal(&options.lock) {
        outcome.faults.push(Fault::path(&options.lock, "the setting of the lock file", why));
        return Ok(outcome);
    }
    let mut folders = path::Folders::new(root);
    if let Some(why) = folders.refusal_above(&options.lock)? {
        outcome.faults.push(Fault::place(&options.lock, "the setting of the lock file", why));
        return Ok(outcome);
    }
    let journal = Journal::open(root, options)?;
    let lock = match Lock::read(root, &options.lock)? {
        Ok(lock) => lock,
        Err(fault) => {
            outcome.faults.push(fault);
            return Ok(outcome);
        }
    };
    let stage = Stage::new(root, options.check_only)?;
    let mut survey = Survey::new(root, options, &lock, journal.made(), folders, stage);
    if !survey.run(render)? {
        return Ok(outcome);
    }
    survey.leftovers()?;
    outcome.faults = std::mem::take(&mut survey.faults);
    // A finding for the lock alone: beside other changes it would be the same cause told twice.
    if options.check_only && !outcome.refused() && !survey.same_lock() {
        outcome.faults.push(Fault::stale_lock(&options.lock));
    }
    outcome.resumed = journal.old;
    if !options.check_only && !outcome.refused() {
        apply::apply(root, options, &mut survey, journal, render)?;
        outcome.done = true;
    }
    sum_up(survey, &mut outcome);
    Ok(outcome)
}

fn sum_up(survey: Survey, outcome: &mut Outcome) {
    for (path, record) in survey.plan {
        match record.state {
            State::Same => outcome.unchanged += 1,
            State::Fresh | State::Staged => outcome.fresh.push(path),
            State::Replace(_) | State::Mode => outcome.replaced.push(path),
        }
    }
    outcome.removed = survey.removals.into_keys().collect();
}

impl Outcome {
    /// Whether a fault stopped the build.
    pub fn refused(&self) -> bool {
        self.faults.iter().any(Fault::denies)
    }
}
