//! What a build has to do: every artifact against the rules for paths, the disk and the lock. Changes nothing.

use super::finding::{Differs, Findings};
use super::folder::{Folder, Found, LARGEST, Root, bytes_of, hash_of, look};
use super::lock::{self, Entry as Known, Lock};
use super::threads::in_parts;
use super::{Options, path};
use crate::confined::{self, Dir, Metadata};
use crate::fault::IoFault;
use bastide_core::target::Artifact;
use blake3::{Hash, Hasher};
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};

/// What a file needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    Nothing,
    /// To be created.
    Create,
    /// To be replaced; the hash of what stands there.
    Replace(Hash),
    /// The executable bits.
    Mode,
}

/// A file as it has to be.
pub struct File<'a> {
    /// What it holds.
    pub artifact: &'a Artifact,
    /// Of its bytes.
    pub hash: Hash,
    /// What it needs.
    pub change: Change,
}

impl File<'_> {
    /// The folder it is in.
    pub fn folder(&self) -> &str {
        path::parent(&self.artifact.path)
    }

    /// The hash of what stands in its place and is replaced.
    pub fn seen(&self) -> Option<Hash> {
        match self.change {
            Change::Create | Change::Nothing => None,
            Change::Replace(old) => Some(old),
            Change::Mode => Some(self.hash),
        }
    }
}

/// What a build has to do.
pub struct Plan<'a> {
    /// All files, by path.
    pub files: Vec<File<'a>>,
    /// Files no longer made, and nobody touched them, with the hash of their bytes, by path.
    pub removals: Vec<(String, Hash)>,
    /// What the lock knows of files that this build is not about.
    pub kept: Vec<Known<'a>>,
}

/// Decides what every file needs, and tells what is in the way.
///
/// # Errors
/// The disk cannot be read.
pub fn plan_writes<'a>(
    root: &Root,
    options: Options,
    lock: &Lock<'a>,
    artifacts: &'a [Artifact],
    findings: &mut Findings,
) -> Result<Plan<'a>, IoFault> {
    let claims = claims(root, artifacts, findings);
    let mut artifacts: Vec<&Artifact> = claims.values().copied().collect();
    artifacts.sort_by_key(|artifact| &artifact.path);
    let seen = in_parts(&artifacts, |part| compare(root, part))?;
    let mut planner = Planner { root, options, lock, claims, findings };
    let mut files = vec![];
    for (artifact, (hash, disk)) in artifacts.into_iter().zip(seen) {
        files.push(File { artifact, hash, change: planner.change(artifact, disk)? });
    }
    let removals = planner.removals()?;
    Ok(Plan { files, removals, kept: lock.entries(|path| !concerns(root, options, path)).collect() })
}

/// Whether a build is about this path of the lock: not if it is of another environment, or leads to where no repository is.
fn concerns(root: &Root, options: Options, path: &str) -> bool {
    options.below.is_none_or(|folder| path.starts_with(folder)) && root.refusal(path).is_none()
}

impl Plan<'_> {
    /// Whether the tree is to be changed, beside the lock.
    pub fn changes(&self) -> bool {
        !self.removals.is_empty() || self.files.iter().any(|file| file.change != Change::Nothing)
    }

    /// The text of the lock once all is done: none where there was none and nothing is made.
    pub fn final_lock(&self, lock: &Lock) -> Option<String> {
        let made =
            self.files.iter().map(|it| (it.artifact.path.as_str(), it.hash, it.artifact.from.as_str()));
        let mut entries: Vec<_> = made.chain(self.kept()).collect();
        entries.sort_by_key(|entry| entry.0);
        (!entries.is_empty() || lock.text.is_some()).then(|| lock::print(false, entries.into_iter()))
    }

    fn kept(&self) -> impl Iterator<Item = (&str, Hash, &str)> {
        self.kept.iter().map(|entry| (entry.path, entry.hash, entry.from))
    }

    /// Whether a lock knows each file as it is to be, and none that is not. It may know older bytes too, as one does in
    /// which two branches met.
    pub fn known_by(&self, lock: &Lock) -> bool {
        let made: BTreeSet<&str> = self.files.iter().map(|file| file.artifact.path.as_str()).collect();
        let kept: BTreeSet<&str> = self.kept.iter().map(|entry| entry.path).collect();
        !lock.interim
            && !lock.conflict
            && self.files.iter().all(|file| {
                let path = &file.artifact.path;
                lock.owns(path, file.hash) || lock.merged(path)
            })
            && lock.paths().all(|path| made.contains(path) || kept.contains(path))
    }

    /// The text of the lock while files change: those that are replaced or removed are there with their old bytes, too.
    pub fn interim_lock(&self) -> String {
        let mut entries = vec![];
        for file in &self.files {
            let (path, from) = (file.artifact.path.as_str(), file.artifact.from.as_str());
            if let Change::Replace(old) = file.change {
                entries.push((path, old, from));
            }
            entries.push((path, file.hash, from));
        }
        entries.extend(self.removals.iter().map(|(path, old)| (path.as_str(), *old, "no longer made")));
        entries.extend(self.kept());
        entries.sort_by_key(|entry| entry.0);
        lock::print(true, entries.into_iter())
    }
}

