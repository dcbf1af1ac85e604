//! What a build is about to put in place, written whole into a folder beside the lock before anything else is touched: a
//! disk that is full or read-only is met here, and then the tree is as it was.

use super::folder::{Folder, Root};
use super::plan::{Change, File, Plan};
use super::writer::{New, Writer};
use super::{lock, path, threads};
use crate::confined::{self, Dir};
use crate::fault::IoFault;
use std::collections::BTreeSet;
use std::io;

/// Files that are ready to be renamed to their places.
pub struct Stage<'s> {
    /// The folder of the lock.
    above: Dir,
    name: String,
    dir: Dir,
    /// Folders above the stage that were not there.
    made: Vec<String>,
    units: Vec<Unit<'s>>,
}

/// What takes its place by one rename: a file, or a folder that is not there yet with all below it.
pub struct Unit<'s> {
    /// Its name on the stage.
    pub name: String,
    /// Path of the folder, if it is one.
    pub folder: Option<&'s str>,
    pub files: Vec<&'s File<'s>>,
}

/// Names of both locks on the stage.
const INTERIM: &str = "interim";
const FINAL: &str = "final";

impl<'s> Stage<'s> {
    /// Opens a stage, and writes all that changes onto it.
    ///
    /// # Errors
    /// The system refuses something, or would refuse it later; then nothing is left.
    pub fn set(
        writer: &Writer<'s>,
        plan: &'s Plan<'s>,
        interim: Option<&str>,
        last: &str,
    ) -> Result<Stage<'s>, IoFault> {
        let root = writer.root;
        let lock = root.lock();
        let mut made = vec![];
        let opened = root.place(path::parent(lock)).and_then(|(dir, rest)| {
            let above = confined::make_folder(dir, rest, &mut made).map_err(root.fault(lock))?;
            let name = writer.temporary();
            let dir = above.create_dir(&name).and_then(|()| confined::folder(&above, &name));
            Ok((above, name, dir.map_err(root.fault(lock))?))
        });
        let (above, name, dir) = opened.inspect_err(|_| root.take_back(&made))?;
        let stage = units(root, plan).map(|units| Stage { above, name, dir, made: vec![], units });
        let mut stage = stage.inspect_err(|_| root.take_back(&made))?;
        stage.made = made;
        let filled = stage.fill(writer, plan, interim, last);
        if filled.is_err() && !writer.stopped() {
            stage.strike();
            root.take_back(&stage.made);
        }
        filled.map(|()| stage)
    }

    fn fill(&self, writer: &Writer, plan: &Plan, interim: Option<&str>, last: &str) -> Result<(), IoFault> {
        let root = writer.root;
        let lock = |name: &str, text: &str, sync: bool| {
            let new = New { bytes: text.as_bytes(), permissions: None, executable: false, sync };
            writer.fill(&self.dir, name, new).map_err(root.fault(root.lock()))
        };
        interim.map_or(Ok(()), |text| lock(INTERIM, text, true))?;
        lock(FINAL, last, false)?;
        self.may_change(root, plan)?;
        let all: Vec<(&Unit, &File)> =
            self.units.iter().flat_map(|unit| unit.files.iter().map(move |file| (unit, *file))).collect();
        threads::in_parts(&all, |part| {
            part.iter().try_for_each(|(unit, file)| {
                self.put(writer, unit, file).map_err(root.fault(&file.artifact.path))
            })?;
            Ok(Vec::<()>::new())
        })?;
        Ok(())
    }

    /// Asks of each folder that is there whether it may be changed.
    fn may_change(&self, root: &Root, plan: &Plan) -> Result<(), IoFault> {
        let files = self.units.iter().map(|unit| path::parent(unit.path()));
        let removed = plan.removals.iter().map(|(path, _)| path::parent(path));
        let folders: BTreeSet<&str> = files.chain(removed).collect();
        for path in folders {
            if let Folder::Here(folder) = root.folder(path)? {
                confined::writable(&folder).map_err(root.fault(path))?;
            }
        }
        Ok(())
    }

    fn put(&self, writer: &Writer, unit: &Unit, file: &File) -> io::Result<()> {
        let artifact = file.artifact;
        let Some(top) = unit.folder else {
            let old = match file.seen().map(|_| writer.root.folder(file.folder())) {
                Some(Ok(Folder::Here(folder))) => Some(folder.symlink_metadata(path::name(&artifact.path))?),
                _ => None,
            };
            return writer.fill(&self.dir, &unit.name, New::of(file, old.map(|it| it.permissions())));
        };
        let rest = artifact.path[top.len()..].trim_start_matches('/');
        let place = format!("{}/{}", unit.name, path::parent(rest));
        let place = place.trim_end_matches('/');
        let folder = confined::make_folder(&self.dir, place, &mut vec![])?;
        writer.fill(&folder, path::name(rest), New::of(file, None))
    }

    pub fn units(&self) -> &[Unit<'s>] {
        &self.units
    }

    /// Whether the lock beside the stage is the one that was read. Another one knows files that the plan does not: in its
    /// place they would be nobody's.
    pub fn still_locked_by(&self, root: &Root, seen: Option<&str>) -> io::Result<()> {
        let now = lock::read_in(&self.above, path::name(root.lock()))?;
        let changed = || io::Error::other("the lock was changed while the build was running; build again");
        if now.is_ok_and(|text| text.as_deref() == seen) { Ok(()) } else { Err(changed()) }
    }

    /// Puts the lock of a build that runs in its place.
    pub fn begin(&self, root: &Root) -> io::Result<()> {
        self.dir.rename(INTERIM, &self.above, path::name(root.lock()))
    }

    /// Puts the lock of a build that is done in its place.
    pub fn end(&self, root: &Root) -> io::Result<()> {
        self.dir.rename(FINAL, &self.above, path::name(root.lock()))
    }

    /// Puts a unit under a name in a folder.
    pub fn place(&self, unit: &Unit, folder: &Dir, name: &str) -> io::Result<()> {
        self.dir.rename(&unit.name, folder, name)
    }

    /// Puts one file of a unit that is a folder under a name in another folder.
    pub fn place_file(&self, unit: &Unit, file: &File, folder: &Dir) -> io::Result<()> {
        let rest = file.artifact.path[unit.folder.map_or(0, str::len)..].trim_start_matches('/');
        let from = match unit.folder {
            Some(_) => format!("{}/{rest}", unit.name),
            None => unit.name.clone(),
        };
        self.dir.rename(from, folder, path::name(&file.artifact.path))
    }

    /// Takes the stage away, with what is left on it.
    pub fn strike(&self) {
        if self.above.remove_dir(&self.name).is_err() {
            let _ = self.above.remove_dir_all(&self.name);
        }
    }
}

