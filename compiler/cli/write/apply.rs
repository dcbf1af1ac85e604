//! The changes of a plan. Files are replaced one by one, each whole or not at all; the lock says before the first of
//! them what is there and what comes, and after the last what is there then.

use super::folder::{Folder, Found, Root, hash_of, look};
use super::lock::Lock;
use super::plan::{Change, File, Plan};
use super::sweep::{TEMPORARY, sweep};
use super::{path, threads};
use crate::fault::IoFault;
use blake3::Hash;
use cap_std::fs::{self, Dir, OpenOptions, Permissions};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Changes the tree; on return it is as planned. After so many `steps` the disk stops, as a crash would.
pub fn apply(steps: usize, root: &Root, lock: &Lock, plan: &Plan) -> Result<(), IoFault> {
    let writer = Writer { root, steps: steps.into(), names: RandomState::new(), made: AtomicUsize::new(0) };
    sweep(root, lock)?;
    if plan.changes() {
        writer.put_lock(&plan.interim_lock(), true)?;
        let changed: Vec<&File> = plan.files.iter().filter(|it| it.change != Change::Nothing).collect();
        let folders: Vec<&[&File]> = changed.chunk_by(|one, other| one.folder() == other.folder()).collect();
        // Those that are above others are there before threads share the rest.
        folders.iter().try_for_each(|files| writer.folder(path::parent(files[0].folder())).map(drop))?;
        threads::in_parts(&folders, |part| writer.put_all(part))?;
        plan.removals.iter().try_for_each(|(path, hash)| writer.remove(path, *hash))?;
    }
    match plan.final_lock(lock) {
        Some(text) if plan.changes() || lock.text != Some(&text) => writer.put_lock(&text, false),
        _ => Ok(()),
    }
}

/// Everything that changes the disk.
struct Writer<'w> {
    root: &'w Root,
    /// Steps left until the disk stops; never reached outside tests.
    steps: AtomicUsize,
    /// Keys of the system's, from which the names of temporary files are made: nobody can guess them.
    names: RandomState,
    /// How many temporary files were made.
    made: AtomicUsize,
}

/// A file that comes in the place of another, or of nothing.
struct New<'n> {
    bytes: &'n [u8],
    permissions: Option<Permissions>,
    executable: bool,
    /// Whether its bytes are to be on the disk before it takes its place.
    sync: bool,
}

impl<'n> New<'n> {
    fn of(file: &File<'n>, permissions: Option<Permissions>) -> Self {
        let (bytes, executable) = (file.artifact.text.as_bytes(), file.artifact.executable);
        New { bytes, permissions, executable, sync: false }
    }
}

impl Writer<'_> {
    fn step(&self) -> io::Result<()> {
        let left = self.steps.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        left.map(drop).map_err(|_| io::Error::other("stopped"))
    }

    fn stopped(&self) -> bool {
        self.steps.load(Ordering::Relaxed) == 0
    }

    fn temporary(&self) -> String {
        format!("{TEMPORARY}{:016x}", self.names.hash_one(self.made.fetch_add(1, Ordering::Relaxed)))
    }

    /// Puts files, those of a folder together.
    fn put_all(&self, folders: &[&[&File]]) -> Result<Vec<()>, IoFault> {
        for files in folders {
            let path = files[0].folder();
            let (dir, rest) = self.root.place(path)?;
            let missing = !rest.is_empty() && dir.open_dir(rest).is_err();
            if !missing || !self.put_folder(path, files)? {
                let folder = self.folder(path)?;
                files.iter().try_for_each(|file| self.put(&folder, file))?;
            }
        }
        Ok(vec![])
    }

    /// The folder at a path, made if it is missing.
    fn folder(&self, path: &str) -> Result<Dir, IoFault> {
        let (dir, rest) = self.root.place(path)?;
        let opened = match rest {
            "" => dir.try_clone(),
            _ => dir.open_dir(rest).or_else(|_| dir.create_dir_all(rest).and_then(|()| dir.open_dir(rest))),
        };
        opened.map_err(self.root.fault(path))
    }

    /// Makes a folder and its files under another name and moves it to its place, which is half the work of moving each
    /// file. False if that does not go, because the folder came meanwhile: then each is tried by itself.
    fn put_folder(&self, path: &str, files: &[&File]) -> Result<bool, IoFault> {
        let above = self.folder(path::parent(path))?;
        let temporary = self.temporary();
        let fill_folder = || {
            above.create_dir(&temporary)?;
            let folder = above.open_dir(&temporary)?;
            files.iter().try_for_each(|file| {
                self.step()?;
                fill(&folder, path::name(&file.artifact.path), New::of(file, None))
            })?;
            self.step()?;
            above.rename(&temporary, &above, path::name(path))
        };
        match fill_folder() {
            Err(error) if self.stopped() => Err(self.root.fault(path)(error)),
            Err(_) => {
                let _ = above.remove_dir_all(&temporary);
                Ok(false)
            }
            Ok(()) => Ok(true),
        }
    }

    fn put(&self, folder: &Dir, file: &File) -> Result<(), IoFault> {
        let (path, name) = (&file.artifact.path, path::name(&file.artifact.path));
        let put = |old: Option<Hash>| {
            let old_file = old.map(|_| folder.symlink_metadata(name)).transpose()?;
            let new = New::of(file, old_file.map(|it| it.permissions()));
            self.swap(folder, name, new, || still(folder, name, old))
        };
        let done = match file.change {
            Change::Nothing => Ok(()),
            Change::Mode => self.step().and_then(|()| make_executable(&folder.open(name)?)),
            Change::Create => put(None),
            Change::Replace(old) => put(Some(old)),
        };
        done.map_err(self.root.fault(path))
    }

    fn put_lock(&self, text: &str, sync: bool) -> Result<(), IoFault> {
        let lock = self.root.lock();
        let folder = self.folder(path::parent(lock))?;
        let new = New { bytes: text.as_bytes(), permissions: None, executable: false, sync };
        let done = self.swap(&folder, path::name(lock), new, || Ok(()));
        done.map_err(self.root.fault(lock))
    }

    /// Puts a file in its place in one step, if what is there may still go: that is asked last.
    fn swap(
        &self,
        folder: &Dir,
        name: &str,
        mut new: New,
        may_go: impl FnOnce() -> io::Result<()>,
    ) -> io::Result<()> {
        let temporary = self.temporary();
        let crash = self.step();
        if crash.is_err() {
            new.bytes = &new.bytes[..new.bytes.len() / 2];
        }
        let done = fill(folder, &temporary, new)
            .and(crash)
            .and_then(|()| self.step())
            .and_then(|()| may_go())
            .and_then(|()| folder.rename(&temporary, folder, name));
        if done.is_err() && !self.stopped() {
            let _ = folder.remove_file(&temporary);
        }
        done
    }

    /// Takes a file away and the folders that are empty then.
    fn remove(&self, path: &str, seen: Hash) -> Result<(), IoFault> {
        let Folder::Here(folder) = self.root.folder(path::parent(path))? else { return Ok(()) };
        let name = path::name(path);
        let removed = self.step().and_then(|()| still(&folder, name, Some(seen)));
        let removed = removed.and_then(|()| folder.remove_file(name)).and_then(|()| self.step());
        removed.map_err(self.root.fault(path))?;
        path::above(path).all(|folder| self.root.remove_empty(folder));
        Ok(())
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
fn still(folder: &Dir, name: &str, seen: Option<Hash>) -> io::Result<()> {
    let now = match look(folder, name)? {
        Found::Nothing => Some(None),
        Found::File(_) => Some(Some(hash_of(folder, name)?)),
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
