//! The second pass: the changes the survey decided on, announced in the journal first.

use super::journal::{Change, Journal, Kind, beside};
use super::kept::{Kept, Text};
use super::long::hash_of;
use super::survey::{Record, State, Survey};
use super::{Artifact, IoFault, Made, Options, Render, lock, path};
use blake3::Hash;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::Path;

/// Changes the tree; on return it is what the survey planned, the lock is written and the journal gone.
pub fn apply(
    root: &Path,
    options: &Options,
    survey: &mut Survey,
    mut journal: Journal,
    render: &mut Render,
) -> Result<(), IoFault> {
    let lock = !survey.same_lock();
    let changes = survey.plan.values().any(|record| record.state != State::Same);
    if !journal.old && !changes && survey.removals.is_empty() && !lock {
        return Ok(());
    }
    let mut disk = Disk { root, made: BTreeSet::new(), steps: steps(options) };
    disk.folder_of(&options.lock)?;
    disk.step(root)?;
    journal.announce(announced(survey))?;
    if journal.old {
        disk.sweep(survey, &options.lock)?;
    }
    if let Some(tree) = survey.stage.tree()? {
        disk.move_all(&tree, "")?;
    }
    disk.put_all(survey, render)?;
    for (path, hash) in &survey.removals {
        disk.remove(path, *hash)?;
    }
    if lock {
        disk.swap(&options.lock, None, |file| {
            let mut file = BufWriter::new(file);
            lock::print(survey.entries(), &mut file)?;
            file.flush()
        })?;
    }
    disk.step(root)?;
    journal.close()
}

#[cfg(test)]
fn steps(options: &Options) -> Option<usize> {
    options.stop_after
}

#[cfg(not(test))]
fn steps(_: &Options) -> Option<usize> {
    None
}

fn announced<'a>(survey: &'a Survey) -> impl Iterator<Item = (&'a str, Change)> {
    let puts = survey.plan.iter().filter_map(|(path, record)| {
        let kind = match record.state {
            State::Fresh | State::Staged => Kind::Fresh,
            State::Replace(_) => Kind::Replace,
            State::Same | State::Mode => return None,
        };
        let change = Change { kind, hash: record.hash, len: record.len };
        Some((path.as_str(), change))
    });
    let removals = survey
        .removals
        .iter()
        .map(|(path, hash)| (path.as_str(), Change { kind: Kind::Remove, hash: *hash, len: 0 }));
    puts.chain(removals)
}

/// Everything that changes the disk.
struct Disk<'a> {
    root: &'a Path,
    /// Folders that are there, as output paths.
    made: BTreeSet<String>,
    /// Changes left until the disk "crashes"; always `None` outside tests.
    steps: Option<usize>,
}

