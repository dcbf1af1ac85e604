//! What the last build wrote, and whether it still stands so.

use super::folder::{Folder, Found, Root, hash_of, look};
use super::{Findings, Place, lock_of, lock_text, path};
use crate::fault::IoFault;

/// A file of the lock.
#[derive(Clone, Debug)]
pub struct Built {
    /// Its path from the root of all output; that of a file for a forge leads up out of it.
    pub path: String,
    /// Whether it is there as bastide wrote it.
    pub same: bool,
}

/// The files that the lock knows, sorted by path; none if there is no lock, or one that nobody can read.
///
/// # Errors
/// The disk refuses.
pub fn built(place: Place, findings: &mut Findings) -> Result<Vec<Built>, IoFault> {
    let root = Root::open(place.root, place.lock, place.repository)?;
    let Some(text) = lock_text(&root, findings)? else { return Ok(vec![]) };
    let Some(lock) = lock_of(&root, text.as_deref(), findings) else { return Ok(vec![]) };
    let one = |at: &str| {
        let Folder::Here(folder) = root.folder(path::parent(at))? else { return Ok(false) };
        let name = path::name(at);
        let Found::File(_) = look(&folder, name).map_err(root.fault(at))? else { return Ok(false) };
        let hash = hash_of(&folder, name).map_err(root.fault(at))?;
        Ok(hash.is_some_and(|hash| lock.owns(at, hash)))
    };
    lock.paths().map(|at| Ok(Built { path: at.into(), same: one(at)? })).collect()
}
