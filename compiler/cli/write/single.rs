//! Single files that a command writes beside the outputs of a build: a new spec, a stub, a spec that was fixed.

use super::folder::{Folder, Root, bytes_of};
use super::writer::{New, Writer};
use super::{made_root, path, take_back_root};
use crate::fault::IoFault;
use std::io::{self, ErrorKind};
use std::path::Path;

/// Puts new files below a folder, which is made if it is missing; never over one that is there. Either all are there then,
/// or none.
///
/// # Errors
/// One is there, a link is in the way, or the system refuses.
pub fn create(root: &Path, files: &[(String, String)]) -> Result<(), IoFault> {
    let new_folders = made_root(root)?;
    let (mut folders, mut done) = (vec![], vec![]);
    let created = Root::open(root, "", None).and_then(|root| {
        let writer = Writer::new(&root, usize::MAX);
        let mut create = |(path, text): &(String, String)| {
            let folder = writer.folder(path::parent(path), &mut folders)?;
            let new = New { bytes: text.as_bytes(), permissions: None, executable: false, sync: false };
            writer.swap(&folder, path::name(path), new, || {
                match folder.symlink_metadata(path::name(path)) {
                    Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
                    Err(error) => Err(error),
                    Ok(_) => Err(io::Error::new(ErrorKind::AlreadyExists, "is there already")),
                }
            })?;
            done.push((folder, path::name(path).to_owned()));
            Ok(())
        };
        let all = files.iter().try_for_each(|file| create(file).map_err(root.fault(&file.0)));
        if all.is_err() {
            let _ = done.iter().try_for_each(|(folder, name)| folder.remove_file(name));
            root.take_back(&folders);
        }
        all
    });
    if created.is_err() {
        take_back_root(&new_folders);
    }
    created
}

/// Puts a text in the place of another, whole or not at all.
///
/// # Errors
/// The file does not hold the old text any more, a link is in the way, another build is running, or the system refuses.
pub fn replace(root: &Path, path: &str, old: &str, new: &str) -> Result<(), IoFault> {
    let root = Root::open(root, "", None)?;
    let _alone = root.keep_others_out()?;
    let folder = match root.folder(path::parent(path))? {
        Folder::Here(folder) => folder,
        Folder::Missing => return Err(IoFault::say(root.at(path), "there is no such file")),
        Folder::Refused(why) => return Err(IoFault::say(root.at(path), why)),
    };
    let name = path::name(path);
    let same = || match bytes_of(&folder, name, old.len() as u64)? {
        Some(bytes) if bytes == old.as_bytes() => Ok(()),
        _ => Err(io::Error::other("changed while it was read; run again")),
    };
    let swap = || {
        same()?;
        let permissions = Some(folder.symlink_metadata(name)?.permissions());
        let new = New { bytes: new.as_bytes(), permissions, executable: false, sync: true };
        Writer::new(&root, usize::MAX).swap(&folder, name, new, same)
    };
    swap().map_err(root.fault(path))
}

/// What an output holds that an earlier build wrote, if it can be read and is a text.
pub fn standing(root: &Path) -> impl Fn(&str) -> Option<String> {
    let root = Root::open(root, "", None).ok();
    move |path| {
        let Folder::Here(folder) = root.as_ref()?.folder(path::parent(path)).ok()? else { return None };
        String::from_utf8(bytes_of(&folder, path::name(path), super::folder::LARGEST).ok()??).ok()
    }
}
