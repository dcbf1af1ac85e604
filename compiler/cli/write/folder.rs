//! The root of all output as an open folder. Whatever is done below it goes through `cap-std`, which has the system
//! resolve each path below the open folder: no link leads out of it, even one that comes while a build is running.

use super::{Repository, path};
use crate::fault::IoFault;
use blake3::{Hash, Hasher};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, Metadata};
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

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
        let dir = match Dir::open_ambient_dir(path, ambient_authority()) {
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            opened => Some(opened.map_err(IoFault::at(path))?),
        };
        let top = repository.filter(|_| dir.is_some()).map(|it| {
            let dir = Dir::open_ambient_dir(&it.root, ambient_authority()).map_err(IoFault::at(&it.root))?;
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
    pub fn keep_others_out(&self) -> Result<Option<File>, IoFault> {
        let Ok(folder) = File::open(&self.path) else { return Ok(None) };
        match folder.try_lock() {
            Err(TryLockError::WouldBlock) => {
                Err(IoFault::say(&self.path, "another build is running; wait for it"))
            }
            _ => Ok(Some(folder)),
        }
    }

    /// What stands at `path`, a checked output path or empty for the root.
    pub fn folder(&self, path: &str) -> Result<Folder, IoFault> {
        if self.dir.is_none() {
            return Ok(Folder::Missing);
        }
        let (dir, rest) = self.place(path)?;
        if self.above(path).is_some()
            && let Some(link) = link(dir, rest)
        {
            return Ok(Folder::Refused(format!(
                "goes through `{link}`, a link: outside the folder of the spec none is followed"
            )));
        }
        let opened = if rest.is_empty() { dir.try_clone() } else { dir.open_dir(rest) };
        match opened {
            Ok(folder) => Ok(Folder::Here(folder)),
            Err(error) => self.why_not(dir, rest, error),
        }
    }

    /// Takes away a folder below it if it is empty, and says whether it was.
    pub fn remove_empty(&self, path: &str) -> bool {
        self.place(path).is_ok_and(|(dir, rest)| !rest.is_empty() && dir.remove_dir(rest).is_ok())
    }

    /// The first step of a path that cannot be gone.
    fn why_not(&self, dir: &Dir, path: &str, error: io::Error) -> Result<Folder, IoFault> {
        for (end, _) in path.match_indices('/').chain([(path.len(), "")]) {
            let step = &path[..end];
            match dir.symlink_metadata(step) {
                Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Folder::Missing),
                Err(error) => return Err(self.fault(step)(error)),
                Ok(meta) if meta.is_dir() || (meta.is_symlink() && dir.is_dir(step)) => {}
                Ok(meta) if meta.is_symlink() => {
                    return Ok(Folder::Refused(format!(
                        "goes through `{step}`, a link that leads out of the output folder or nowhere"
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

/// The first step of a path that is a link.
fn link<'p>(dir: &Dir, path: &'p str) -> Option<&'p str> {
    let mut steps = path.match_indices('/').map(|(end, _)| end).chain([path.len()]).map(|end| &path[..end]);
    steps.find(|step| dir.symlink_metadata(step).is_ok_and(|meta| meta.is_symlink()))
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

/// The hash of what a file holds.
pub fn hash_of(folder: &Dir, name: &str) -> io::Result<Hash> {
    Ok(Hasher::new().update_reader(folder.open(name)?)?.finalize())
}
