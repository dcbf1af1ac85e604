//! The first pass: every artifact against path rules, disk, lock and journal. Decides, changes nothing.

use super::journal::{Changes, Kind};
use super::kept::Kept;
use super::lock::{self, Lock};
use super::path::{self, Folder, Folders};
use super::{Artifact, Fault, IoFault, Options, Render, fault};
use blake3::Hash;
use std::collections::BTreeMap;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::Path;

/// What a file needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing.
    Same,
    /// To be created.
    Fresh,
    /// To be replaced; the hash of what stands there.
    Replace(Hash),
    /// The executable bits.
    Mode,
}

/// What is remembered of an artifact between the passes.
pub struct Record {
    /// What made it.
    pub from: String,
    /// Of its bytes.
    pub hash: Hash,
    /// Number of its bytes.
    pub len: usize,
    /// What its file needs.
    pub state: State,
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
    /// Files no longer made, and nobody touched them: hash and what made them.
    pub removals: BTreeMap<String, lock::Entry>,
    /// What the user must know.
    pub faults: Vec<Fault>,
    /// The artifacts to write.
    pub kept: Kept,
    piece: Vec<u8>,
    root: &'a Path,
    folders: Folders<'a>,
    /// Path in lower case → path.
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
    ) -> Self {
        Survey {
            options,
            lock,
            made,
            plan: BTreeMap::new(),
            removals: BTreeMap::new(),
            faults: vec![],
            kept: Kept::new(&options.temporary),
            piece: vec![],
            root,
            folders,
            claims: BTreeMap::new(),
        }
    }

    /// Sees every artifact; false when they could not all be rendered.
    pub fn run(&mut self, render: &mut Render) -> Result<bool, IoFault> {
        let mut broken = None;
        let whole = render(&mut |artifact| {
            if broken.is_none() {
                broken = self.see(artifact).err();
            }
        });
        match broken {
            Some(fault) => Err(fault),
            None => {
                self.files_as_folders();
                Ok(whole)
            }
        }
    }

    /// The text of the lock after the build; none where there was none and nothing is made.
    pub fn new_lock(&self) -> Option<String> {
        if self.plan.is_empty() && self.lock.text.is_none() {
            return None;
        }
        let entries =
            self.plan.iter().map(|(path, record)| (path.as_str(), record.hash, record.from.as_str()));
        Some(lock::print(entries))
    }

    fn see(&mut self, artifact: Artifact) -> Result<(), IoFault> {
        let lower = artifact.path.to_lowercase();
        let own = (lower == self.options.lock.to_lowercase()).then(|| "is the lock".to_owned());
        if let Some(why) = path::refusal(&artifact.path).or(own) {
            self.faults.push(Fault::path(&artifact.path, &artifact.from, why));
            return Ok(());
        }
        if let Some(first) = self.claims.get(&lower) {
            let from = self.plan.get(first).map_or(String::new(), |record| record.from.clone());
            let paths = [first.clone(), artifact.path];
            self.faults.push(Fault::PathTwice { paths, froms: [from, artifact.from] });
            return Ok(());
        }
        self.claims.insert(lower, artifact.path.clone());
        let hash = blake3::hash(artifact.text.as_bytes());
        let state = self.judge(&artifact, hash)?;
        let record = Record { from: artifact.from.clone(), hash, len: artifact.text.len(), state };
        self.plan.insert(artifact.path.clone(), record);
        if state != State::Same && !self.options.check_only {
            self.kept.push(artifact);
        }
        Ok(())
    }

    fn judge(&mut self, artifact: &Artifact, hash: Hash) -> Result<State, IoFault> {
        match self.folders.look(path::parent(&artifact.path))? {
            Folder::Here => {}
            Folder::Missing => return Ok(self.fresh(artifact)),
            Folder::Refused(why) => {
                self.faults.push(Fault::place(&artifact.path, &artifact.from, why));
                return Ok(State::Same);
            }
        }
        let place = path::on_disk(self.root, &artifact.path);
        let meta = match fs::symlink_metadata(&place) {
            Ok(meta) => meta,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(self.fresh(artifact)),
            Err(error) => return Err(IoFault { path: place, error }),
        };
        if !meta.is_file() {
            let why = if meta.is_dir() { "is a folder on disk" } else { "is a link or device on disk" };
            self.faults.push(Fault::place(&artifact.path, &artifact.from, why.to_owned()));
            return Ok(State::Same);
        }
        if meta.len() == artifact.text.len() as u64
            && self.same(&place, artifact.text.as_bytes()).map_err(IoFault::at(&place))?
        {
            return Ok(self.right_text(artifact, &meta));
        }
        let disk = fs::read(&place).map_err(IoFault::at(&place))?;
        let seen = blake3::hash(&disk);
        self.differs(artifact, &disk, seen, hash);
        Ok(State::Replace(seen))
    }

    /// Whether a file holds exactly this text; read in pieces, since most files are right and some are large.
    fn same(&mut self, place: &Path, mut text: &[u8]) -> io::Result<bool> {
        let mut file = File::open(place)?;
        self.piece.resize(1 << 16, 0);
        loop {
            let length = file.read(&mut self.piece)?;
            match text.strip_prefix(&self.piece[..length]) {
                _ if length == 0 => return Ok(text.is_empty()),
                Some(rest) => text = rest,
                None => return Ok(false),
            }
        }
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
    fn differs(&mut self, artifact: &Artifact, disk: &[u8], seen: Hash, hash: Hash) {
        let ours = self.owns(&artifact.path, seen) || self.torn(artifact, disk, hash);
        if !self.options.check_only && (ours || self.options.force) {
            return;
        }
        let diffs = self.faults.iter().filter(|fault| fault.has_diff()).count();
        let differs = fault::Differs {
            path: artifact.path.clone(),
            from: artifact.from.clone(),
            texts: fault::texts(disk, &artifact.text, diffs),
        };
        let known = self.lock.entries.contains_key(&artifact.path);
        self.faults.push(match (ours, known) {
            (true, _) => Fault::Stale(differs),
            (false, true) => Fault::Edited(differs),
            (false, false) => Fault::Foreign(differs),
        });
    }

    /// Whether bastide wrote these bytes to this path.
    fn owns(&self, path: &str, seen: Hash) -> bool {
        let locked = self.lock.entries.get(path).is_some_and(|entry| entry.hash == seen);
        locked || self.made.get(path).is_some_and(|made| made.iter().any(|change| change.hash == seen))
    }

    /// Whether a torn build began to create this file: it holds nothing yet, or the beginning of what was announced.
    fn torn(&self, artifact: &Artifact, disk: &[u8], hash: Hash) -> bool {
        let announced = self.made.get(&artifact.path).into_iter().flatten();
        announced
            .filter(|change| change.kind == Kind::Fresh && disk.len() <= change.len)
            .any(|change| void(disk) || (change.hash == hash && artifact.text.as_bytes().starts_with(disk)))
    }

    /// A path that is a file for one artifact and a folder for another.
    fn files_as_folders(&mut self) {
        for (path, record) in &self.plan {
            let above = std::iter::successors(Some(path::parent(path)), |folder| Some(path::parent(folder)));
            for folder in above.take_while(|folder| !folder.is_empty()) {
                if let Some(file) = self.claims.get(&folder.to_lowercase()) {
                    let why = format!("needs a folder where `{file}` is made, too");
                    self.faults.push(Fault::path(path, &record.from, why));
                }
            }
        }
    }

    /// Files of the lock or the journal that are no longer made.
    pub fn leftovers(&mut self) -> Result<(), IoFault> {
        let mut paths: BTreeMap<String, String> = BTreeMap::new();
        for (path, entry) in &self.lock.entries {
            paths.insert(path.clone(), entry.from.clone());
        }
        for (path, made) in &self.made {
            if made.iter().any(|change| change.kind != Kind::Remove) {
                paths.entry(path.clone()).or_default();
            }
        }
        paths.retain(|path, _| !self.plan.contains_key(path));
        for (path, from) in paths {
            self.leftover(path, from)?;
        }
        Ok(())
    }

    fn leftover(&mut self, path: String, from: String) -> Result<(), IoFault> {
        let place = path::on_disk(self.root, &path);
        let outside = match self.folders.look(path::parent(&path))? {
            Folder::Here => false,
            Folder::Missing => return Ok(()),
            Folder::Refused(_) => true,
        };
        let meta = match fs::symlink_metadata(&place) {
            Ok(meta) => meta,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Ok(());
            }
            Err(error) => return Err(IoFault { path: place, error }),
        };
        if self.is_made_under_another_case(&path) {
            return Ok(());
        }
        if !outside && meta.is_file() {
            let disk = fs::read(&place).map_err(IoFault::at(&place))?;
            let hash = blake3::hash(&disk);
            let begun =
                self.made.get(&path).is_some_and(|made| made.iter().any(|change| change.kind == Kind::Fresh));
            if self.owns(&path, hash) || (begun && void(&disk)) {
                if self.options.check_only {
                    self.faults.push(Fault::Extra { path: path.clone() });
                }
                self.removals.insert(path, lock::Entry { hash, from });
                return Ok(());
            }
        }
        self.faults.push(Fault::EditedLeftover { path });
        Ok(())
    }

    /// On a file system that does not tell cases apart, the old name is the new file.
    fn is_made_under_another_case(&self, path: &str) -> bool {
        let Some(other) = self.claims.get(&path.to_lowercase()) else { return false };
        let real = |path: &str| fs::canonicalize(path::on_disk(self.root, path)).ok();
        real(path).is_some_and(|place| real(other) == Some(place))
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
