//! The first pass: every artifact against path rules, disk, lock and journal. Decides, changes nothing.

use super::handle::{Found, Handle};
mod leftover;

use super::journal::{Changes, Kind};
use super::kept::Kept;
use super::lock::{self, Lock};
use super::long::{Long, hash_of};
use super::path::{self, Folder, Folders};
use super::stage::Stage;
use super::{Artifact, Fault, IoFault, Made, Options, Render, fault};
use blake3::Hash;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;
use std::rc::Rc;

/// What a file needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing.
    Same,
    /// To be created.
    Fresh,
    /// To be moved to its place with its folder.
    Staged,
    /// To be replaced; the hash of what stands there.
    Replace(Hash),
    /// The executable bits.
    Mode,
}

/// What is remembered of an artifact between the passes.
pub struct Record {
    /// What made it: one template makes many, one after the other.
    pub from: Rc<str>,
    /// Of its bytes.
    pub hash: Hash,
    /// Number of its bytes.
    pub len: usize,
    /// What its file needs.
    pub state: State,
}

/// A text: its hash, its length and, if it is not in its artifact, where it is.
struct Seen {
    hash: Hash,
    len: usize,
    long: Option<Long>,
}

/// The decisions of the first pass.
pub struct Survey<'a> {
    /// As given to the build.
    pub options: &'a Options,
    /// As found.
    pub lock: &'a Lock,
    /// What torn builds announced.
    pub made: Changes,
    /// All artifacts by path.
    pub plan: BTreeMap<String, Record>,
    /// Files no longer made, and nobody touched them, with the hash of their bytes.
    pub removals: BTreeMap<String, Hash>,
    /// What the user must know.
    pub faults: Vec<Fault>,
    /// The artifacts to write.
    pub kept: Kept,
    /// Those in folders that are not there yet.
    pub stage: Stage<'a>,
    piece: Vec<u8>,
    /// The folder looked into last, open: files mostly come folder by folder.
    last: Option<(String, Handle)>,
    /// Whether the lock is already what it will be, once all is seen.
    listed: bool,
    lock_lower: String,
    /// Of the artifact before.
    from: Rc<str>,
    root: &'a Path,
    folders: Folders<'a>,
    /// Path in lower case → path, of those that are not in lower case.
    claims: BTreeMap<String, String>,
}

impl<'a> Survey<'a> {
    /// A survey that has seen nothing.
    pub fn new(
        root: &'a Path,
        options: &'a Options,
        lock: &'a Lock,
        made: Changes,
        folders: Folders<'a>,
        stage: Stage<'a>,
    ) -> Self {
        Survey {
            options,
            lock,
            made,
            plan: BTreeMap::new(),
            removals: BTreeMap::new(),
            faults: vec![],
            kept: Kept::new(&options.temporary),
            stage,
            piece: vec![],
            last: None,
            listed: false,
            from: Rc::default(),
            lock_lower: options.lock.to_lowercase(),
            root,
            folders,
            claims: BTreeMap::new(),
        }
    }

    /// Sees every artifact; false when they could not all be rendered.
    pub fn run(&mut self, render: &mut Render) -> Result<bool, IoFault> {
        let mut broken = None;
        let whole = render(&mut |made| {
            if broken.is_none() {
                let seen = match made {
                    Made::Part(text) => self.kept.part(text),
                    Made::File(artifact) => self.see(artifact),
                };
                broken = seen.err();
            }
        });
        match broken {
            Some(fault) => Err(fault),
            None => {
                self.files_as_folders();
                self.listed = !self.has_lock() || self.lock.is(self.entries());
                Ok(whole)
            }
        }
    }

    /// Whether there is a lock after the build: there is none where there was none and nothing is made.
    pub fn has_lock(&self) -> bool {
        !self.plan.is_empty() || self.lock.is_there()
    }

    /// Whether the lock is already what it will be after the build; known after the run.
    pub fn same_lock(&self) -> bool {
        self.listed
    }