impl Disk<'_> {
    fn step(&mut self, place: &Path) -> Result<(), IoFault> {
        match &mut self.steps {
            Some(0) => Err(IoFault::say(place, "stopped")),
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Takes away temporaries of torn builds.
    fn sweep(&mut self, survey: &Survey, lock: &str) -> Result<(), IoFault> {
        let replaced =
            survey.made.iter().filter(|(_, made)| made.iter().any(|change| change.kind == Kind::Replace));
        for path in replaced.map(|(path, _)| path.as_str()).chain([lock]) {
            let place = path::on_disk(self.root, &temporary(path));
            match fs::remove_file(&place) {
                Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                    return Err(IoFault { path: place, error });
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn put_all(&mut self, survey: &mut Survey, render: &mut Render) -> Result<(), IoFault> {
        let kept = std::mem::replace(&mut survey.kept, Kept::new(self.root));
        let kept = kept.each(&mut |artifact, text| match survey.plan.get(&artifact.path) {
            Some(record) => self.put(artifact, text, record),
            None => Ok(()),
        });
        if let Some(done) = kept {
            return done;
        }
        let mut broken = None;
        let mut seen = 0;
        let mut parts = String::new();
        let whole = render(&mut |made| {
            if broken.is_some() {
                return;
            }
            let artifact = match made {
                Made::Part(text) => return parts.push_str(text),
                Made::File(last) => Artifact { text: std::mem::take(&mut parts) + &last.text, ..last },
            };
            let record = survey.plan.get(&artifact.path);
            let same = record.filter(|record| record.hash == blake3::hash(artifact.text.as_bytes()));
            seen += 1;
            broken = match same {
                Some(record) => self.put(&artifact, Text::Held(&artifact.text), record).err(),
                None => Some(IoFault::say(Path::new(&artifact.path), "two renderings of this file differ")),
            };
        });
        match broken {
            Some(fault) => Err(fault),
            None if whole && seen == survey.plan.len() => Ok(()),
            None => Err(IoFault::say(self.root, "two renderings of the tree differ")),
        }
    }

    fn put(&mut self, artifact: &Artifact, text: Text<'_>, record: &Record) -> Result<(), IoFault> {
        let place = path::on_disk(self.root, &artifact.path);
        match record.state {
            State::Same | State::Staged => Ok(()),
            State::Fresh => self.create(&artifact.path, artifact.executable, text, &place),
            State::Mode => {
                self.step(&place)?;
                make_executable(&place)
            }
            State::Replace(seen) => {
                self.still(&place, seen)?;
                self.swap(&artifact.path, Some(artifact.executable), |file| text.write(false, file))
            }
        }
    }

    fn create(&mut self, path: &str, executable: bool, text: Text<'_>, place: &Path) -> Result<(), IoFault> {
        self.folder_of(path)?;
        // A crash may leave a file with half its text.
        let crash = self.step(place).err();
        let mut file =
            OpenOptions::new().write(true).create_new(true).open(place).map_err(IoFault::at(place))?;
        text.write(crash.is_some(), &mut file).map_err(IoFault::at(place))?;
        match crash {
            Some(crash) => Err(crash),
            None if executable => make_executable(place),
            None => Ok(()),
        }
    }

    /// Puts new bytes in the place of a file in one step; `executable` only for artifacts.
    fn swap(
        &mut self,
        path: &str,
        executable: Option<bool>,
        fill: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> Result<(), IoFault> {
        let place = path::on_disk(self.root, path);
        let beside = path::on_disk(self.root, &temporary(path));
        self.step(&place)?;
        let mut file = File::create(&beside).map_err(IoFault::at(&beside))?;
        fill(&mut file).map_err(IoFault::at(&beside))?;
        drop(file);
        if let Ok(meta) = fs::metadata(&place) {
            fs::set_permissions(&beside, meta.permissions()).map_err(IoFault::at(&beside))?;
        }
        if executable == Some(true) {
            make_executable(&beside)?;
        }
        self.step(&place)?;
        fs::rename(&beside, &place).map_err(IoFault::at(&place))
    }

    /// Moves what stands in the stage at `folder` to its place: whole folders where there is nothing yet.
    fn move_all(&mut self, stage: &Path, folder: &str) -> Result<(), IoFault> {
        let here = if folder.is_empty() { stage.to_owned() } else { path::on_disk(stage, folder) };
        for entry in fs::read_dir(&here).map_err(IoFault::at(&here))? {
            let entry = entry.map_err(IoFault::at(&here))?;
            // What stands there was put there under the name of an output.
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            let (from, place) = (entry.path(), path::on_disk(self.root, &path));
            if !entry.file_type().map_err(IoFault::at(&from))?.is_dir() {
                self.copy(&from, &path, &place)?;
                continue;
            }
            self.step(&place)?;
            match fs::rename(&from, &place) {
                Ok(()) => continue,
                // Another disk.
                Err(error) if error.kind() == ErrorKind::CrossesDevices => self.folder_at(&path)?,
                // Made meanwhile, as the folder of the journal is; or the link to a folder.
                Err(_) if place.is_dir() => {}
                Err(error) => return Err(IoFault { path: place, error }),
            }
            self.move_all(stage, &path)?;
        }
        Ok(())
    }

    /// Copies a file of the stage to where nothing is.
    fn copy(&mut self, from: &Path, path: &str, place: &Path) -> Result<(), IoFault> {
        let meta = fs::metadata(from).map_err(IoFault::at(from))?;
        let mut text = File::open(from).map_err(IoFault::at(from))?;
        let text = Text::Long(&mut text, meta.len() as usize);
        self.create(path, false, text, place)?;
        fs::set_permissions(place, meta.permissions()).map_err(IoFault::at(place))
    }

    /// Takes a file away and the folders that are empty then, never the root.
    fn remove(&mut self, path: &str, seen: Hash) -> Result<(), IoFault> {
        let place = path::on_disk(self.root, path);
        self.still(&place, seen)?;
        self.step(&place)?;
        fs::remove_file(&place).map_err(IoFault::at(&place))?;
        let mut folder = path::parent(path);
        while !folder.is_empty() && fs::remove_dir(path::on_disk(self.root, folder)).is_ok() {
            folder = path::parent(folder);
        }
        Ok(())
    }

    /// A file is touched only if it is still what the survey saw.
    fn still(&self, place: &Path, seen: Hash) -> Result<(), IoFault> {
        if hash_of(place).map_err(IoFault::at(place))? == seen {
            return Ok(());
        }
        Err(IoFault::say(place, "the file was changed while the build was running; build again"))
    }

    fn folder_of(&mut self, path: &str) -> Result<(), IoFault> {
        self.folder_at(path::parent(path))
    }

    fn folder_at(&mut self, folder: &str) -> Result<(), IoFault> {
        if !self.made.contains(folder) {
            let place =
                if folder.is_empty() { self.root.to_owned() } else { path::on_disk(self.root, folder) };
            fs::create_dir_all(&place).map_err(IoFault::at(&place))?;
            self.made.insert(folder.to_string());
        }
        Ok(())
    }
}

/// The file beside `path` that takes its place when it is whole. Short: the name of `path` may be as long as allowed.
fn temporary(path: &str) -> String {
    beside(path, &format!(".bastide-tmp-{}", &blake3::hash(path.as_bytes()).to_hex()[..16]))
}

#[cfg(unix)]
/// Lets who may read a file run it.
pub fn make_executable(place: &Path) -> Result<(), IoFault> {
    use std::os::unix::fs::PermissionsExt;
    let mut permissions = fs::metadata(place).map_err(IoFault::at(place))?.permissions();
    // Who may read may run.
    let mode = permissions.mode();
    permissions.set_mode(mode | (mode & 0o444) >> 2 | 0o100);
    fs::set_permissions(place, permissions).map_err(IoFault::at(place))
}

#[cfg(not(unix))]
/// Lets who may read a file run it.
pub fn make_executable(_: &Path) -> Result<(), IoFault> {
    Ok(())
}
