//! What interrupted builds left.

use super::folder::{Folder, Root};
use super::lock::Lock;
use super::path;
use crate::fault::IoFault;
use std::collections::BTreeSet;

/// How the names of temporary files and folders begin; no output may have such a name.
pub const TEMPORARY: &str = ".bastide-tmp-";
/// What earlier releases left when they were interrupted: a journal beside the lock, and in the root a folder of files
/// that were to be moved, known by the lock it holds.
const JOURNAL: &str = "deploy/.bastide-journal";
const STAGING: &str = ".bastide-new";

/// Takes away temporary files, and folders that were about to be removed.
pub fn sweep(root: &Root, lock: &Lock) -> Result<(), IoFault> {
    let dir = root.dir()?;
    let is_file = |path: &str| dir.symlink_metadata(path).is_ok_and(|meta| meta.is_file());
    if is_file(&format!("{STAGING}/lock")) {
        dir.remove_dir_all(STAGING).map_err(root.fault(STAGING))?;
    }
    if sweep_folder(root, path::parent(root.lock()))? {
        path::above(root.lock()).all(|folder| root.remove_empty(folder));
    }
    let earlier = is_file(JOURNAL);
    if lock.interim || earlier {
        let folders: BTreeSet<&str> = lock
            .paths()
            .filter(|path| root.refusal(path).is_none())
            .flat_map(path::above)
            .chain([""])
            .collect();
        for folder in folders.into_iter().rev() {
            sweep_folder(root, folder)?;
            root.remove_empty(folder);
        }
    }
    if earlier { dir.remove_file(JOURNAL).map_err(root.fault(JOURNAL)) } else { Ok(()) }
}

/// Whether there was something to take away.
fn sweep_folder(root: &Root, path: &str) -> Result<bool, IoFault> {
    let Folder::Here(folder) = root.folder(path)? else { return Ok(false) };
    let mut swept = false;
    for entry in folder.entries().map_err(root.fault(path))?.flatten() {
        let name = entry.file_name();
        if name.to_string_lossy().starts_with(TEMPORARY) {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            let gone = if is_folder { folder.remove_dir_all(&name) } else { folder.remove_file(&name) };
            gone.map_err(root.fault(path))?;
            swept = true;
        }
    }
    Ok(swept)
}