    /// The entries of the lock after the build.
    pub fn entries(&self) -> impl Iterator<Item = lock::Entry<'_>> {
        self.plan.iter().map(|(path, record)| lock::Entry { path, hash: record.hash, from: &record.from })
    }

    /// The path that is this one in lower case.
    fn claimed(&self, lower: &str) -> Option<&String> {
        self.plan.get_key_value(lower).map(|(path, _)| path).or_else(|| self.claims.get(lower))
    }

    fn see(&mut self, mut artifact: Artifact) -> Result<(), IoFault> {
        let long = self.kept.whole(&mut artifact)?;
        if !self.claim(&artifact) {
            return Ok(());
        }
        let seen = match long {
            Some(long) => Seen { hash: long.hash, len: long.len, long: Some(long) },
            None => {
                let hash = blake3::hash(artifact.text.as_bytes());
                Seen { hash, len: artifact.text.len(), long: None }
            }
        };
        let state = self.judge(&artifact, &seen)?;
        let record = Record { from: self.from(&artifact.from), hash: seen.hash, len: seen.len, state };
        if state == State::Staged {
            let Artifact { path, text, executable, .. } = artifact;
            // After a fault nothing will be written: it is only looked for more.
            if self.faults.is_empty() {
                self.stage.put(&path, &text, executable)?;
            }
            self.plan.insert(path, record);
            return Ok(());
        }
        self.plan.insert(artifact.path.clone(), record);
        let wanted = state != State::Same && !self.options.check_only;
        match long {
            Some(long) if wanted => self.kept.push_long(artifact, long),
            Some(long) => self.kept.forget(long),
            None if wanted => self.kept.push(artifact),
            None => {}
        }
        Ok(())
    }

    /// An origin; the same as that of the artifact before is the same text.
    fn from(&mut self, from: &str) -> Rc<str> {
        if *self.from != *from {
            self.from = from.into();
        }
        self.from.clone()
    }

    /// Whether a path is one an output may have, and nobody else's.
    fn claim(&mut self, artifact: &Artifact) -> bool {
        let lower = lower(&artifact.path);
        let own = (lower == self.lock_lower).then(|| "is the lock".to_owned());
        if let Some(why) = path::refusal(&artifact.path).or(own) {
            self.faults.push(Fault::path(&artifact.path, &artifact.from, why));
            return false;
        }
        if let Some(first) = self.claimed(&lower) {
            let from = self.plan.get(first).map_or(String::new(), |record| record.from.to_string());
            let paths = [first.clone(), artifact.path.clone()];
            self.faults.push(Fault::PathTwice { paths, froms: [from, artifact.from.clone()] });
            return false;
        }
        if lower != artifact.path {
            let lower = lower.into_owned();
            self.claims.insert(lower, artifact.path.clone());
        }
        true
    }

    fn judge(&mut self, artifact: &Artifact, text: &Seen) -> Result<State, IoFault> {
        match self.folders.look(path::parent(&artifact.path))? {
            Folder::Here => {}
            Folder::Missing if text.long.is_none() && !self.options.check_only => return Ok(State::Staged),
            Folder::Missing => return Ok(self.fresh(artifact)),
            Folder::Refused(why) => {
                self.faults.push(Fault::place(&artifact.path, &artifact.from, why));
                return Ok(State::Same);
            }
        }
        let place = path::on_disk(self.root, &artifact.path);
        let (mut file, meta) = match self.find(&artifact.path, &place)? {
            Found::File(file, meta) => (file, meta),
            Found::Nothing => return Ok(self.fresh(artifact)),
            other => {
                let folder = matches!(other, Found::Folder);
                let why = if folder { "is a folder on disk" } else { "is a link or device on disk" };
                self.faults.push(Fault::place(&artifact.path, &artifact.from, why.to_owned()));
                return Ok(State::Same);
            }
        };
        if meta.len() == text.len as u64 {
            let same = match text.long {
                Some(_) => hash_of(&place).map(|hash| hash == text.hash),
                None => self.same(&mut file, artifact.text.as_bytes()),
            };
            if same.map_err(IoFault::at(&place))? {
                return Ok(self.right_text(artifact, &meta));
            }
        }
        self.differs(artifact, &place, text).map_err(IoFault::at(&place))
    }

    fn find(&mut self, path: &str, place: &Path) -> Result<Found, IoFault> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let handle = match &self.last {
            Some((last, handle)) if last == folder => handle,
            _ => {
                let at =
                    if folder.is_empty() { self.root.to_owned() } else { path::on_disk(self.root, folder) };
                let handle = match Handle::open(&at) {
                    Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
                    opened => opened.map_err(IoFault::at(&at))?,
                };
                &self.last.insert((folder.to_owned(), handle)).1
            }
        };
        handle.find(name, place).map_err(IoFault::at(place))
    }

    /// Whether a file of the right length holds exactly this text; read in pieces, since some are large.
    fn same(&mut self, file: &mut File, mut text: &[u8]) -> io::Result<bool> {
        self.piece.resize(1 << 16, 0);
        while !text.is_empty() {
            let length = file.read(&mut self.piece)?;
            match text.strip_prefix(&self.piece[..length]) {
                Some(rest) if length > 0 => text = rest,
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    fn fresh(&mut self, artifact: &Artifact) -> State {
        if self.options.check_only {
            self.faults.push(Fault::Missing { path: artifact.path.clone(), from: artifact.from.clone() });
        }
        State::Fresh
    }

    fn right_text(&mut self, artifact: &Artifact, meta: &Metadata) -> State {
        if !artifact.executable || executable(meta) {
            return State::Same;
        }
        if self.options.check_only {
            self.faults
                .push(Fault::NotExecutable { path: artifact.path.clone(), from: artifact.from.clone() });
        }
        State::Mode
    }

    /// A file that is not what it should be: ours to replace, or a fault.
    fn differs(&mut self, artifact: &Artifact, place: &Path, text: &Seen) -> io::Result<State> {
        let seen = hash_of(place)?;
        let ours = self.owns(&artifact.path, seen) || self.torn(artifact, place, text)?;
        if !self.options.check_only && (ours || self.options.force) {
            return Ok(State::Replace(seen));
        }
        let diffs = self.faults.iter().filter(|fault| fault.has_diff()).count();
        let texts = match text.long {
            Some(_) => None,
            None => fault::texts(place, &artifact.text, diffs)?,
        };
        let differs = fault::Differs { path: artifact.path.clone(), from: artifact.from.clone(), texts };
        let known = self.lock.entry(&artifact.path).is_some();
        self.faults.push(match (ours, known) {
            (true, _) => Fault::Stale(differs),
            (false, true) => Fault::Edited(differs),
            (false, false) => Fault::Foreign(differs),
        });
        Ok(State::Replace(seen))
    }

    /// Whether bastide wrote these bytes to this path.
    fn owns(&self, path: &str, seen: Hash) -> bool {
        let locked = self.lock.entry(path).is_some_and(|entry| entry.hash == seen);
        locked || self.made.get(path).is_some_and(|made| made.iter().any(|change| change.hash == seen))
    }

    /// Whether a torn build began to create this file: it holds nothing yet, or the beginning of what was announced.
    fn torn(&self, artifact: &Artifact, place: &Path, text: &Seen) -> io::Result<bool> {
        let announced = self.made.get(&artifact.path).into_iter().flatten();
        let mut begun = announced.filter(|change| change.kind == Kind::Fresh).peekable();
        if begun.peek().is_none() {
            return Ok(false);
        }
        let disk = fs::read(place)?;
        let begins = match text.long {
            Some(long) => self.kept.begins(long, &disk)?,
            None => artifact.text.as_bytes().starts_with(&disk),
        };
        Ok(begun
            .filter(|change| disk.len() <= change.len)
            .any(|change| void(&disk) || (change.hash == text.hash && begins)))
    }

    /// A path that is a file for one artifact and a folder for another.
    fn files_as_folders(&mut self) {
        for (path, record) in &self.plan {
            let above = std::iter::successors(Some(path::parent(path)), |folder| Some(path::parent(folder)));
            for folder in above.take_while(|folder| !folder.is_empty()) {
                if let Some(file) = self.claimed(&lower(folder)) {
                    let why = format!("needs a folder where `{file}` is made, too");
                    self.faults.push(Fault::path(path, &record.from, why));
                }
            }
        }
    }
}

/// A path in lower case; most are.
fn lower(path: &str) -> Cow<'_, str> {
    match path.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii()) {
        true => path.to_lowercase().into(),
        false => path.into(),
    }
}

/// Bytes a file system shows for a file whose content never reached the disk.
fn void(disk: &[u8]) -> bool {
    disk.iter().all(|&byte| byte == 0)
}

#[cfg(unix)]
fn executable(meta: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    meta.permissions().mode() & 0o100 != 0
}

#[cfg(not(unix))]
fn executable(_: &Metadata) -> bool {
    true
}
