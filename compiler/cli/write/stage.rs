//! Folders that are not there yet: they are made whole in a hidden folder beside their place and moved to it in one step.
//! A text that waits for the end of the survey in its own file is written once; kept elsewhere it is written twice and
//! read once, which is a third of the writing of a thousand services.

use super::handle::Handle;
use super::journal::take;
use super::{IoFault, path};
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// In the root; no output may have such a name.
const NAME: &str = ".bastide-new";
/// In the hidden folder: locked by who uses it. A folder without it is somebody else's.
const LOCK: &str = "lock";
/// In the hidden folder: the outputs.
const TREE: &str = "tree";

/// The hidden folder. It is gone when this is dropped, and so is a root that was made for it and got nothing.
pub struct Stage<'a> {
    root: &'a Path,
    place: PathBuf,
    open: Option<Open>,
    /// Why two outputs could not stand side by side: one is a folder of the other, or the disk takes both for one.
    clash: Option<IoFault>,
}

struct Open {
    /// Locked as long as the folder is somebody's.
    _lock: File,
    /// Where the outputs are.
    tree: PathBuf,
    /// The root and folders above it that were not there.
    above: Vec<PathBuf>,
    /// Folders that are there by now, as output paths.
    made: BTreeSet<String>,
    /// The last of them, open: files mostly come folder by folder.
    last: Option<(String, Handle)>,
}

impl<'a> Stage<'a> {
    /// Nothing yet, and nothing of a torn build. With `look_only` that stays.
    pub fn new(root: &'a Path, look_only: bool) -> Result<Stage<'a>, IoFault> {
        let mut stage = Stage { root, place: root.join(NAME), open: None, clash: None };
        if !look_only && fs::symlink_metadata(&stage.place).is_ok() {
            stage.open = Some(Open::new(root, &stage.place)?);
        }
        Ok(stage)
    }

    /// Puts an output into its folder to be.
    pub fn put(&mut self, path: &str, text: &str, executable: bool) -> Result<(), IoFault> {
        let open = match &mut self.open {
            Some(open) => open,
            None => self.open.insert(Open::new(self.root, &self.place)?),
        };
        match open.put(path, text, executable) {
            Err(fault) if clashes(fault.error.kind()) => {
                self.clash.get_or_insert(fault);
                Ok(())
            }
            done => done,
        }
    }

    /// Where the outputs stand, if there are any.
    ///
    /// # Errors
    /// Two of them are one file.
    pub fn tree(&mut self) -> Result<Option<PathBuf>, IoFault> {
        match self.clash.take() {
            Some(fault) => Err(fault),
            None => Ok(self.open.as_ref().map(|open| open.tree.clone())),
        }
    }
}

/// There is nothing but outputs where they are put: these say that two of them want one place.
fn clashes(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::AlreadyExists | ErrorKind::NotADirectory | ErrorKind::IsADirectory)
}

impl Open {
    fn new(root: &Path, place: &Path) -> Result<Open, IoFault> {
        let above = root.ancestors().filter(|it| !it.as_os_str().is_empty());
        let above: Vec<PathBuf> = above.take_while(|it| !it.exists()).map(Path::to_owned).collect();
        fs::create_dir_all(root).map_err(IoFault::at(root))?;
        match fs::create_dir(place) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(IoFault::at(place)(error)),
            Err(_) if !fs::symlink_metadata(place).is_ok_and(|meta| meta.is_dir()) => {
                return Err(IoFault::say(
                    place,
                    "something that is not a folder of bastide stands in its place",
                ));
            }
            _ => {}
        }
        let name = place.join(LOCK);
        if !name.exists() && fs::read_dir(place).is_ok_and(|mut inside| inside.next().is_some()) {
            return Err(IoFault::say(place, "a folder with other things than bastide's stands in its place"));
        }
        let lock = OpenOptions::new().write(true).create(true).truncate(false).open(&name);
        let lock = lock.map_err(IoFault::at(&name))?;
        take(&lock, &name)?;
        if !name.exists() {
            return Err(IoFault::say(place, "another build was just done; build again"));
        }
        let tree = place.join(TREE);
        // Of a build that was torn before it changed anything.
        match fs::remove_dir_all(&tree) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(IoFault::at(&tree)(error)),
            _ => {}
        }
        fs::create_dir(&tree).map_err(IoFault::at(&tree))?;
        Ok(Open { _lock: lock, tree, above, made: BTreeSet::new(), last: None })
    }

    fn put(&mut self, path: &str, text: &str, executable: bool) -> Result<(), IoFault> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let place = || path::on_disk(&self.tree, path);
        let handle = match &self.last {
            Some((last, handle)) if last == folder => handle,
            _ => {
                let place = path::on_disk(&self.tree, folder);
                if !self.made.contains(folder) {
                    fs::create_dir_all(&place).map_err(IoFault::at(&place))?;
                    self.made.insert(folder.to_owned());
                }
                let handle = Handle::open(&place).map_err(IoFault::at(&place))?;
                &self.last.insert((folder.to_owned(), handle)).1
            }
        };
        let file = handle.create(name).and_then(|mut file| file.write_all(text.as_bytes()));
        file.map_err(|error| IoFault { path: place(), error })?;
        if executable { super::apply::make_executable(&place()) } else { Ok(()) }
    }
}

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        if let Some(open) = &self.open {
            // What cannot be removed is removed by the next build, and what is not bastide's by nobody.
            let _ = fs::remove_dir_all(&open.tree);
            let _ = fs::remove_file(self.place.join(LOCK));
            let _ = fs::remove_dir(&self.place);
            let _ = open.above.iter().try_for_each(fs::remove_dir);
        }
    }
}
