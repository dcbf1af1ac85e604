//! Texts that are too long to be held: they come in parts and wait in a temporary file.

use super::kept::{Gone, temporary};
use blake3::{Hash, Hasher};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// A text in the file of [`Longs`].
#[derive(Clone, Copy, Debug)]
pub struct Long {
    start: u64,
    /// Number of its bytes.
    pub len: usize,
    /// Of its bytes.
    pub hash: Hash,
}

/// All long texts of a run.
#[derive(Default)]
pub struct Longs {
    spool: Option<(Gone, File)>,
    /// Where the text begins whose parts come now.
    start: u64,
    len: usize,
    hasher: Hasher,
    /// Its parts, when there is no room for them elsewhere.
    held: String,
}

impl Longs {
    /// Takes a part of the text of the next file.
    pub fn part(&mut self, text: &str, folder: &Path) -> io::Result<()> {
        if self.held.is_empty() && self.spool(text, folder).is_ok() {
            self.hasher.update(text.as_bytes());
            self.len += text.len();
            return Ok(());
        }
        if self.len > 0 {
            // The file took the first parts and no more: they come back.
            let long = Long { start: self.start, len: self.len, hash: self.hasher.finalize() };
            let mut held = String::new();
            self.read(long)?.read_to_string(&mut held)?;
            (self.held, self.len) = (held, 0);
        }
        self.held.push_str(text);
        Ok(())
    }

    fn spool(&mut self, text: &str, folder: &Path) -> io::Result<()> {
        let (_, file) = match &mut self.spool {
            Some(spool) => spool,
            None => self.spool.insert(temporary(folder)?),
        };
        if self.len == 0 {
            file.seek(SeekFrom::Start(self.start))?;
        }
        file.write_all(text.as_bytes())
    }

    /// The end of a text. If it came in parts and they are in the file, so is the end then; else `last` is the whole.
    pub fn end(&mut self, last: &mut String, folder: &Path) -> io::Result<Option<Long>> {
        if self.len == 0 && self.held.is_empty() {
            return Ok(None);
        }
        self.part(last, folder)?;
        let hash = std::mem::take(&mut self.hasher).finalize();
        let len = std::mem::take(&mut self.len);
        *last = std::mem::take(&mut self.held);
        Ok((len > 0).then(|| {
            let long = Long { start: self.start, len, hash };
            self.start += len as u64;
            long
        }))
    }

    /// Forgets the text that ended last: what comes next takes its place.
    pub fn forget(&mut self, long: Long) {
        self.start = long.start;
    }

    /// A text, from its beginning.
    pub fn read(&self, long: Long) -> io::Result<impl Read> {
        let (_, file) = self.spool.as_ref().ok_or_else(|| io::Error::other("no long text was kept"))?;
        let mut file = file;
        file.seek(SeekFrom::Start(long.start))?;
        Ok(file.take(long.len as u64))
    }
}

/// The hash of what a file holds, read in pieces.
pub fn hash_of(place: &Path) -> io::Result<Hash> {
    let mut file = File::open(place)?;
    let mut piece = vec![0; 1 << 16];
    let mut hasher = Hasher::new();
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(hasher.finalize()),
            length => hasher.update(&piece[..length]),
        };
    }
}
