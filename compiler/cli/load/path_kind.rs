//! What lies under a path of a project, and that it really lies there: links may lead out.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// What lies under a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PathKind {
    Missing,
    File,
    /// A folder, or what is neither.
    Other,
    /// Something outside, behind a link.
    Outside,
}

/// Folders that are no links, and neither is any folder above them up to the root. What lies right in one of them and
/// is no link itself lies in the project, so that a thousand folders beside one another cost one question each; the
/// real path of each would cost one for every step from the root of the disk.
#[derive(Debug, Default)]
pub struct PlainFolders(RefCell<BTreeSet<PathBuf>>);

impl PlainFolders {
    /// What lies under a path below `root`.
    pub fn kind_of(&self, root: &Path, path: &Path) -> PathKind {
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
            Ok(kind) if kind.is_file() => PathKind::File,
            Ok(_) => PathKind::Other,
            Err(_) => PathKind::Missing,
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
fn behind_links(root: &Path, path: &Path) -> PathKind {
    let path = root.join(path);
    let Ok(there) = fs::metadata(&path) else { return PathKind::Missing };
    let real = |path: &Path| fs::canonicalize(path).ok();
    let inside = real(root).zip(real(&path)).is_some_and(|(root, path)| path.starts_with(root));
    match (inside, there.is_file()) {
        (false, _) => PathKind::Outside,
        (true, true) => PathKind::File,
        (true, false) => PathKind::Other,
    }
}
