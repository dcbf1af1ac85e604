//! Artifacts to disk: nothing is written when anything is refused, a hand edit is never lost, and a build that is
//! interrupted at any point is finished by the next one.
//!
//! [`plan::plan_writes`] compares every artifact with the disk and decides. Then [`apply`] writes what changes beside the
//! lock, puts a lock in place that knows each file's old and new bytes, renames file by file, and puts the final lock in
//! place.

mod apply;
mod built;
mod finding;
mod folder;
pub mod lock;
mod path;
mod plan;
mod repository;
mod single;
mod stage;
mod sweep;
mod threads;
mod writer;

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test that cannot set up its folder has failed")]
mod tests;

use crate::fault::IoFault;
use bastide_core::target::Artifact;
pub use built::{Built, built};
pub use finding::Findings;
use folder::{Folder, Root};
use lock::Lock;
use plan::{Change, Plan};
pub use repository::Repository;
pub use single::{create, replace, standing};
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, Debug, Default)]
pub struct Options<'o> {
    /// Take over files that were edited by hand or are not bastide's.
    pub force: bool,
    /// Write nothing, report what a build would change.
    pub check_only: bool,
    /// Only files below this folder are made; what the lock knows elsewhere stays as it is.
    pub below: Option<&'o str>,
}

/// Where a build writes.
#[derive(Clone, Copy, Debug)]
pub struct Place<'p> {
    /// The root of all output.
    pub root: &'p Path,
    /// Path of the lock below it.
    pub lock: &'p str,
    /// The repository the root lies in: paths that lead up out of the root end there.
    pub repository: Option<&'p Repository>,
}

/// What was written, or with `check_only` or a refusal what would have been. Paths are sorted.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Files that were not there.
    pub created: Vec<String>,
    /// Files whose text or mode changed.
    pub replaced: Vec<String>,
    /// Files that are no longer made.
    pub removed: Vec<String>,
    /// How many files were right already.
    pub unchanged: usize,
    /// Whether the tree is now as the artifacts say; false when refused or only checked.
    pub done: bool,
}

/// Brings the tree under the root to the artifacts. Nothing is written if a finding denies it, or with `check_only`.
///
/// # Errors
/// The disk refuses, or another build is running.
pub fn write(
    place: Place,
    options: Options,
    artifacts: &[Artifact],
    findings: &mut Findings,
) -> Result<Outcome, IoFault> {
    write_until(usize::MAX, place, options, artifacts, findings)
}

/// The same, stopping after so many steps on the disk as a crash would.
fn write_until(
    steps: usize,
    place: Place,
    options: Options,
    artifacts: &[Artifact],
    findings: &mut Findings,
) -> Result<Outcome, IoFault> {
    let new_folders = if options.check_only { vec![] } else { made_root(place.root)? };
    let outcome = alone(steps, place, options, artifacts, findings);
    if !outcome.as_ref().is_ok_and(|outcome| outcome.done) {
        take_back_root(&new_folders);
    }
    outcome
}

/// Writes while no other build does: the lock is read, and the tree compared, when nobody else changes them.
fn alone(
    steps: usize,
    place: Place,
    options: Options,
    artifacts: &[Artifact],
    findings: &mut Findings,
) -> Result<Outcome, IoFault> {
    let root = Root::open(place.root, place.lock, place.repository)?;
    let _alone = if options.check_only { None } else { Some(root.keep_others_out()?) };
    checked(steps, &root, options, artifacts, findings)
}

fn checked(
    steps: usize,
    root: &Root,
    options: Options,
    artifacts: &[Artifact],
    findings: &mut Findings,
) -> Result<Outcome, IoFault> {
    if let Folder::Refused(why) = root.folder(path::parent(root.lock()))? {
        findings.in_the_way(root.lock(), "bastide", &why);
        return Ok(Outcome::default());
    }
    let Some(text) = lock_text(root, findings)? else { return Ok(Outcome::default()) };
    let Some(lock) = lock_of(root, text.as_deref(), findings) else { return Ok(Outcome::default()) };
    let plan = plan::plan_writes(root, options, &lock, artifacts, findings)?;
    others(root, &plan, findings)?;
    let done = !options.check_only && !findings.refused();
    if done {
        apply::apply(steps, root, &lock, &plan)?;
    } else if !findings.refused() && !plan.known_by(&lock) {
        // Beside other changes it would be the same cause told twice.
        findings.stale(root.lock(), format!("`{}` does not list the files there are", root.lock()));
    }
    let known = lock.paths().count();
    if plan.removals.len() > FEW && plan.removals.len() * 2 > known {
        findings.most_removed(plan.removals.len(), known, done);
    }
    Ok(sum_up(&plan, done))
}

/// The text of the lock, if there is one; `None` if it is not read, which is told.
fn lock_text(root: &Root, findings: &mut Findings) -> Result<Option<Option<String>>, IoFault> {
    let read = lock::read(root, root.lock())?;
    Ok(read.map_err(|why| findings.lock_refused(root.lock(), why)).ok())
}

/// The lock of a text; `None` if it cannot be trusted, which is told.
fn lock_of<'t>(root: &Root, text: Option<&'t str>, findings: &mut Findings) -> Option<Lock<'t>> {
    let Some(text) = text else { return Some(Lock::default()) };
    let told = |(line, why): (usize, String)| findings.lock_unreadable(root.lock(), line, &why, text);
    Lock::parse(text).map_err(told).ok()
}

/// So many files may go without a word.
const FEW: usize = 4;

/// Refuses what another spec makes that writes below the same root: it has a lock of its own there.
fn others(root: &Root, plan: &Plan, findings: &mut Findings) -> Result<(), IoFault> {
    for path in lock::others(root)? {
        let text = match lock::read(root, &path)? {
            Ok(Some(text)) => text,
            Ok(None) => continue,
            Err(why) => {
                findings.lock_refused(&path, why);
                continue;
            }
        };
        let Ok(other) = Lock::parse(&text) else { continue };
        for file in plan.files.iter().filter(|file| other.knows(&file.artifact.path)) {
            findings.of_another_spec(&file.artifact.path, &file.artifact.from, &path);
        }
    }
    Ok(())
}

/// Makes the root; the folders that were not there, from the lowest.
fn made_root(root: &Path) -> Result<Vec<PathBuf>, IoFault> {
    let above = root.ancestors().filter(|it| !it.as_os_str().is_empty());
    let new: Vec<PathBuf> = above.take_while(|it| !it.exists()).map(Path::to_owned).collect();
    fs::create_dir_all(root).map_err(IoFault::at(root)).inspect_err(|_| take_back_root(&new))?;
    Ok(new)
}

/// Takes those folders away again that are empty.
fn take_back_root(new: &[PathBuf]) {
    for folder in new {
        let _ = fs::remove_dir(folder);
    }
}

fn sum_up(plan: &Plan, done: bool) -> Outcome {
    let mut outcome = Outcome { done, ..Outcome::default() };
    for file in &plan.files {
        let path = || file.artifact.path.clone();
        match file.change {
            Change::Nothing => outcome.unchanged += 1,
            Change::Create => outcome.created.push(path()),
            Change::Replace(_) | Change::Mode => outcome.replaced.push(path()),
        }
    }
    outcome.removed = plan.removals.iter().map(|(path, _)| path.clone()).collect();
    outcome
}
