//! The texts of the first pass, kept for the second: a few in memory, more in a temporary file without a name.
//! Rendering twice costs more than writing all texts once more in one piece.

use super::{Artifact, IoFault};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Bytes of text that are kept in memory.
const HELD: usize = 2 << 20;

/// Artifacts, in the order they came.
pub struct Kept {
    held: Vec<Artifact>,
    bytes: usize,
    spool: Option<Spool>,
    folder: PathBuf,
    lost: bool,
}

impl Kept {
    /// Nothing yet; a temporary file will be in `folder`.
    pub fn new(folder: &Path) -> Kept {
        Kept { held: vec![], bytes: 0, spool: None, folder: folder.to_owned(), lost: false }
    }

    /// Keeps one more.
    pub fn push(&mut self, artifact: Artifact) {
        self.bytes += artifact.text.len();
        self.held.push(artifact);
        if self.bytes > HELD && !self.lost {
            self.bytes = 0;
            self.lost = self.spill().is_err();
        }
        if self.lost {
            self.held.clear();
        }
    }

    fn spill(&mut self) -> io::Result<()> {
        let spool = match &mut self.spool {
            Some(spool) => spool,
            None => self.spool.insert(Spool::open(&self.folder)?),
        };
        self.held.drain(..).try_for_each(|artifact| spool.push(&artifact))
    }

    /// Hands out everything in order. `None` if it could not be kept: then it is to be rendered again.
    pub fn each(self, put: &mut dyn FnMut(&Artifact) -> Result<(), IoFault>) -> Option<Result<(), IoFault>> {
        if self.lost {
            return None;
        }
        let spooled = self.spool.map_or(Ok(()), |spool| spool.each(&self.folder, put));
        Some(spooled.and_then(|()| self.held.iter().try_for_each(put)))
    }
}

/// A temporary file with one artifact after the other: a line with two lengths and the mode, the path, the text.
struct Spool {
    file: BufWriter<File>,
    /// Where the file is, on systems that keep the name of an open file.
    place: Option<PathBuf>,
}

impl Spool {
    fn open(folder: &Path) -> io::Result<Spool> {
        let nanoseconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_nanos());
        let place = folder.join(format!("bastide-{}-{nanoseconds}", std::process::id()));
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        private(&mut options);
        let file = BufWriter::with_capacity(1 << 16, options.open(&place)?);
        let gone = cfg!(unix) && std::fs::remove_file(&place).is_ok();
        Ok(Spool { file, place: (!gone).then_some(place) })
    }

    fn push(&mut self, artifact: &Artifact) -> io::Result<()> {
        let Artifact { path, text, executable, .. } = artifact;
        writeln!(self.file, "{} {} {executable}", path.len(), text.len())?;
        self.file.write_all(path.as_bytes())?;
        self.file.write_all(text.as_bytes())
    }

    fn each(
        mut self,
        folder: &Path,
        put: &mut dyn FnMut(&Artifact) -> Result<(), IoFault>,
    ) -> Result<(), IoFault> {
        self.file.flush().and_then(|()| self.file.rewind()).map_err(IoFault::at(folder))?;
        let mut file = BufReader::with_capacity(1 << 16, self.file.get_ref());
        while let Some(artifact) = next(&mut file).map_err(IoFault::at(folder))? {
            put(&artifact)?;
        }
        Ok(())
    }
}

fn next(file: &mut impl BufRead) -> io::Result<Option<Artifact>> {
    let mut line = String::new();
    if file.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let broken = || io::Error::other("a temporary file was changed while the build was running");
    let words: Vec<&str> = line.split_whitespace().collect();
    let [path, text, executable] = words[..] else { return Err(broken()) };
    let mut take = |length: &str| {
        let mut bytes = vec![0; length.parse().map_err(|_| broken())?];
        file.read_exact(&mut bytes)?;
        String::from_utf8(bytes).map_err(|_| broken())
    };
    let (path, text) = (take(path)?, take(text)?);
    Ok(Some(Artifact { path, text, executable: executable == "true", from: String::new() }))
}

impl Drop for Spool {
    fn drop(&mut self) {
        if let Some(place) = &self.place {
            // What cannot be removed is the system's to clear away: it is in the folder for that.
            let _ = std::fs::remove_file(place);
        }
    }
}

#[cfg(unix)]
fn private(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.mode(0o600);
}

#[cfg(not(unix))]
fn private(_: &mut OpenOptions) {}
