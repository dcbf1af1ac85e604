//! The texts of the first pass, kept for the second: a few in memory, more in a temporary file without a name.
//! Rendering twice costs more than writing all texts once more in one piece.

use super::long::{Long, Longs};
use super::{Artifact, IoFault};
use std::fs::{File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// Bytes of text that are kept in memory.
const HELD: usize = 1 << 20;

/// Artifacts, in the order they came.
pub struct Kept {
    held: Vec<Artifact>,
    bytes: usize,
    spool: Option<Spool>,
    folder: PathBuf,
    lost: bool,
    longs: Longs,
    /// Artifacts whose texts are among the long ones.
    long: Vec<(Artifact, Long)>,
}

/// A text as it was kept.
pub enum Text<'t> {
    /// In memory.
    Held(&'t str),
    /// In a file, with the number of its bytes.
    Long(&'t mut dyn Read, usize),
}

impl Text<'_> {
    /// Writes all of it into a file, or, as a crash would, `half`.
    pub fn write(self, half: bool, file: &mut File) -> io::Result<()> {
        let part = |len: usize| if half { len / 2 } else { len };
        match self {
            Text::Held(text) => file.write_all(&text.as_bytes()[..part(text.len())]),
            Text::Long(text, len) => io::copy(&mut text.take(part(len) as u64), file).map(drop),
        }
    }
}

/// What takes the texts again.
pub type Put<'p> = dyn FnMut(&Artifact, Text<'_>) -> Result<(), IoFault> + 'p;

impl Kept {
    /// Nothing yet; a temporary file will be in `folder`.
    pub fn new(folder: &Path) -> Kept {
        let (held, long, longs) = (vec![], vec![], Longs::default());
        Kept { held, bytes: 0, spool: None, folder: folder.to_owned(), lost: false, longs, long }
    }

    /// Takes a part of the text of the next artifact.
    pub fn part(&mut self, text: &str) -> Result<(), IoFault> {
        self.longs.part(text, &self.folder).map_err(IoFault::at(&self.folder))
    }

    /// Puts the parts of an artifact's text together: where they are if the text is long, else in the artifact.
    pub fn whole(&mut self, artifact: &mut Artifact) -> Result<Option<Long>, IoFault> {
        self.longs.end(&mut artifact.text, &self.folder).map_err(IoFault::at(&self.folder))
    }

    /// Whether a long text begins with these bytes.
    pub fn begins(&self, long: Long, bytes: &[u8]) -> io::Result<bool> {
        let mut text = vec![];
        self.longs.read(long)?.take(bytes.len() as u64).read_to_end(&mut text)?;
        Ok(text == bytes)
    }

    /// Keeps an artifact whose text is a long one.
    pub fn push_long(&mut self, artifact: Artifact, long: Long) {
        self.long.push((artifact, long));
    }

    /// Keeps no text for an artifact whose text is a long one.
    pub fn forget(&mut self, long: Long) {
        self.longs.forget(long);
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

    /// Hands out everything, the long texts last. `None` if it could not be kept: then it is to be rendered again.
    pub fn each(self, put: &mut Put) -> Option<Result<(), IoFault>> {
        if self.lost {
            return None;
        }
        let folder = &self.folder;
        let spooled = self.spool.map_or(Ok(()), |spool| spool.each(folder, put));
        let held = |()| self.held.iter().try_for_each(|it| put(it, Text::Held(&it.text)));
        Some(spooled.and_then(held).and_then(|()| {
            self.long.iter().try_for_each(|(artifact, long)| {
                let mut text = self.longs.read(*long).map_err(IoFault::at(folder))?;
                put(artifact, Text::Long(&mut text, long.len))
            })
        }))
    }
}

/// A temporary file with one artifact after the other: a line with two lengths and the mode, the path, the text.
struct Spool {
    _gone: Gone,
    file: BufWriter<File>,
}

impl Spool {
    fn open(folder: &Path) -> io::Result<Spool> {
        let (gone, file) = temporary(folder)?;
        Ok(Spool { _gone: gone, file: BufWriter::with_capacity(1 << 16, file) })
    }

    fn push(&mut self, artifact: &Artifact) -> io::Result<()> {
        let Artifact { path, text, executable, .. } = artifact;
        writeln!(self.file, "{} {} {executable}", path.len(), text.len())?;
        self.file.write_all(path.as_bytes())?;
        self.file.write_all(text.as_bytes())
    }

    fn each(mut self, folder: &Path, put: &mut Put) -> Result<(), IoFault> {
        self.file.flush().and_then(|()| self.file.rewind()).map_err(IoFault::at(folder))?;
        let mut file = BufReader::with_capacity(1 << 16, self.file.get_ref());
        while let Some(artifact) = next(&mut file).map_err(IoFault::at(folder))? {
            put(&artifact, Text::Held(&artifact.text))?;
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

/// A temporary file, to be read and written.
pub fn temporary(folder: &Path) -> io::Result<(Gone, File)> {
    let nanoseconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |it| it.as_nanos());
    let place = folder.join(format!("bastide-{}-{nanoseconds}", std::process::id()));
    let mut options = OpenOptions::new();
    options.read(true).write(true).create_new(true);
    private(&mut options);
    let file = options.open(&place)?;
    let gone = cfg!(unix) && std::fs::remove_file(&place).is_ok();
    Ok((Gone((!gone).then_some(place)), file))
}

/// Takes the temporary file away in the end: holds its place on systems that keep the name of an open file.
pub struct Gone(Option<PathBuf>);

impl Drop for Gone {
    fn drop(&mut self) {
        if let Some(place) = &self.0 {
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
