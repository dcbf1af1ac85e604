//! `bastide.lock`: which files are bastide's and what it wrote into them. Text, one line a file, sorted by path.
//!
//! While a build changes the tree its head says so, and a file that is replaced has two lines: the bytes that were there
//! and those that come. Whoever finds such a lock knows that the build was interrupted, and that either is bastide's.

use super::folder::{Folder, Found, Root, bytes_of, look};
use super::path;
use crate::confined::Dir;
use crate::fault::IoFault;
use blake3::Hash;
use std::io;

/// Its path below the root of all output, of a spec of the usual name in that folder.
pub const PATH: &str = "deploy/bastide.lock";

/// The path of the lock of a spec: `home` is the way from the root of all output to its folder. One that is no
/// `bastide.kdl`, or lies elsewhere, has a lock of its own, so that two specs write below one root.
pub fn path_of(home: &str, file: &str) -> String {
    let stem = file.strip_suffix(".kdl").unwrap_or(file);
    let stem = if stem == "bastide" { "" } else { stem };
    let words = home.split('/').chain([stem]).filter(|word| !matches!(*word, "" | "." | ".."));
    let name: String = words.collect::<Vec<_>>().join("-");
    let name: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect();
    if name.is_empty() { PATH.into() } else { format!("deploy/bastide.{name}.lock") }
}

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
    /// Whether it holds marks of a merge: then it is read as both sides together.
    pub conflict: bool,
    entries: Vec<Entry<'t>>,
}

/// A file and bytes that are bastide's there, sorted by path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'t> {
    pub path: &'t str,
    pub hash: Hash,
    /// What made it.
    pub from: &'t str,
}

/// Largest lock that is read, in bytes: half a million files.
const LARGEST: u64 = 64 << 20;

/// The paths of other locks beside that of the root.
pub fn others(root: &Root) -> Result<Vec<String>, IoFault> {
    let folder = path::parent(root.lock());
    let Folder::Here(dir) = root.folder(folder)? else { return Ok(vec![]) };
    let entries = dir.entries().map_err(root.fault(folder))?.flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let is_lock = |name: &String| name.starts_with("bastide.") && name.ends_with(".lock");
    let mut paths: Vec<String> = names.filter(is_lock).map(|name| format!("{folder}/{name}")).collect();
    paths.retain(|path| path != root.lock());
    paths.sort();
    Ok(paths)
}

/// The text of a lock, `None` when there is none; why it cannot be read, as in "the lock …".
///
/// # Errors
/// The system refuses.
pub fn read(root: &Root, at: &str) -> Result<Result<Option<String>, &'static str>, IoFault> {
    let Folder::Here(folder) = root.folder(path::parent(at))? else { return Ok(Ok(None)) };
    read_in(&folder, path::name(at)).map_err(root.fault(at))
}

/// The same of a name in an open folder.
///
/// # Errors
/// The system refuses.
pub fn read_in(folder: &Dir, name: &str) -> io::Result<Result<Option<String>, &'static str>> {
    match look(folder, name)? {
        Found::Nothing => return Ok(Ok(None)),
        Found::File(meta) if meta.len() > LARGEST => return Ok(Err("is larger than 64 MiB")),
        Found::File(_) => {}
        Found::Folder | Found::Other => return Ok(Err("is a link, a folder or a device")),
    }
    let bytes = bytes_of(folder, name, LARGEST)?;
    let text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    Ok(text.map_or(Err("is no file of a size that can be read"), |text| Ok(Some(text))))
}

impl<'t> Lock<'t> {
    /// Reads a text; the error is the line (from 0) that cannot be trusted, and why. Lines may stand in any order and a file
    /// may have several, as two branches that were merged leave them: bastide wrote the bytes of each.
    pub fn parse(text: &'t str) -> Result<Lock<'t>, (usize, String)> {
        let mut lock = Lock { text: Some(text), ..Lock::default() };
        let mut head = false;
        for (at, line) in text.lines().enumerate() {
            match line {
                _ if mark(line) => lock.conflict = true,
                FINAL | INTERIM => (head, lock.interim) = (true, lock.interim || line == INTERIM),
                _ if line.starts_with("# bastide.lock ") => {
                    return Err((at, "is of another version of bastide".into()));
                }
                _ if !head => return Err((at, "does not begin with the head of a lock".into())),
                _ => lock.entries.push(entry(line).map_err(|why| (at, why))?),
            }
        }
        if !head {
            return Err((0, "does not begin with the head of a lock".into()));
        }
        lock.entries.sort_by(|left, right| left.path.cmp(right.path));
        lock.entries.dedup_by_key(|entry| (entry.path, entry.hash));
        Ok(lock)
    }

    pub fn paths(&self) -> impl Iterator<Item = &'t str> {
        self.entries.chunk_by(|left, right| left.path == right.path).map(|entries| entries[0].path)
    }

    /// The entries whose paths are so.
    pub fn entries(&self, so: impl Fn(&str) -> bool) -> impl Iterator<Item = Entry<'t>> {
        self.entries.iter().copied().filter(move |entry| so(entry.path))
    }

    /// Whether it names this file.
    pub fn knows(&self, path: &str) -> bool {
        self.entries.binary_search_by_key(&path, |entry| entry.path).is_ok()
    }

    /// Whether it knows a file from both sides of a merge: the file may be what git made of the two.
    pub fn merged(&self, path: &str) -> bool {
        let from = self.entries.partition_point(|entry| entry.path < path);
        let hashes =
            self.entries[from..].iter().take_while(|entry| entry.path == path).map(|entry| entry.hash);
        !self.interim && hashes.collect::<Vec<_>>().windows(2).any(|pair| pair[0] != pair[1])
    }

    /// Whether it says that bastide wrote exactly these bytes there.
    pub fn owns(&self, path: &str, hash: Hash) -> bool {
        let from = self.entries.partition_point(|entry| entry.path < path);
        self.entries[from..].iter().take_while(|entry| entry.path == path).any(|entry| entry.hash == hash)
    }
}

/// Whether a line is the mark of a merge conflict, as git writes it.
pub fn mark(line: &str) -> bool {
    let words = ["<<<<<<< ", ">>>>>>> ", "||||||| "];
    words.iter().any(|word| line.starts_with(word)) || matches!(line, "=======" | "|||||||")
}

fn entry(line: &str) -> Result<Entry<'_>, String> {
    let mut parts = line.splitn(3, "  ");
    let (Some(hash), Some(path), Some(from)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("is not `hash  path  origin`".into());
    };
    let hash = Hash::from_hex(hash).map_err(|_| "does not begin with a BLAKE3 hash".to_owned())?;
    match path::refusal_of_known(path) {
        Some(why) => Err(format!("names a path that {why}")),
        None => Ok(Entry { path, hash, from }),
    }
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
