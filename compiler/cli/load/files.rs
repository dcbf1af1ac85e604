//! Where the files of a project lie: in a folder, or in a commit of its repository. Reading is the same for both.

use super::disk::{Disk, Entry};
use super::git::Commit;
use super::path_kind::PathKind;
use super::refusal::{ALL, Refusal, limit};
use super::slashes;
use super::text::Text;
use crate::fault::IoFault;
use bastide_report::finding::Report;
use bastide_report::source::{FileId, Role, Sources, Span};
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The files of a project, by paths relative to its root.
pub struct ProjectFiles {
    store: Store,
    /// How many bytes were read.
    read: Cell<u64>,
    /// What was refused, and told.
    refused: RefCell<BTreeSet<PathBuf>>,
    /// The folder that people see under another name, and that name.
    typed: Option<(String, String)>,
    /// What stands before other paths where people read them.
    before: String,
    /// What stands behind it.
    behind: String,
    /// Texts that are read in the place of those that lie there.
    pub drafts: Drafts,
}

/// Texts that are not written yet, by path.
pub type Drafts = BTreeMap<String, String>;

enum Store {
    Folder(Disk),
    Commit(Box<Commit>),
}

impl ProjectFiles {
    /// The folder that is worked in: paths are shown as they are.
    pub fn here(root: PathBuf) -> ProjectFiles {
        ProjectFiles::new(Store::Folder(Disk::new(root)), String::new(), String::new())
    }

    /// Another folder: paths are shown with it in front.
    pub fn folder(root: PathBuf) -> ProjectFiles {
        let before = format!("{}/", slashes(&root).trim_end_matches('/'));
        ProjectFiles::new(Store::Folder(Disk::new(root)), before, String::new())
    }

    /// A folder of which the user named a part: that part is shown as it was typed.
    pub fn named(root: PathBuf, folder: String, typed: &Path) -> ProjectFiles {
        let typed = slashes(typed);
        let typed = if typed.is_empty() || typed.ends_with('/') { typed } else { format!("{typed}/") };
        ProjectFiles { typed: Some((folder, typed)), ..ProjectFiles::folder(root) }
    }

    /// A commit: paths are shown as `path@name`.
    pub fn commit(commit: Commit) -> ProjectFiles {
        let behind = format!("@{}", commit.name);
        ProjectFiles::new(Store::Commit(Box::new(commit)), String::new(), behind)
    }

    fn new(store: Store, before: String, behind: String) -> ProjectFiles {
        ProjectFiles {
            store,
            read: Cell::new(0),
            refused: RefCell::default(),
            typed: None,
            before,
            behind,
            drafts: Drafts::new(),
        }
    }

    /// What a file of the spec is that lies here.
    pub fn role(&self) -> Role {
        if self.before.is_empty() && self.behind.is_empty() { Role::Spec } else { Role::Baseline }
    }

    /// A path as people read it.
    pub fn shown(&self, path: &str) -> String {
        let typed = self.typed.as_ref();
        let rest = typed.and_then(|(folder, typed)| Some((typed, path.strip_prefix(folder.as_str())?)));
        match rest {
            Some((typed, rest)) => format!("{typed}{rest}"),
            None => format!("{}{path}{}", self.before, self.behind),
        }
    }

    /// Reads a text file, as large as those of its role may be.
    ///
    /// # Errors
    /// The disk or git refuses.
    pub fn read(&self, path: &Path, role: Role) -> Result<Result<Text, Refusal>, IoFault> {
        if let Some(text) = self.drafts.get(&slashes(path)) {
            return Ok(Ok(Text::of(text.clone().into_bytes())));
        }
        let bytes = match &self.store {
            Store::Folder(disk) => disk.read(path, limit(role))?,
            Store::Commit(commit) => {
                let shown = self.shown(&slashes(path));
                commit.read(&slashes(path), limit(role)).map_err(IoFault::at(shown.as_ref()))?
            }
        };
        Ok(bytes.and_then(|bytes| {
            self.read.set(self.read.get() + bytes.len() as u64);
            if self.read.get() > ALL { Err(Refusal::TooMuch(ALL)) } else { Ok(Text::of(bytes)) }
        }))
    }

    /// Reads a text file into the sources, and says whether all of it was text. One that is refused is told once, where it
    /// was asked for.
    ///
    /// # Errors
    /// The disk or git refuses.
    pub fn add(
        &self,
        path: &Path,
        role: Role,
        asked: Option<Span>,
        sources: &mut Sources,
        report: &mut Report,
    ) -> Result<Option<(FileId, bool)>, IoFault> {
        let shown = self.shown(&slashes(path));
        match self.read(path, role)? {
            Ok(text) => {
                let whole = text.bad.is_empty();
                Ok(Some((text.add(shown, role, sources, report), whole)))
            }
            Err(refusal) => {
                self.refuse(path, refusal, asked, sources, report);
                Ok(None)
            }
        }
    }

