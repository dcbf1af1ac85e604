//! A project's folder on disk. What is read lies below it, links followed, and is a regular file of a size that can be
//! held: the steps of each path are resolved by the system below the open folder.

use super::path_kind::{PathKind, PlainFolders};
use super::refusal::Refusal;
use crate::confined::{self, Dir, FollowSymlinks};
use crate::fault::IoFault;
use std::cell::OnceCell;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

/// So many files and folders are looked through for one pattern.
const ENTRIES: usize = 1_000_000;

pub struct Disk {
    root: PathBuf,
    /// The open root, opened when first needed.
    dir: OnceCell<Dir>,
    /// Folders of it that were looked at.
    plain: PlainFolders,
}

/// What stands right in a folder.
pub struct Entry {
    pub path: PathBuf,
    /// Whether it is a folder, and no link to one.
    pub folder: bool,
}

impl Disk {
    pub fn new(root: PathBuf) -> Disk {
        Disk { root, dir: OnceCell::new(), plain: PlainFolders::default() }
    }

    /// What lies under a path.
    ///
    /// # Errors
    /// A folder on the way cannot be read.
    pub fn kind_of(&self, path: &Path) -> Result<PathKind, IoFault> {
        self.plain.kind_of(&self.root, path).map_err(self.fault(path))
    }

    /// What a file holds, unless it is more than `limit` bytes.
    ///
    /// # Errors
    /// The system refuses.
    pub fn read(&self, path: &Path, limit: u64) -> Result<Result<Vec<u8>, Refusal>, IoFault> {
        match self.kind_of(path)? {
            PathKind::File => {}
            PathKind::Missing => return Ok(Err(Refusal::Missing)),
            PathKind::Outside => return Ok(Err(Refusal::Outside)),
            PathKind::Folder | PathKind::Other => return Ok(Err(Refusal::NotAFile)),
        }
        let opened = self.below(path, |dir, path| confined::regular(dir, path, FollowSymlinks::Yes));
        let file = match opened {
            Ok(Some((file, _))) => file,
            Ok(None) => return Ok(Err(Refusal::NotAFile)),
            // It was swapped for a link since it was looked at.
            Err(error) if confined::led_out(&error) => return Ok(Err(Refusal::Outside)),
            Err(error) => return Err(self.fault(path)(error)),
        };
        let bytes = confined::bytes(file, limit).map_err(self.fault(path))?;
        Ok(bytes.ok_or(Refusal::TooLarge(limit)))
    }

    /// What stands right in a folder, sorted; nothing if it is none of the project's.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn entries(&self, folder: &Path) -> Result<Vec<Entry>, IoFault> {
        if self.kind_of(folder)? != PathKind::Folder {
            return Ok(vec![]);
        }
        let opened = self.below(folder, |dir, path| match path.as_os_str().is_empty() {
            true => dir.try_clone(),
            false => dir.open_dir(path),
        });
        let dir = match opened {
            Err(error) if confined::led_out(&error) || error.kind() == ErrorKind::NotADirectory => {
                return Ok(vec![]);
            }
            opened => opened.map_err(self.fault(folder))?,
        };
        let mut found = vec![];
        for entry in dir.entries().map_err(self.fault(folder))? {
            let entry = entry.map_err(self.fault(folder))?;
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            found.push(Entry { path: folder.join(entry.file_name()), folder: is_folder });
        }
        found.sort_by(|left, right| left.path.cmp(&right.path));
        Ok(found)
    }

    /// All files below a folder, so many folders deep; what is `passed` over is not looked into. Links to folders are not
    /// followed, as they may lead in a circle, and come as files.
    ///
    /// # Errors
    /// A folder cannot be read, or there are too many files.
    pub fn walk(
        &self,
        folder: &Path,
        depth: usize,
        passed: fn(&OsStr) -> bool,
    ) -> Result<Vec<PathBuf>, IoFault> {
        let (mut found, mut waiting, mut seen) = (vec![], vec![(folder.to_path_buf(), depth)], 0);
        while let Some((next, depth)) = waiting.pop() {
            for Entry { path, folder } in self.entries(&next)? {
                seen += 1;
                match path.file_name() {
                    Some(name) if passed(name) => {}
                    _ if !folder => found.push(path),
                    _ if depth > 0 => waiting.push((path, depth - 1)),
                    _ => {}
                }
            }
            if seen > ENTRIES {
                let why = format!("more than {ENTRIES} files are here; name the folder that is meant");
                return Err(IoFault::say(self.root.join(folder), why));
            }
        }
        Ok(found)
    }

    /// Whether its owner may run the file under a path.
    pub fn executable(&self, path: &Path) -> bool {
        let opened = self.below(path, |dir, path| dir.metadata(path));
        // Where files have no such bit, none of them has it.
        opened.is_ok_and(|meta| confined::executable(&meta).unwrap_or(false))
    }

    /// Does something below the open root. A link that is absolute and leads back into the root is an honest one, which
    /// only a path without links shows.
    fn below<T>(&self, path: &Path, act: impl Fn(&Dir, &Path) -> io::Result<T>) -> io::Result<T> {
        let dir = match self.dir.get() {
            Some(dir) => dir,
            None => {
                let dir = confined::open(&self.root)?;
                self.dir.get_or_init(|| dir)
            }
        };
        let plain: PathBuf = path.components().collect();
        match act(dir, &plain) {
            Err(error) if confined::led_out(&error) => {
                let real = fs::canonicalize(&self.root).and_then(|root| {
                    let real = fs::canonicalize(self.root.join(path))?;
                    Ok(real.strip_prefix(root).ok().map(Path::to_path_buf))
                });
                real.ok().flatten().map_or(Err(error), |real| act(dir, &real))
            }
            done => done,
        }
    }

    fn fault(&self, path: &Path) -> impl Fn(io::Error) -> IoFault {
        let path = self.root.join(path);
        move |error| IoFault { path: path.clone(), error }
    }
}
