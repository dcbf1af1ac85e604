//! The changes of a plan. Files are replaced one by one, each whole or not at all; the lock says before the first of
//! them what is there and what comes, and after the last what is there then.

use super::folder::{Folder, Found, Root, hash_of, look};
use super::lock::{self, Lock};
use super::plan::{Change, File, Plan};
use super::{path, threads};
use crate::fault::IoFault;
use blake3::Hash;
use cap_std::fs::{self, Dir, OpenOptions, Permissions};
use std::collections::BTreeSet;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::sync::atomic::{AtomicUsize, Ordering};

/// How the names of temporary files begin; no output may have such a name.
const TEMPORARY: &str = ".bastide-tmp-";
/// What earlier releases left when they were interrupted: a journal beside the lock, and in the root a folder of files
/// that were to be moved, known by the lock it holds.
const JOURNAL: &str = "deploy/.bastide-journal";
const STAGING: &str = ".bastide-new";

/// Changes the tree; on return it is as planned. After so many `steps` the disk stops, as a crash would.
pub fn apply(steps: usize, root: &Root, lock: &Lock, plan: &Plan) -> Result<(), IoFault> {
    let writer = Writer { root, steps: steps.into(), names: RandomState::new(), made: AtomicUsize::new(0) };
    writer.sweep(lock)?;
    if plan.changes() {
        writer.put_lock(&plan.interim_lock(), true)?;
        let changed: Vec<&File> = plan.files.iter().filter(|it| it.change != Change::Nothing).collect();
        threads::in_parts(&changed, |part| writer.put_all(part))?;
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

impl Writer<'_> {
    fn step(&self) -> io::Result<()> {
        let left = self.steps.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        left.map(drop).map_err(|_| io::Error::other("stopped"))
    }

    /// Takes away what interrupted builds left: temporary files, and folders that were about to be removed.
    fn sweep(&self, lock: &Lock) -> Result<(), IoFault> {
        let dir = self.root.dir()?;
        let is_file = |path: &str| dir.symlink_metadata(path).is_ok_and(|meta| meta.is_file());
        if is_file(&format!("{STAGING}/lock")) {
            dir.remove_dir_all(STAGING).map_err(IoFault::at(&self.root.at(STAGING)))?;
        }
        self.sweep_folder(path::parent(lock::PATH))?;
        let earlier = is_file(JOURNAL);
        if lock.interim || earlier {
            let folders: BTreeSet<&str> = lock.paths().map(path::parent).collect();
            for folder in folders.into_iter().rev() {
                self.sweep_folder(folder)?;
                self.remove_empty(folder);
            }
        }
        if earlier { dir.remove_file(JOURNAL).map_err(IoFault::at(&self.root.at(JOURNAL))) } else { Ok(()) }
    }

    fn sweep_folder(&self, path: &str) -> Result<(), IoFault> {
        let Folder::Here(folder) = self.root.folder(path)? else { return Ok(()) };
        for entry in folder.entries().map_err(IoFault::at(&self.root.at(path)))?.flatten() {
            let name = entry.file_name();
            let temporary = name.to_string_lossy().starts_with(TEMPORARY);
            if temporary && entry.file_type().is_ok_and(|kind| !kind.is_dir()) {
                folder.remove_file(&name).map_err(IoFault::at(&self.root.at(path).join(&name)))?;
            }
        }
        Ok(())
    }

    fn put_all(&self, files: &[&File]) -> Result<Vec<()>, IoFault> {
        for files in files.chunk_by(|left, right| left.folder() == right.folder()) {
            let folder = self.folder(files[0].folder())?;
            files.iter().try_for_each(|file| self.put(&folder, file))?;
        }
        Ok(vec![])
    }

    /// The folder at a path, made if it is missing.
    fn folder(&self, path: &str) -> Result<Dir, IoFault> {
        if let Folder::Here(folder) = self.root.folder(path)? {
            return Ok(folder);
        }
        let dir = self.root.dir()?;
        let made = dir.create_dir_all(path).and_then(|()| dir.open_dir(path));
        made.map_err(IoFault::at(&self.root.at(path)))
    }

    fn put(&self, folder: &Dir, file: &File) -> Result<(), IoFault> {
        let (name, place) = (path::name(&file.artifact.path), self.root.at(&file.artifact.path));
        let put = |old: Option<Hash>| {
            let permissions =
                old.map(|_| folder.symlink_metadata(name)).transpose()?.map(|it| it.permissions());
            let (bytes, executable) = (file.artifact.text.as_bytes(), file.artifact.executable);
            let new = New { bytes, permissions, executable, sync: false };
            self.swap(folder, name, new, || still(folder, name, old))
        };
        let done = match file.change {
            Change::Nothing => Ok(()),
            Change::Mode => self.step().and_then(|()| make_executable(&folder.open(name)?)),
            Change::Create => put(None),
            Change::Replace(old) => put(Some(old)),
        };
        done.map_err(IoFault::at(&place))
    }

    fn put_lock(&self, text: &str, sync: bool) -> Result<(), IoFault> {
        let folder = self.folder(path::parent(lock::PATH))?;
        let new = New { bytes: text.as_bytes(), permissions: None, executable: false, sync };
        let done = self.swap(&folder, path::name(lock::PATH), new, || Ok(()));
        done.map_err(IoFault::at(&self.root.at(lock::PATH)))
    }

    /// Puts a file in its place in one step, if what is there may still go: that is asked last.
    fn swap(
        &self,
        folder: &Dir,
        name: &str,
        mut new: New,
        may_go: impl FnOnce() -> io::Result<()>,
    ) -> io::Result<()> {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        let temporary = format!("{TEMPORARY}{:016x}", self.names.hash_one(number));
        let crash = self.step();
        if crash.is_err() {
            new.bytes = &new.bytes[..new.bytes.len() / 2];
        }
        let done = fill(folder, &temporary, new)
            .and(crash)
            .and_then(|()| self.step())
            .and_then(|()| may_go())
            .and_then(|()| folder.rename(&temporary, folder, name));
        if done.is_err() && self.steps.load(Ordering::Relaxed) > 0 {
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
        removed.map_err(IoFault::at(&self.root.at(path)))?;
        self.remove_empty(path::parent(path));
        Ok(())
    }

    /// Takes away a folder and those above that are empty then, never the root.
    fn remove_empty(&self, folder: &str) {
        let mut all = [folder].into_iter().chain(path::above(folder)).filter(|it| !it.is_empty());
        let _ = self.root.dir().map(|dir| all.try_for_each(|it| dir.remove_dir(it)));
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
