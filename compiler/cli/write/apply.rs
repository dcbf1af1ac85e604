//! The changes of a plan. All files are written first, beside the lock; then each is renamed to its place. The lock says
//! before the first of them what is there and what comes, and after the last what is there then.

use super::folder::{Folder, Root};
use super::lock::Lock;
use super::path;
use super::plan::{File, Plan};
use super::stage::{Stage, Unit};
use super::sweep::sweep;
use super::threads;
use super::writer::{New, Writer, still};
use crate::fault::IoFault;
use blake3::Hash;
use std::io::{self, ErrorKind};

/// Changes the tree; on return it is as planned. After so many `steps` the disk stops, as a crash would.
///
/// # Errors
/// The system refuses something. While files are written nothing of that stays; later, what a lock tells the next build.
pub fn apply(steps: usize, root: &Root, lock: &Lock, plan: &Plan) -> Result<(), IoFault> {
    let writer = Writer::new(root, steps);
    sweep(root, lock)?;
    let last = plan.final_lock(lock);
    let Some(last) = last.filter(|text| plan.changes() || lock.text != Some(text)) else { return Ok(()) };
    let interim = plan.changes().then(|| plan.interim_lock());
    let stage = Stage::set(&writer, plan, interim.as_deref(), &last)?;
    let same = stage.still_locked_by(root, lock.text).map_err(root.fault(root.lock()));
    let done = same.and_then(|()| change(&writer, plan, &stage, interim.is_some()));
    if !writer.stopped() {
        stage.strike();
    }
    done
}

fn change(writer: &Writer, plan: &Plan, stage: &Stage, begin: bool) -> Result<(), IoFault> {
    let root = writer.root;
    let lock = root.fault(root.lock());
    if begin {
        writer.step().and_then(|()| stage.begin(root)).map_err(&lock)?;
    }
    threads::in_parts(stage.units(), |part| {
        part.iter().try_for_each(|unit| put(writer, stage, unit))?;
        Ok(Vec::<()>::new())
    })?;
    plan.removals.iter().try_for_each(|(path, hash)| remove(writer, path, *hash))?;
    writer.step().and_then(|()| stage.end(root)).map_err(&lock)
}

/// Puts a unit in its place. A folder that came meanwhile is filled file by file.
fn put(writer: &Writer, stage: &Stage, unit: &Unit) -> Result<(), IoFault> {
    if let Some(path) = unit.folder {
        let above = writer.folder(path::parent(path), &mut vec![]).map_err(writer.root.fault(path))?;
        writer.step().map_err(writer.root.fault(path))?;
        if stage.place(unit, &above, path::name(path)).is_ok() {
            return Ok(());
        }
    }
    unit.files.iter().try_for_each(|file| {
        put_file(writer, stage, unit, file).map_err(writer.root.fault(&file.artifact.path))
    })
}

fn put_file(writer: &Writer, stage: &Stage, unit: &Unit, file: &File) -> io::Result<()> {
    let path = file.artifact.path.as_str();
    let folder = writer.folder(file.folder(), &mut vec![])?;
    let seen = file.seen();
    let placed = writer
        .step()
        .and_then(|()| still(&folder, path, seen))
        .and_then(|()| stage.place_file(unit, file, &folder));
    match placed {
        // Another file system: the file is written there once more.
        Err(error) if error.kind() == ErrorKind::CrossesDevices => {
            let old = seen.map(|_| folder.symlink_metadata(path::name(path))).transpose()?;
            let new = New::of(file, old.map(|it| it.permissions()));
            writer.swap(&folder, path::name(path), new, || still(&folder, path, seen))
        }
        placed => placed,
    }
}

/// Takes a file away and the folders that are empty then.
fn remove(writer: &Writer, path: &str, seen: Hash) -> Result<(), IoFault> {
    let root = writer.root;
    // The plan saw it there: to pass it over would leave what no lock knows.
    let Folder::Here(folder) = root.folder(path::parent(path))? else {
        return Err(IoFault::say(
            root.at(path),
            "its folder was changed while the build was running; build again",
        ));
    };
    let removed = writer.step().and_then(|()| still(&folder, path, Some(seen)));
    let removed = removed.and_then(|()| folder.remove_file(path::name(path))).and_then(|()| writer.step());
    removed.map_err(root.fault(path))?;
    path::above(path).all(|folder| root.remove_empty(folder));
    Ok(())
}
