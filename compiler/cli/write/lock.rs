//! `bastide.lock`: which files are bastide's and what it wrote into them. Text, one line a file, sorted by path.

use super::{Fault, IoFault, path};
use blake3::Hash;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

const HEAD: &str =
    "# bastide.lock 1: the files `bastide build` made, with the BLAKE3 of their bytes. Not for editing.";

/// What the lock says of one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Of the bytes bastide wrote.
    pub hash: Hash,
    /// What made it.
    pub from: String,
}

/// A lock as read.
#[derive(Debug, Default)]
pub struct Lock {
    /// By path; no lock is the same as an empty one.
    pub entries: BTreeMap<String, Entry>,
    /// The text on disk, `None` when there is none.
    pub text: Option<String>,
}

impl Lock {
    /// Reads the lock of `root`; the inner error is a lock that cannot be trusted.
    pub fn read(root: &Path, at: &str) -> Result<Result<Lock, Fault>, IoFault> {
        let place = path::on_disk(root, at);
        // A pipe would never end.
        if fs::symlink_metadata(&place).is_ok_and(|meta| !meta.is_file()) {
            return Err(IoFault::say(
                &place,
                "the lock is a link, a folder or a device; put a file in its place",
            ));
        }
        let bytes = match fs::read(&place) {
            Ok(bytes) => bytes,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound) => return Ok(Ok(Lock::default())),
            Err(error) => return Err(IoFault { path: place, error }),
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Ok(match entries(&text) {
            Ok(entries) => Ok(Lock { entries, text: Some(text) }),
            Err((line, why)) => Err(Fault::LockUnreadable { path: at.to_owned(), line, why, text }),
        })
    }
}

/// The entries of a lock's text, or the line (from 0) that cannot be trusted and why.
pub fn entries(text: &str) -> Result<BTreeMap<String, Entry>, (usize, String)> {
    let mut lines = text.lines().enumerate();
    match lines.next() {
        Some((_, HEAD)) => {}
        Some((_, head)) if head.starts_with("# bastide.lock ") => {
            return Err((0, "is of another version of bastide".into()));
        }
        _ => return Err((0, "does not begin with the head of a lock".into())),
    }
    let mut entries: BTreeMap<String, Entry> = BTreeMap::new();
    for (at, line) in lines {
        let (path, entry) = entry(line).map_err(|why| (at, why))?;
        if entries.last_key_value().is_some_and(|(last, _)| *last >= path) {
            return Err((at, "is out of order or twice there".into()));
        }
        entries.insert(path, entry);
    }
    Ok(entries)
}

fn entry(line: &str) -> Result<(String, Entry), String> {
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
        return Err("is the mark of a merge conflict".into());
    }
    let mut parts = line.splitn(3, "  ");
    let (Some(hash), Some(path), Some(from)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("is not `hash  path  origin`".into());
    };
    let hash = Hash::from_hex(hash).map_err(|_| "does not begin with a BLAKE3 hash".to_owned())?;
    match path::refusal(path) {
        Some(why) => Err(format!("names a path that {why}")),
        None => Ok((path.to_owned(), Entry { hash, from: from.to_owned() })),
    }
}

/// The text of a lock with these entries (path, hash, what made it), which come sorted by path.
pub fn print<'a>(entries: impl Iterator<Item = (&'a str, Hash, &'a str)>) -> String {
    let mut text = format!("{HEAD}\n");
    for (path, hash, from) in entries {
        writeln!(text, "{}  {path}  {}", hash.to_hex(), one_line(from))
            .expect("writing to a string succeeds");
    }
    text
}

/// An origin without anything that breaks a line.
pub fn one_line(from: &str) -> String {
    from.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
