//! The root of all output as an open folder. Whatever is done below it is done relative to open folders, to which no link
//! leads, even one that comes while a build is running.

use super::{Repository, path};
use crate::confined::{self, Dir, FollowSymlinks, Metadata};
use crate::fault::IoFault;
use blake3::{Hash, Hasher};
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// No file of bastide's is larger, in bytes; of one that is nothing is read.
pub const LARGEST: u64 = 256 << 20;

pub struct Root {
    path: PathBuf,
    dir: Option<Dir>,
    /// Its lock, as a path below it.
    lock: String,
    top: Option<Top>,
}

/// The root of the git repository that the root of all output is in, where forges read. What goes there has a path that
/// leads up to it, `../../.github/workflows/shop.yaml`, and through no link.
struct Top {
    /// The way up: `../../`.
    up: String,
    dir: Dir,
}

/// What stands at the path of a folder.
pub enum Folder {
    /// A folder inside the root.
    Here(Dir),
    Missing,
    /// Something no output may go through; says why, as in "`path` …".
    Refused(String),
}

/// What stands under a name in a folder.
pub enum Found {
    Nothing,
    File(Metadata),
    Folder,
    /// A link, which is not followed, or a device.
    Other,
}

impl Root {
    /// Opens the root, which may be a link: it is the user's word. It need not be there.
    pub fn open(path: &Path, lock: &str, repository: Option<&Repository>) -> Result<Root, IoFault> {
        let dir = match confined::open(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            opened => Some(opened.map_err(IoFault::at(path))?),
        };
        let top = repository.filter(|_| dir.is_some()).map(|it| {
            let dir = confined::open(&it.root).map_err(IoFault::at(&it.root))?;
            Ok(Top { up: it.up(), dir })
        });
        Ok(Root { path: path.to_owned(), dir, lock: lock.to_owned(), top: top.transpose()? })
    }

    /// The path of the lock.
    pub fn lock(&self) -> &str {
        &self.lock
    }

    /// Whether an output may have a path: why not, as in "`path` …".
    pub fn refusal(&self, path: &str) -> Option<&'static str> {
        path::refusal(self.above(path).map_or(path, |(_, rest)| rest))
    }

    /// The root of the repository and the rest of a path that leads up to it.
    fn above<'r, 'p>(&'r self, path: &'p str) -> Option<(&'r Dir, &'p str)> {
        let top = self.top.as_ref()?;
        let rest =
            path.strip_prefix(&top.up).or_else(|| (top.up.strip_suffix('/') == Some(path)).then_some(""));
        rest.map(|rest| (&top.dir, rest))
    }

    /// The open folder that a path begins at, and the rest of the path.
    ///
    /// # Errors
    /// It is not there.
    pub fn place<'r, 'p>(&'r self, path: &'p str) -> Result<(&'r Dir, &'p str), IoFault> {
        self.above(path).map_or_else(|| Ok((self.dir()?, path)), Ok)
    }

    /// A path below it, for people.
    pub fn at(&self, path: &str) -> PathBuf {
        self.path.join(path)
    }

    /// What an error of the system becomes that happened at a path below it.
    pub fn fault<'r>(&'r self, path: &'r str) -> impl Fn(io::Error) -> IoFault + 'r {
        move |error| IoFault { path: self.at(path), error }
    }

    /// The open folder.
    ///
    /// # Errors
    /// It is not there.
    pub fn dir(&self) -> Result<&Dir, IoFault> {
        self.dir.as_ref().ok_or_else(|| IoFault::say(&self.path, "there is no such folder"))
    }

    /// Locks the root against other builds for as long as the answer lives. Where folders cannot be locked, as on some
    /// file systems, two builds at once can end in a fault of one of them, never in a lost file.
    ///
    /// # Errors
    /// Another build is running, or the folder cannot be read.
    pub fn keep_others_out(&self) -> Result<File, IoFault> {
        let folder = self.dir()?.open(".").map_err(IoFault::at(&self.path))?.into_std();
        match folder.try_lock() {
            Err(TryLockError::WouldBlock) => {
                Err(IoFault::say(&self.path, "another build is running; wait for it"))
            }
            _ => Ok(folder),
        }
    }

    /// What stands at `path`, a checked output path or empty for the root. No link is followed: one that stays in the
    /// project leads into `.git` as well as anywhere.
    pub fn folder(&self, path: &str) -> Result<Folder, IoFault> {
        if self.dir.is_none() {
            return Ok(Folder::Missing);
        }
        let (dir, rest) = self.place(path)?;
        match confined::folder(dir, rest) {
            Ok(folder) => Ok(Folder::Here(folder)),
            Err(error) => self.why_not(dir, rest, error),
        }
    }

    /// Takes away a folder below it if it is empty, and says whether it was.
    pub fn remove_empty(&self, path: &str) -> bool {
        self.place(path).is_ok_and(|(dir, rest)| !rest.is_empty() && dir.remove_dir(rest).is_ok())
    }

    /// Takes away folders that were made for nothing: they come with the lowest last, and one that is not empty ends it.
    pub fn take_back(&self, made: &[String]) {
        made.iter().rev().all(|folder| self.remove_empty(folder));
    }

    /// The first step of a path that cannot be gone.
    fn why_not(&self, dir: &Dir, path: &str, error: io::Error) -> Result<Folder, IoFault> {
        for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
            let step = &path[..end];
            match dir.symlink_metadata(step) {
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Folder::Missing),
                Err(error) => return Err(self.fault(step)(error)),
                Ok(meta) if meta.is_dir() => {}
                Ok(meta) if meta.is_symlink() => {
                    return Ok(Folder::Refused(format!(
                        "goes through `{step}`, a link: none is followed where output goes"
                    )));
                }
                Ok(_) => {
                    return Ok(Folder::Refused(format!("needs a folder where the file `{step}` is")));
                }
            }
        }
        Err(self.fault(path)(error))
    }
}

/// What stands under a name.
pub fn look(folder: &Dir, name: &str) -> io::Result<Found> {
    match folder.symlink_metadata(name) {
        Ok(meta) if meta.is_file() => Ok(Found::File(meta)),
        Ok(meta) if meta.is_dir() => Ok(Found::Folder),
        Ok(_) => Ok(Found::Other),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(Found::Nothing),
        Err(error) => Err(error),
    }
}

/// The hash of what a file holds; `None` if it is none, or holds more than any file of bastide's.
pub fn hash_of(folder: &Dir, name: &str) -> io::Result<Option<Hash>> {
    let Some((file, _)) = confined::regular(folder, name, FollowSymlinks::No)? else { return Ok(None) };
    let mut hasher = Hasher::new();
    hasher.update_reader(file.take(LARGEST + 1))?;
    Ok((hasher.count() <= LARGEST).then(|| hasher.finalize()))
}

/// What a file holds; `None` if it is none, or holds more than `limit` bytes.
pub fn bytes_of(folder: &Dir, name: &str, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let file = confined::regular(folder, name, FollowSymlinks::No)?;
    file.map_or(Ok(None), |(file, _)| confined::bytes(file, limit))
}
