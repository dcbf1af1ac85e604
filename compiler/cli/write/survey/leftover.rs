//! What a build no longer makes.

use super::super::journal::Kind;
use super::super::path::{self, Folder};
use super::super::{Fault, IoFault};
use super::{Survey, lower, void};
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;

impl Survey<'_> {
    /// Files of the lock or the journal that are no longer made.
    pub fn leftovers(&mut self) -> Result<(), IoFault> {
        let mut paths: BTreeSet<String> = BTreeSet::new();
        // A lock that is right already names nothing else.
        let locked = (!self.listed).then(|| self.lock.entries()).into_iter().flatten();
        for entry in locked.filter(|entry| !self.plan.contains_key(entry.path)) {
            paths.insert(entry.path.to_owned());
        }
        for (path, made) in &self.made {
            if !self.plan.contains_key(path) && made.iter().any(|change| change.kind != Kind::Remove) {
                paths.insert(path.clone());
            }
        }
        for path in paths {
            self.leftover(path)?;
        }
        Ok(())
    }

    fn leftover(&mut self, path: String) -> Result<(), IoFault> {
        let place = path::on_disk(self.root, &path);
        let outside = match self.folders.look(path::parent(&path))? {
            Folder::Here => false,
            Folder::Missing => return Ok(()),
            Folder::Refused(_) => true,
        };
        let meta = match fs::symlink_metadata(&place) {
            Ok(meta) => meta,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(());
            }
            Err(error) => return Err(IoFault { path: place, error }),
        };
        if self.is_made_under_another_case(&path) {
            return Ok(());
        }
        if !outside && meta.is_file() {
            let disk = fs::read(&place).map_err(IoFault::at(&place))?;
            let hash = blake3::hash(&disk);
            let begun =
                self.made.get(&path).is_some_and(|made| made.iter().any(|change| change.kind == Kind::Fresh));
            if self.owns(&path, hash) || (begun && void(&disk)) {
                if self.options.check_only {
                    self.faults.push(Fault::Extra { path: path.clone() });
                }
                self.removals.insert(path, hash);
                return Ok(());
            }
        }
        self.faults.push(Fault::EditedLeftover { path });
        Ok(())
    }

    /// On a file system that does not tell cases apart, the old name is the new file.
    fn is_made_under_another_case(&self, path: &str) -> bool {
        let Some(other) = self.claimed(&lower(path)) else { return false };
        let real = |path: &str| fs::canonicalize(path::on_disk(self.root, path)).ok();
        real(path).is_some_and(|place| real(other) == Some(place))
    }
}