/// Artifacts by their paths in lower case: two that differ in case only are one file on some systems.
type Claims<'a> = BTreeMap<String, &'a Artifact>;

/// The artifacts whose paths an output may have, and nobody else has.
fn claims<'a>(root: &Root, artifacts: &'a [Artifact], findings: &mut Findings) -> Claims<'a> {
    let mut claims = Claims::new();
    for artifact in artifacts {
        let Artifact { path, from, .. } = artifact;
        let lower = path.to_lowercase();
        let own = (lower == root.lock().to_lowercase()).then_some("is the lock");
        if let Some(why) = root.refusal(path).or(own) {
            findings.bad_path(path, from, why);
            continue;
        }
        match claims.entry(lower) {
            Entry::Vacant(free) => drop(free.insert(artifact)),
            Entry::Occupied(first) => {
                findings.path_twice([&first.get().path, &first.get().from], [path, from]);
            }
        }
    }
    for (lower, artifact) in &claims {
        for file in path::above(lower).filter_map(|folder| claims.get(folder)) {
            let why = format!("needs a folder where `{}` is made, too", file.path);
            findings.bad_path(&artifact.path, &artifact.from, &why);
        }
    }
    claims
}

/// What stands on the disk.
enum Disk {
    Nothing,
    /// The right bytes.
    Same(Metadata),
    /// A file with other bytes, and how many they are.
    Other(Hash, u64),
    /// No file can be put there; why, as in "`path` …".
    InTheWay(String),
}

/// The hash of each artifact, and what stands in its place. They come by path, so mostly folder by folder.
fn compare(root: &Root, artifacts: &[&Artifact]) -> Result<Vec<(Hash, Disk)>, IoFault> {
    let mut seen = Vec::with_capacity(artifacts.len());
    for files in artifacts.chunk_by(|left, right| path::parent(&left.path) == path::parent(&right.path)) {
        let folder = root.folder(path::parent(&files[0].path))?;
        for artifact in files {
            let hash = blake3::hash(artifact.text.as_bytes());
            let disk = match &folder {
                Folder::Here(folder) => disk(folder, artifact).map_err(root.fault(&artifact.path))?,
                Folder::Missing => Disk::Nothing,
                Folder::Refused(why) => Disk::InTheWay(why.clone()),
            };
            seen.push((hash, disk));
        }
    }
    Ok(seen)
}

fn disk(folder: &Dir, artifact: &Artifact) -> io::Result<Disk> {
    let name = path::name(&artifact.path);
    let meta = match look(folder, name)? {
        Found::File(meta) => meta,
        Found::Nothing => return Ok(Disk::Nothing),
        Found::Folder => return Ok(Disk::InTheWay("is a folder on disk".into())),
        Found::Other => return Ok(Disk::InTheWay("is a link or device on disk".into())),
    };
    let length = meta.len();
    let same =
        || Ok::<_, io::Error>(bytes_of(folder, name, length)?.as_deref() == Some(artifact.text.as_bytes()));
    if length == artifact.text.len() as u64 && same()? {
        return Ok(Disk::Same(meta));
    }
    Ok(match hash_of(folder, name)? {
        Some(hash) => Disk::Other(hash, length),
        None => Disk::InTheWay(format!("holds more than {} MiB on disk", LARGEST >> 20)),
    })
}

struct Planner<'p, 'r> {
    root: &'p Root,
    options: Options<'p>,
    lock: &'p Lock<'p>,
    claims: Claims<'p>,
    findings: &'p mut Findings<'r>,
}

