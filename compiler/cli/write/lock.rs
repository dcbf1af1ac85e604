//! `bastide.lock`: which files are bastide's and what it wrote into them. Text, one line a file, sorted by path.
//!
//! While a build changes the tree its head says so, and a file that is replaced has two lines: the bytes that were there
//! and those that come. Whoever finds such a lock knows that the build was interrupted, and that either is bastide's.

use super::folder::{Folder, Found, Root, look};
use super::path;
use crate::fault::IoFault;
use blake3::Hash;
use std::io::Read;

/// Its path below the root of all output.
pub const PATH: &str = "deploy/bastide.lock";

const FINAL: &str =
    "# bastide.lock 1: the files `bastide build` made, with the BLAKE3 of their bytes. Not for editing.";
/// Earlier releases take it for the lock of another version, and write nothing.
const INTERIM: &str =
    "# bastide.lock 1, of a build that is not done: run `bastide build` again. Not for editing.";

/// A lock as read; no lock is the same as an empty one.
#[derive(Debug, Default)]
pub struct Lock<'t> {
    /// The text on disk, `None` when there is none.
    pub text: Option<&'t str>,
    /// Whether it is of a build that was interrupted.
    pub interim: bool,
    /// Paths and the hashes of bytes that are bastide's there, sorted by path.
    entries: Vec<(&'t str, Hash)>,
}

/// The text of the lock, `None` when there is none.
pub fn read(root: &Root) -> Result<Option<String>, IoFault> {
    let (Folder::Here(folder), name) = (root.folder(path::parent(PATH))?, path::name(PATH)) else {
        return Ok(None);
    };
    let fault = root.fault(PATH);
    match look(&folder, name).map_err(&fault)? {
        Found::Nothing => Ok(None),
        Found::File(_) => {
            let mut bytes = vec![];
            folder.open(name).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(&fault)?;
            Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
        }
        _ => Err(IoFault::say(
            root.at(PATH),
            "the lock is a link, a folder or a device; put a file in its place",
        )),
    }
}

impl<'t> Lock<'t> {
    /// Reads a text; the error is the line (from 0) that cannot be trusted, and why.
    pub fn parse(text: &'t str) -> Result<Lock<'t>, (usize, String)> {
        let interim = match text.lines().next() {
            Some(FINAL) => false,
            Some(INTERIM) => true,
            Some(head) if head.starts_with("# bastide.lock ") => {
                return Err((0, "is of another version of bastide".into()));
            }
            _ => return Err((0, "does not begin with the head of a lock".into())),
        };
        let mut entries: Vec<(&str, Hash)> = vec![];
        for (at, line) in text.lines().enumerate().skip(1) {
            let (path, hash) = entry(line).map_err(|why| (at, why))?;
            if let Some(why) = path::refusal(path) {
                return Err((at, format!("names a path that {why}")));
            }
            if entries.last().is_some_and(|(last, _)| *last > path || (*last == path && !interim)) {
                return Err((at, "is out of order or twice there".into()));
            }
            entries.push((path, hash));
        }
        Ok(Lock { text: Some(text), interim, entries })
    }

    pub fn paths(&self) -> impl Iterator<Item = &'t str> {
        self.entries.chunk_by(|left, right| left.0 == right.0).map(|entries| entries[0].0)
    }

    /// Whether it names this file.
    pub fn knows(&self, path: &str) -> bool {
        self.entries.binary_search_by_key(&path, |entry| entry.0).is_ok()
    }

    /// Whether it says that bastide wrote exactly these bytes there.
    pub fn owns(&self, path: &str, hash: Hash) -> bool {
        let from = self.entries.partition_point(|entry| entry.0 < path);
        self.entries[from..].iter().take_while(|entry| entry.0 == path).any(|entry| entry.1 == hash)
    }
}

fn entry(line: &str) -> Result<(&str, Hash), String> {
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
        return Err("is the mark of a merge conflict".into());
    }
    let mut parts = line.splitn(3, "  ");
    let (Some(hash), Some(path), Some(_)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("is not `hash  path  origin`".into());
    };
    let hash = Hash::from_hex(hash).map_err(|_| "does not begin with a BLAKE3 hash".to_owned())?;
    Ok((path, hash))
}

/// The text of a lock with these entries, path, hash and origin, which come sorted by path.
pub fn print<'a>(interim: bool, entries: impl Iterator<Item = (&'a str, Hash, &'a str)>) -> String {
    let mut text = String::from(if interim { INTERIM } else { FINAL });
    text.push('\n');
    for (path, hash, from) in entries {
        // The pieces as they are: a format costs as much again.
        for piece in [hash.to_hex().as_str(), "  ", path, "  "] {
            text.push_str(piece);
        }
        // Nothing in an origin may break a line.
        text.extend(from.chars().map(|c| if c.is_control() { ' ' } else { c }));
        text.push('\n');
    }
    text
}
