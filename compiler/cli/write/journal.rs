//! The journal: what a build is about to change, on disk before the first change.
//!
//! It stands beside the lock and is gone when the build is done. A build that finds one knows that the build
//! before was torn, and takes what that one had written for bastide's own. Blocks are only ever appended, so
//! that a build torn while resuming forgets nothing; a block without its last line announced changes that were
//! never begun. The open journal is locked, which keeps a second build out.

use super::{IoFault, Options, path};
use blake3::Hash;
use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

const HEAD: &str = "# bastide-journal 1";
const END: &str = "# end";
const NAME: &str = ".bastide-journal";

/// What is done to a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Created where nothing was.
    Fresh,
    /// Put in the place of a file of ours.
    Replace,
    /// Taken away.
    Remove,
}

impl Kind {
    const ALL: [Kind; 3] = [Kind::Fresh, Kind::Replace, Kind::Remove];

    fn word(self) -> &'static str {
        match self {
            Kind::Fresh => "fresh",
            Kind::Replace => "replace",
            Kind::Remove => "remove",
        }
    }
}

/// One announced change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is done.
    pub kind: Kind,
    /// Of the new bytes; of those taken away for [`Kind::Remove`].
    pub hash: Hash,
    /// Number of new bytes.
    pub len: usize,
}

/// All announced changes by path; a path has several when builds were torn one after the other.
pub type Changes = BTreeMap<String, Vec<Change>>;

/// The journal of this build.
pub struct Journal {
    place: PathBuf,
    file: Option<File>,
    made: Changes,
    /// Whether a torn build left it.
    pub old: bool,
}

impl Journal {
    /// Reads what a torn build left and keeps other builds out. With `check_only` it only reads.
    pub fn open(root: &Path, options: &Options) -> Result<Journal, IoFault> {
        let place = path::on_disk(root, &beside(&options.lock, NAME));
        let none = |place| Journal { place, file: None, made: Changes::new(), old: false };
        match fs::symlink_metadata(&place) {
            Ok(meta) if meta.is_file() => {}
            Ok(_) => return Err(IoFault::say(&place, "something that is not a journal stands in its place")),
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(none(place)),
            Err(error) => return Err(IoFault { path: place, error }),
        }
        let mut file = match OpenOptions::new().read(true).write(!options.check_only).open(&place) {
            Ok(file) => file,
            // Another build got done between the two questions.
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(none(place)),
            Err(error) => return Err(IoFault { path: place, error }),
        };
        if !options.check_only {
            take(&file, &place)?;
            if !place.exists() {
                return Ok(none(place));
            }
        }
        let mut bytes = vec![];
        file.read_to_end(&mut bytes).map_err(IoFault::at(&place))?;
        let made = read(&String::from_utf8_lossy(&bytes));
        Ok(Journal { place, file: Some(file), made, old: true })
    }

    /// What torn builds announced.
    pub fn made(&self) -> Changes {
        self.made.clone()
    }

    /// Announces changes; when this returns they are on disk. The folder must exist.
    pub fn announce<'a>(&mut self, changes: impl Iterator<Item = (&'a str, Change)>) -> Result<(), IoFault> {
        let place = &self.place;
        let mut file = match self.file.take() {
            Some(file) => file,
            None => create(place)?,
        };
        append(&mut file, changes).map_err(IoFault::at(place))?;
        self.file = Some(file);
        Ok(())
    }

    /// The build is done.
    pub fn close(self) -> Result<(), IoFault> {
        fs::remove_file(&self.place).map_err(IoFault::at(&self.place))
    }
}

/// Appends a block; when this returns it is on disk.
fn append<'a>(file: &mut File, changes: impl Iterator<Item = (&'a str, Change)>) -> io::Result<()> {
    file.seek(SeekFrom::End(0))?;
    let mut block = BufWriter::new(&mut *file);
    write!(block, "\n{HEAD}\n")?;
    for (path, change) in changes {
        let Change { kind, hash, len } = change;
        writeln!(block, "{}  {}  {len}  {path}", kind.word(), hash.to_hex().as_str())?;
    }
    writeln!(block, "{END}")?;
    block.flush()?;
    drop(block);
    file.sync_all()
}

/// The path of a file beside the lock.
pub fn beside(lock: &str, name: &str) -> String {
    match path::parent(lock) {
        "" => name.to_owned(),
        parent => format!("{parent}/{name}"),
    }
}

fn create(place: &Path) -> Result<File, IoFault> {
    match OpenOptions::new().read(true).write(true).create_new(true).open(place) {
        Ok(file) => take(&file, place).map(|()| file),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(busy(place)),
        Err(error) => Err(IoFault { path: place.to_owned(), error }),
    }
}

/// Keeps other builds out as long as the file is open.
pub fn take(file: &File, place: &Path) -> Result<(), IoFault> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) => Err(busy(place)),
        // A file system without locks: what is left is that a journal is created only where none is.
        Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => Ok(()),
        Err(TryLockError::Error(error)) => Err(IoFault { path: place.to_owned(), error }),
    }
}

fn busy(place: &Path) -> IoFault {
    IoFault::say(place, "another build is running; wait for it")
}

/// The changes of all blocks that are whole.
pub fn read(text: &str) -> Changes {
    let mut changes = Changes::new();
    let mut block: Option<Vec<(String, Change)>> = None;
    for line in text.lines() {
        match line {
            HEAD => block = Some(vec![]),
            END => {
                for (path, change) in block.take().unwrap_or_default() {
                    changes.entry(path).or_default().push(change);
                }
            }
            _ => block = block.and_then(|block| grown(block, line)),
        }
    }
    changes
}

/// The block with one more line, or nothing when the line is none: such a block is not ours.
fn grown(mut block: Vec<(String, Change)>, line: &str) -> Option<Vec<(String, Change)>> {
    // What follows the path was its origin once.
    let mut parts = line.splitn(5, "  ");
    let word = parts.next()?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.word() == word)?;
    let hash = Hash::from_hex(parts.next()?).ok()?;
    let len = parts.next()?.parse().ok()?;
    let path = parts.next().filter(|path| path::refusal(path).is_none())?;
    block.push((path.to_owned(), Change { kind, hash, len }));
    Some(block)
}