impl Planner<'_, '_> {
    fn change(&mut self, artifact: &Artifact, disk: Disk) -> Result<Change, IoFault> {
        let (Artifact { path, from, .. }, check_only) = (artifact, self.options.check_only);
        match disk {
            Disk::InTheWay(why) => {
                self.findings.in_the_way(path, from, &why);
                Ok(Change::Nothing)
            }
            Disk::Nothing => {
                check_only
                    .then(|| self.findings.stale(path, format!("`{path}`, made by `{from}`, is missing")));
                Ok(Change::Create)
            }
            // Where files have no such bit, there is none to be set.
            Disk::Same(meta) if artifact.executable && !confined::executable(&meta).unwrap_or(true) => {
                let message = format!("`{path}`, made by `{from}`, is not executable");
                check_only.then(|| self.findings.stale(path, message));
                Ok(Change::Mode)
            }
            Disk::Same(_) => Ok(Change::Nothing),
            Disk::Other(hash, length) => {
                let mut ours = self.ours(path, hash, length) || self.conflict(path)?;
                if !ours && self.lock.merged(path) {
                    ours = true;
                    (!check_only).then(|| self.findings.merged(path, from));
                }
                if check_only || !(ours || self.options.force) {
                    self.differs(artifact, ours)?;
                }
                Ok(Change::Replace(hash))
            }
        }
    }

    fn differs(&mut self, artifact: &Artifact, ours: bool) -> Result<(), IoFault> {
        let Artifact { path, from, text, .. } = artifact;
        let mut disk = vec![];
        if let Folder::Here(folder) = self.root.folder(path::parent(path))? {
            // More is not shown.
            let read = bytes_of(&folder, path::name(path), 1 << 20).map_err(self.root.fault(path))?;
            disk = read.unwrap_or_else(|| vec![0; 1 << 20]);
        }
        let how = match (ours, self.lock.knows(path)) {
            (true, _) => Differs::Stale,
            (false, true) => Differs::Edited,
            (false, false) => Differs::Foreign,
        };
        self.findings.differs(path, from, how, [&disk, text.as_bytes()]);
        Ok(())
    }

    /// Whether git left marks of a conflict in a file of bastide's: to build again is how it is settled.
    fn conflict(&self, path: &str) -> Result<bool, IoFault> {
        if !self.lock.knows(path) {
            return Ok(false);
        }
        let Folder::Here(folder) = self.root.folder(path::parent(path))? else { return Ok(false) };
        let read = bytes_of(&folder, path::name(path), LARGEST).map_err(self.root.fault(path))?;
        let text = read.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        let marks = |mark: &str| text.lines().any(|line| line.starts_with(mark));
        Ok(marks("<<<<<<< ") && marks(">>>>>>> "))
    }

    /// Whether bastide wrote these bytes, or the system lost them when it stopped in the middle of a build: then the
    /// file is empty or holds nothing but zeros.
    fn ours(&self, path: &str, hash: Hash, length: u64) -> bool {
        let zeros = || Hasher::new().update_reader(io::repeat(0).take(length)).map(|it| it.finalize());
        let lost = || self.lock.interim && self.lock.knows(path) && zeros().is_ok_and(|zeros| zeros == hash);
        self.lock.owns(path, hash) || lost()
    }

    /// The files of the lock that are no longer made.
    fn removals(&mut self) -> Result<Vec<(String, Hash)>, IoFault> {
        let mut removals = vec![];
        let (root, options) = (self.root, self.options);
        for path in self.lock.paths().filter(|path| concerns(root, options, path)) {
            let maker = self.claims.get(&path.to_lowercase()).copied();
            let made = maker.is_some_and(|maker| maker.path == path || self.is_one_file(&maker.path, path));
            if !made && let Some(hash) = self.removal(path)? {
                removals.push((path.to_owned(), hash));
            }
        }
        Ok(removals)
    }

    /// The hash of a file that can be removed.
    fn removal(&mut self, path: &str) -> Result<Option<Hash>, IoFault> {
        let fault = self.root.fault(path);
        match self.root.folder(path::parent(path))? {
            Folder::Missing => return Ok(None),
            Folder::Refused(_) => {}
            Folder::Here(folder) => match look(&folder, path::name(path)).map_err(&fault)? {
                Found::Nothing => return Ok(None),
                Found::Folder | Found::Other => {}
                Found::File(meta) => {
                    let hash = hash_of(&folder, path::name(path)).map_err(&fault)?;
                    if let Some(hash) = hash.filter(|hash| self.ours(path, *hash, meta.len())) {
                        self.options
                            .check_only
                            .then(|| self.findings.stale(path, format!("`{path}` is no longer made")));
                        return Ok(Some(hash));
                    }
                }
            },
        }
        self.findings.edited_leftover(path);
        Ok(None)
    }

    /// Whether two paths that differ in case lead to one file, as they do on some file systems.
    fn is_one_file(&self, path: &str, other: &str) -> bool {
        let real = |path: &str| {
            let (dir, rest) = self.root.place(path).ok()?;
            Some((std::ptr::from_ref(dir), dir.canonicalize(rest).ok()?))
        };
        real(path).is_some_and(|place| real(other) == Some(place))
    }
}
