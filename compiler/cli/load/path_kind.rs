//! What lies under a path of a project, and that it really lies there: links may lead out.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

/// What lies under a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    Missing,
    File,
    Folder,
    /// A pipe, a socket or a device.
    Other,
    /// Something outside, behind a link.
    Outside,
}

impl PathKind {
    fn of(kind: fs::FileType) -> PathKind {
        match () {
            () if kind.is_file() => PathKind::File,
            () if kind.is_dir() => PathKind::Folder,
            () => PathKind::Other,
        }
    }
}

/// Folders that are no links, and neither is any folder above them up to the root. What lies right in one of them and
/// is no link itself lies in the project, so that a thousand folders beside one another cost one question each; the
/// real path of each would cost one for every step from the root of the disk.
#[derive(Debug, Default)]
pub struct PlainFolders(RefCell<BTreeSet<PathBuf>>);

impl PlainFolders {
    /// What lies under a path below `root`.
    ///
    /// # Errors
    /// A folder on the way cannot be read, so that nobody knows.
    pub fn kind_of(&self, root: &Path, path: &Path) -> io::Result<PathKind> {
        let plain = path.components().all(|step| matches!(step, Component::Normal(_)));
        let (Some(folder), Some(name)) = (path.parent().filter(|_| plain), path.file_name()) else {
            return behind_links(root, path);
        };
        if !self.is_plain(root, folder) {
            return behind_links(root, path);
        }
        // Not `root.join(path)`: a slash at its end would have a link followed unseen.
        match fs::symlink_metadata(root.join(folder).join(name)).map(|it| it.file_type()) {
            Ok(kind) if kind.is_symlink() => behind_links(root, path),
            Ok(kind) => Ok(PathKind::of(kind)),
            Err(error) => missing(error),
        }
    }

    /// Whether this is a folder below `root` to which no link leads.
    fn is_plain(&self, root: &Path, folder: &Path) -> bool {
        let Some(above) = folder.parent() else { return true };
        if self.0.borrow().contains(folder) {
            return true;
        }
        let own = || fs::symlink_metadata(root.join(folder)).is_ok_and(|it| it.is_dir());
        let plain = self.is_plain(root, above) && own();
        if plain {
            self.0.borrow_mut().insert(folder.into());
        }
        plain
    }
}

/// The same by the real paths of both, for all that is not plain.
fn behind_links(root: &Path, path: &Path) -> io::Result<PathKind> {
    let path = root.join(path);
    let there = match fs::metadata(&path) {
        Ok(there) => there,
        Err(error) => return missing(error),
    };
    let real = |path: &Path| fs::canonicalize(path).ok();
    let inside = real(root).zip(real(&path)).is_some_and(|(root, path)| path.starts_with(root));
    Ok(if inside { PathKind::of(there.file_type()) } else { PathKind::Outside })
}

/// What could not be asked is missing, unless the system forbids to look.
fn missing(error: io::Error) -> io::Result<PathKind> {
    if error.kind() == ErrorKind::PermissionDenied { Err(error) } else { Ok(PathKind::Missing) }
}