    /// Tells why a file or folder is not read, once.
    pub fn refuse(
        &self,
        path: &Path,
        why: Refusal,
        asked: Option<Span>,
        sources: &mut Sources,
        report: &mut Report,
    ) {
        if self.refused.borrow_mut().insert(path.into()) {
            why.tell(&self.shown(&slashes(path)), asked, sources, report);
        }
    }

    /// Whether something was refused.
    pub fn refused(&self) -> bool {
        !self.refused.borrow().is_empty()
    }

    /// What lies under the path, symbolic links followed.
    ///
    /// # Errors
    /// A folder on the way cannot be read.
    pub fn kind_of(&self, path: &Path) -> Result<PathKind, IoFault> {
        match &self.store {
            Store::Folder(disk) => disk.kind_of(path),
            Store::Commit(commit) if commit.is_file(&slashes(path)) => Ok(PathKind::File),
            Store::Commit(commit) if commit.is_folder(&slashes(path)) => Ok(PathKind::Folder),
            Store::Commit(_) => Ok(PathKind::Missing),
        }
    }

    /// Whether the file under the path may be run.
    pub fn executable(&self, path: &Path) -> bool {
        match &self.store {
            Store::Folder(disk) => disk.executable(path),
            Store::Commit(commit) => commit.executable(&slashes(path)),
        }
    }

    /// Whether there is a file under the path, or what leads out of the project.
    ///
    /// # Errors
    /// A folder on the way cannot be read.
    pub fn is_file(&self, path: &Path) -> Result<bool, IoFault> {
        Ok(matches!(self.kind_of(path)?, PathKind::File | PathKind::Outside))
    }

    /// A file of this name that lay in another folder of the commit and is not there any more.
    pub fn moved(&self, here: &Path, name: &str) -> Option<String> {
        match &self.store {
            Store::Folder(_) => None,
            Store::Commit(commit) => commit.moved(here, name),
        }
    }

    /// All files below a folder, so many folders deep; hidden folders, `target` and `node_modules` are passed over.
    ///
    /// # Errors
    /// A folder cannot be read, or there are too many files.
    pub fn walk(&self, folder: &Path, depth: usize) -> Result<Vec<PathBuf>, IoFault> {
        let commit = match &self.store {
            Store::Folder(disk) => return disk.walk(folder, depth, passed),
            Store::Commit(commit) => commit,
        };
        let below = commit.below(&slashes(folder)).map(PathBuf::from);
        let rest = |path: &Path| path.strip_prefix(folder).is_ok_and(|rest| !rest.iter().any(passed));
        Ok(below.filter(|path| rest(path)).collect())
    }

    /// The files right in a folder that end so, sorted.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn in_folder(&self, folder: &Path, extension: &str) -> Result<Vec<PathBuf>, IoFault> {
        let mut files: Vec<PathBuf> = match &self.store {
            Store::Folder(disk) => disk.entries(folder)?.into_iter().map(|entry| entry.path).collect(),
            Store::Commit(commit) => {
                let below = commit.below(&slashes(folder)).map(PathBuf::from);
                below.filter(|path| path.parent() == Some(folder)).collect()
            }
        };
        files.retain(|path| path.extension().is_some_and(|it| it == extension));
        files.sort();
        Ok(files)
    }

    /// What stands right in a folder on disk, sorted.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn entries(&self, folder: &Path) -> Result<Vec<Entry>, IoFault> {
        match &self.store {
            Store::Folder(disk) => disk.entries(folder),
            Store::Commit(_) => Ok(vec![]),
        }
    }

    /// All files below a folder that are part of the project, hidden ones too.
    ///
    /// # Errors
    /// A folder cannot be read, or there are too many files.
    pub fn every(&self, folder: &Path) -> Result<Vec<PathBuf>, IoFault> {
        match &self.store {
            Store::Folder(disk) => disk.walk(folder, usize::MAX, |name| name == ".git"),
            Store::Commit(commit) => Ok(commit.below(&slashes(folder)).map(PathBuf::from).collect()),
        }
    }

    /// All files below a folder, hidden ones too; links to folders come as files.
    ///
    /// # Errors
    /// A folder cannot be read, or there are too many files.
    pub fn all(&self, folder: &Path) -> Result<Vec<PathBuf>, IoFault> {
        match &self.store {
            Store::Folder(disk) => disk.walk(folder, usize::MAX, |_| false),
            Store::Commit(_) => Ok(vec![]),
        }
    }
}

fn passed(name: &OsStr) -> bool {
    name.to_string_lossy().starts_with('.') || name == "target" || name == "node_modules"
}
