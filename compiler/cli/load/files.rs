//! Where the files of a project lie: in a folder, or in a commit of its repository. Reading is the same for both.

use super::git::Commit;
use super::path_kind::{PathKind, PlainFolders};
use super::slashes;
use super::text::{self, Text};
use crate::fault::IoFault;
use bastide_report::source::Role;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a project, by paths relative to its root.
pub struct ProjectFiles {
    store: Store,
    /// Folders of it that were looked at.
    plain: PlainFolders,
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
    Folder(PathBuf),
    Commit(Box<Commit>),
}

impl ProjectFiles {
    /// The folder that is worked in: paths are shown as they are.
    pub fn here(root: PathBuf) -> ProjectFiles {
        ProjectFiles::new(Store::Folder(root), String::new(), String::new())
    }

    /// Another folder: paths are shown with it in front.
    pub fn folder(root: PathBuf) -> ProjectFiles {
        let before = format!("{}/", slashes(&root).trim_end_matches('/'));
        ProjectFiles::new(Store::Folder(root), before, String::new())
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
            plain: PlainFolders::default(),
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

    /// Reads a text file.
    ///
    /// # Errors
    /// It is not there, is no file, is too large, or the disk or git refuses.
    pub fn read(&self, path: &Path) -> Result<Text, IoFault> {
        if let Some(text) = self.drafts.get(&slashes(path)) {
            return Ok(Text::of(text.clone().into_bytes()));
        }
        match &self.store {
            Store::Folder(root) => text::read(&root.join(path)),
            Store::Commit(commit) => {
                let shown = self.shown(&slashes(path));
                commit.read(&slashes(path)).map(Text::of).map_err(IoFault::at(shown.as_ref()))
            }
        }
    }

    /// What lies under the path, symbolic links followed.
    pub fn kind_of(&self, path: &Path) -> PathKind {
        match &self.store {
            Store::Folder(root) => self.plain.kind_of(root, path),
            Store::Commit(commit) if commit.is_file(&slashes(path)) => PathKind::File,
            Store::Commit(commit) if commit.is_folder(&slashes(path)) => PathKind::Other,
            Store::Commit(_) => PathKind::Missing,
        }
    }

    /// Whether the file under the path may be run.
    pub fn executable(&self, path: &Path) -> bool {
        match &self.store {
            Store::Folder(root) => fs::metadata(root.join(path)).is_ok_and(|meta| runs(&meta)),
            Store::Commit(commit) => commit.executable(&slashes(path)),
        }
    }

    /// Whether there is a file under the path.
    pub fn is_file(&self, path: &Path) -> bool {
        match &self.store {
            Store::Folder(root) => root.join(path).is_file(),
            Store::Commit(commit) => commit.is_file(&slashes(path)),
        }
    }

    /// A file of this name that lay in another folder of the commit and is not there any more.
    pub fn moved(&self, here: &Path, name: &str) -> Option<String> {
        match &self.store {
            Store::Folder(_) => None,
            Store::Commit(commit) => commit.moved(here, name),
        }
    }

    /// Whether a file really lies in the project, symbolic links followed.
    pub fn inside(&self, path: &Path) -> bool {
        matches!(self.kind_of(path), PathKind::File | PathKind::Other)
    }

    /// All files below a folder; hidden folders, `target` and `node_modules` are passed over.
    pub fn walk(&self, folder: &Path) -> Vec<PathBuf> {
        let mut found = vec![];
        match &self.store {
            Store::Folder(root) => walk(root, folder, &mut found),
            Store::Commit(commit) => {
                let below = commit.below(&slashes(folder)).map(PathBuf::from);
                let rest = |path: &Path| path.strip_prefix(folder).is_ok_and(|rest| !rest.iter().any(passed));
                found.extend(below.filter(|path| rest(path)));
            }
        }
        found
    }

    /// The files right in a folder that end so, sorted.
    pub fn in_folder(&self, folder: &Path, extension: &str) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> = match &self.store {
            Store::Folder(root) => {
                let entries = fs::read_dir(root.join(folder)).into_iter().flatten().flatten();
                entries.map(|entry| folder.join(entry.file_name())).collect()
            }
            Store::Commit(commit) => {
                let below = commit.below(&slashes(folder)).map(PathBuf::from);
                below.filter(|path| path.parent() == Some(folder)).collect()
            }
        };
        files.retain(|path| path.extension().is_some_and(|it| it == extension));
        files.sort();
        files
    }
}

#[cfg(unix)]
fn runs(meta: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    meta.permissions().mode() & 0o100 != 0
}

/// Where files have no such bit, none of them has it.
#[cfg(not(unix))]
fn runs(_: &fs::Metadata) -> bool {
    false
}

fn passed(name: &std::ffi::OsStr) -> bool {
    name.to_string_lossy().starts_with('.') || name == "target" || name == "node_modules"
}

fn walk(root: &Path, folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(root.join(folder)) else { return };
    for entry in entries.flatten() {
        let path = folder.join(entry.file_name());
        match entry.file_type() {
            _ if passed(&entry.file_name()) => {}
            Ok(kind) if kind.is_dir() => walk(root, &path, found),
            Ok(_) => found.push(path),
            Err(_) => {}
        }
    }
}
