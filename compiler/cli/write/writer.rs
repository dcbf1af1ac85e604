//! Files as they come onto the disk: each whole, under a name nobody can guess, and then renamed to its place.

use super::folder::{Found, Root, hash_of, look};
use super::path;
use super::plan::File;
use super::sweep::TEMPORARY;
use crate::confined::{self, Dir};
use blake3::Hash;
use cap_std::fs::{self, OpenOptions, Permissions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Everything that changes the disk.
pub struct Writer<'w> {
    pub root: &'w Root,
    /// Steps left until the disk stops; never reached outside tests.
    steps: AtomicUsize,
    /// Keys of the system's, from which the names of temporary files are made: nobody can guess them.
    names: RandomState,
    /// How many temporary files were made.
    made: AtomicUsize,
}

/// A file that comes in the place of another, or of nothing.
pub struct New<'n> {
    pub bytes: &'n [u8],
    pub permissions: Option<Permissions>,
    pub executable: bool,
    /// Whether its bytes are to be on the disk before it takes its place.
    pub sync: bool,
}

impl<'n> New<'n> {
    pub fn of(file: &File<'n>, permissions: Option<Permissions>) -> Self {
        let (bytes, executable) = (file.artifact.text.as_bytes(), file.artifact.executable);
        New { bytes, permissions, executable, sync: false }
    }
}

impl<'w> Writer<'w> {
    /// A writer that stops after so many `steps`, as a crash would.
    pub fn new(root: &'w Root, steps: usize) -> Writer<'w> {
        Writer { root, steps: steps.into(), names: RandomState::new(), made: AtomicUsize::new(0) }
    }

    pub fn step(&self) -> io::Result<()> {
        let left = self.steps.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        left.map(drop).map_err(|_| io::Error::other("stopped"))
    }

    pub fn stopped(&self) -> bool {
        self.steps.load(Ordering::Relaxed) == 0
    }

    pub fn temporary(&self) -> String {
        format!("{TEMPORARY}{:016x}", self.names.hash_one(self.made.fetch_add(1, Ordering::Relaxed)))
    }

    /// Writes a file that is not there yet.
    pub fn fill(&self, folder: &Dir, name: &str, mut new: New) -> io::Result<()> {
        let crash = self.step();
        if crash.is_err() {
            new.bytes = &new.bytes[..new.bytes.len() / 2];
        }
        fill(folder, name, new).and(crash)
    }

    /// Puts a file in its place in one step, if what is there may still go: that is asked last.
    pub fn swap(
        &self,
        folder: &Dir,
        name: &str,
        new: New,
        may_go: impl FnOnce() -> io::Result<()>,
    ) -> io::Result<()> {
        let temporary = self.temporary();
        let done = self
            .fill(folder, &temporary, new)
            .and_then(|()| self.step())
            .and_then(|()| may_go())
            .and_then(|()| folder.rename(&temporary, folder, name));
        if done.is_err() && !self.stopped() {
            let _ = folder.remove_file(&temporary);
        }
        done
    }

    /// The folder at a path, made if it is missing.
    pub fn folder(&self, path: &str, made: &mut Vec<String>) -> io::Result<Dir> {
        let (dir, rest) = self.root.place(path).map_err(|fault| fault.error)?;
        confined::make_folder(dir, rest, made)
    }
}

fn fill(folder: &Dir, name: &str, new: New) -> io::Result<()> {
    // Nothing is opened that is there already, and no link is followed.
    let mut file = folder.open_with(name, OpenOptions::new().write(true).create_new(true))?;
    file.write_all(new.bytes)?;
    if let Some(permissions) = new.permissions {
        file.set_permissions(permissions)?;
    }
    if new.executable {
        make_executable(&file)?;
    }
    if new.sync { file.sync_all() } else { Ok(()) }
}

/// A file is touched only if it is still what the plan saw.
pub fn still(folder: &Dir, path: &str, seen: Option<Hash>) -> io::Result<()> {
    let name = path::name(path);
    let now = match look(folder, name)? {
        Found::Nothing => Some(None),
        Found::File(_) => hash_of(folder, name)?.map(Some),
        Found::Folder | Found::Other => None,
    };
    let changed = || io::Error::other("the file was changed while the build was running; build again");
    if now == Some(seen) { Ok(()) } else { Err(changed()) }
}

/// Lets who may read a file run it.
#[cfg(unix)]
fn make_executable(file: &fs::File) -> io::Result<()> {
    use cap_std::fs::PermissionsExt;
    let mut permissions = file.metadata()?.permissions();
    let mode = permissions.mode();
    permissions.set_mode(mode | (mode & 0o444) >> 2 | 0o100);
    file.set_permissions(permissions)
}

#[cfg(not(unix))]
fn make_executable(_: &fs::File) -> io::Result<()> {
    Ok(())
}
