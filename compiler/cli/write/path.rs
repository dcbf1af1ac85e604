//! Which paths an output may have, by their text and by what stands on the disk above them.

use super::IoFault;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Why no output may have this path on any system, or `None`.
pub fn refusal(path: &str) -> Option<String> {
    let say = |why: &str| Some(why.to_owned());
    if path.is_empty() {
        return say("is empty");
    }
    if path.starts_with('/') || path.as_bytes().get(1) == Some(&b':') {
        return say("is absolute");
    }
    if path.contains('\\') {
        return say("holds a backslash");
    }
    if path.chars().any(char::is_control) {
        return say("holds a control character");
    }
    path.split('/').find_map(part_refusal).map(str::to_owned)
}

fn part_refusal(part: &str) -> Option<&'static str> {
    match part {
        "" => Some("has an empty part"),
        "." => Some("has the part `.`"),
        ".." => Some("leaves the output folder"),
        _ if part.len() > 255 => Some("has a part of more than 255 bytes"),
        // Windows drops them; two spaces separate the columns of the lock.
        _ if part.ends_with(['.', ' ']) || part.starts_with(' ') => {
            Some("has a part with a space or dot at its end")
        }
        _ if part.contains("  ") => Some("holds two spaces in a row"),
        // A file in there can run a program at the next commit.
        _ if part.eq_ignore_ascii_case(".git") => Some("reaches into a `.git` folder"),
        // The journal and temporaries.
        _ if part.get(..9).is_some_and(|head| head.eq_ignore_ascii_case(".bastide-")) => {
            Some("is bastide's own")
        }
        _ => None,
    }
}

/// The path on disk of a checked output path.
pub fn on_disk(root: &Path, path: &str) -> PathBuf {
    if cfg!(unix) {
        return root.join(path);
    }
    let mut whole = root.to_owned();
    whole.extend(path.split('/'));
    whole
}

/// The folder of an output path, empty for the root.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// What stands at a folder's path.
#[derive(Clone, PartialEq, Eq)]
pub enum Folder {
    /// A folder inside the root.
    Here,
    /// Nothing.
    Missing,
    /// Something no output may go through.
    Refused(String),
}

/// Folders of outputs, each asked of the disk once.
pub struct Folders<'a> {
    root: &'a Path,
    known: BTreeMap<String, Folder>,
    /// The one asked for last: files mostly come folder by folder.
    last: Option<(String, Folder)>,
}

impl<'a> Folders<'a> {
    /// The folders below `root`, which may not exist yet.
    pub fn new(root: &'a Path) -> Self {
        Folders { root, known: BTreeMap::new(), last: None }
    }

    /// Why the folders above `path` are no place for an output.
    pub fn refusal_above(&mut self, path: &str) -> Result<Option<String>, IoFault> {
        Ok(match self.look(parent(path))? {
            Folder::Refused(why) => Some(why),
            Folder::Here | Folder::Missing => None,
        })
    }

    /// What stands at `folder` (empty: the root), which was checked by [`refusal`].
    pub fn look(&mut self, folder: &str) -> Result<Folder, IoFault> {
        if let Some((last, found)) = &self.last
            && last == folder
        {
            return Ok(found.clone());
        }
        let found = self.known(folder)?;
        self.last = Some((folder.to_owned(), found.clone()));
        Ok(found)
    }

    fn known(&mut self, folder: &str) -> Result<Folder, IoFault> {
        if let Some(known) = self.known.get(folder) {
            return Ok(known.clone());
        }
        let above = if folder.is_empty() { Folder::Here } else { self.known(parent(folder))? };
        let found = if above == Folder::Here { self.ask(folder)? } else { above };
        self.known.insert(folder.to_owned(), found.clone());
        Ok(found)
    }

    fn ask(&self, folder: &str) -> Result<Folder, IoFault> {
        if folder.is_empty() {
            // The root is the user's word: it may be a link.
            return Ok(if self.root.is_dir() { Folder::Here } else { Folder::Missing });
        }
        let place = on_disk(self.root, folder);
        let meta = match fs::symlink_metadata(&place) {
            Ok(meta) => meta,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Folder::Missing),
            Err(error) => return Err(IoFault { path: place, error }),
        };
        if meta.is_symlink() {
            let root = fs::canonicalize(self.root).map_err(IoFault::at(self.root))?;
            let inside = fs::canonicalize(&place).is_ok_and(|to| to.starts_with(root) && to.is_dir());
            let why =
                format!("goes through `{folder}`, a link that leads out of the output folder or nowhere");
            return Ok(if inside { Folder::Here } else { Folder::Refused(why) });
        }
        let why = format!("needs a folder where the file `{folder}` is");
        Ok(if meta.is_dir() { Folder::Here } else { Folder::Refused(why) })
    }
}
