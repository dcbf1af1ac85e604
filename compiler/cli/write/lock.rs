//! `bastide.lock`: which files are bastide's and what it wrote into them. Text, one line a file, sorted by path.

use super::{Fault, IoFault, path};
use blake3::Hash;
use std::borrow::Cow;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

const HEAD: &str =
    "# bastide.lock 1: the files `bastide build` made, with the BLAKE3 of their bytes. Not for editing.";

/// What the lock says of one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry<'l> {
    /// The file.
    pub path: &'l str,
    /// Of the bytes bastide wrote.
    pub hash: Hash,
    /// What made it.
    pub from: &'l str,
}

/// A lock as read; no lock is the same as an empty one.
#[derive(Debug, Default)]
pub struct Lock {
    /// The text on disk, `None` when there is none.
    text: Option<String>,
    /// Where each entry begins: a lock of thousands of files is held once.
    starts: Vec<usize>,
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
        let text = String::from_utf8(bytes)
            .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned());
        Ok(match starts(&text) {
            Ok(starts) => Ok(Lock { starts, text: Some(text) }),
            Err((line, why)) => Err(Fault::LockUnreadable { path: at.to_owned(), line, why, text }),
        })
    }

    /// Whether there is one.
    pub fn is_there(&self) -> bool {
        self.text.is_some()
    }

    /// Whether its text is that of these entries.
    pub fn is<'a>(&self, entries: impl Iterator<Item = Entry<'a>>) -> bool {
        let Some(text) = &self.text else { return false };
        let mut rest = Rest(text.as_bytes());
        print(entries, &mut rest).is_ok() && rest.0.is_empty()
    }

    /// All entries, by path.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        self.starts.iter().filter_map(|start| self.at(*start))
    }

    /// The entry of a file.
    pub fn entry(&self, path: &str) -> Option<Entry<'_>> {
        let found = self.starts.binary_search_by_key(&Some(path), |start| Some(self.at(*start)?.path));
        self.at(self.starts[found.ok()?])
    }

    fn at(&self, start: usize) -> Option<Entry<'_>> {
        entry(self.text.as_ref()?.get(start..)?).ok()
    }
}

/// What is left of a text when the beginning of it was written again.
struct Rest<'t>(&'t [u8]);

impl Write for Rest<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 = self.0.strip_prefix(bytes).ok_or_else(|| io::Error::other("not the same"))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Where the entries of a lock's text begin, or the line (from 0) that cannot be trusted and why.
pub fn starts(text: &str) -> Result<Vec<usize>, (usize, String)> {
    match text.lines().next() {
        Some(HEAD) => {}
        Some(head) if head.starts_with("# bastide.lock ") => {
            return Err((0, "is of another version of bastide".into()));
        }
        _ => return Err((0, "does not begin with the head of a lock".into())),
    }
    let mut starts = vec![];
    let mut last = None;
    let mut start = 0;
    for (at, line) in text.split_inclusive('\n').enumerate() {
        if at > 0 {
            let entry = entry(line).map_err(|why| (at, why))?;
            if let Some(why) = path::refusal(entry.path) {
                return Err((at, format!("names a path that {why}")));
            }
            if last.is_some_and(|last| last >= entry.path) {
                return Err((at, "is out of order or twice there".into()));
            }
            last = Some(entry.path);
            starts.push(start);
        }
        start += line.len();
    }
    Ok(starts)
}

/// The entry that a text begins with.
fn entry(text: &str) -> Result<Entry<'_>, String> {
    let line = text.lines().next().unwrap_or("");
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark)) {
        return Err("is the mark of a merge conflict".into());
    }
    let mut parts = line.splitn(3, "  ");
    let (Some(hash), Some(path), Some(from)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("is not `hash  path  origin`".into());
    };
    let hash = Hash::from_hex(hash).map_err(|_| "does not begin with a BLAKE3 hash".to_owned())?;
    Ok(Entry { path, hash, from })
}

/// Writes a lock with these entries, which come sorted by path.
pub fn print<'a>(entries: impl Iterator<Item = Entry<'a>>, to: &mut impl Write) -> io::Result<()> {
    writeln!(to, "{HEAD}")?;
    for Entry { path, hash, from } in entries {
        // The pieces as they are: a format costs as much again as the writing.
        for piece in [hash.to_hex().as_str(), "  ", path, "  ", &one_line(from), "\n"] {
            to.write_all(piece.as_bytes())?;
        }
    }
    Ok(())
}

/// An origin without anything that breaks a line.
pub fn one_line(from: &str) -> Cow<'_, str> {
    match from.chars().any(char::is_control) {
        true => from.chars().map(|c| if c.is_control() { ' ' } else { c }).collect(),
        false => from.into(),
    }
}