impl Unit<'_> {
    /// Where it goes.
    pub fn path(&self) -> &str {
        self.folder.unwrap_or_else(|| &self.files[0].artifact.path)
    }
}

/// What changes, in the order of paths: whole folders where none is yet, and single files.
fn units<'s>(root: &Root, plan: &'s Plan<'s>) -> Result<Vec<Unit<'s>>, IoFault> {
    let mut units: Vec<Unit> = vec![];
    let changed: Vec<&File> = plan.files.iter().filter(|it| it.change != Change::Nothing).collect();
    for files in changed.chunk_by(|one, other| one.folder() == other.folder()) {
        let folder = files[0].folder();
        let last = units.last_mut().filter(|unit| {
            unit.folder.is_some_and(|top| {
                folder.strip_prefix(top).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            })
        });
        match (last, missing(root, folder)?) {
            (Some(unit), _) => unit.files.extend(files),
            (None, Some(top)) => {
                let name = units.len().to_string();
                units.push(Unit { name, folder: Some(top), files: files.to_vec() });
            }
            (None, None) => {
                for file in files {
                    units.push(Unit { name: units.len().to_string(), folder: None, files: vec![file] });
                }
            }
        }
    }
    Ok(units)
}

/// The highest folder of a path that is not there; `None` if all are.
fn missing<'p>(root: &Root, path: &'p str) -> Result<Option<&'p str>, IoFault> {
    let mut top = None;
    for folder in std::iter::once(path).chain(path::above(path)).filter(|it| !it.is_empty()) {
        match root.folder(folder)? {
            Folder::Here(_) => break,
            Folder::Missing => top = Some(folder),
            Folder::Refused(why) => return Err(IoFault::say(root.at(folder), why)),
        }
    }
    Ok(top)
}
