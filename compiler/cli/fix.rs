//! `--fix`: the edits of findings, made in the files of the spec. Nothing else is touched, and no file is left half written.

use crate::load::Project;
use crate::write::IoFault;
use bastide_core::report::{Edit, edited, edits};
use bastide_core::source::{FileId, Role};
use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// Makes all edits that can be made together; says which files changed, one a line.
///
/// # Errors
/// A file changed since it was read, or the disk refuses.
pub fn apply(project: &Project) -> Result<String, IoFault> {
    let mut files: BTreeMap<FileId, Vec<&Edit>> = BTreeMap::new();
    for edit in edits(&project.report.findings) {
        if matches!(project.sources.get(edit.span.file).role, Role::Spec) {
            files.entry(edit.span.file).or_default().push(edit);
        }
    }
    let mut said = String::new();
    for (file, edits) in files {
        let source = project.sources.get(file);
        replace(&project.root.join(&source.path), &source.text, &edited(&source.text, &edits))?;
        let number = edits.len();
        said += &format!("fixed {number} place{} in {}\n", if number == 1 { "" } else { "s" }, source.path);
    }
    Ok(said)
}

/// Puts a text in the place of another, whole or not at all.
fn replace(path: &Path, old: &str, new: &str) -> Result<(), IoFault> {
    let fault = |error| IoFault { path: path.into(), error };
    // A link stays one: what it leads to is written.
    let path = &fs::canonicalize(path).map_err(fault)?;
    let fault = |error| IoFault { path: path.clone(), error };
    if fs::read(path).map_err(fault)? != old.as_bytes() {
        return Err(fault(io::Error::other("changed while it was checked; run again")));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = path.with_file_name(format!(".{name}.{}.tmp", std::process::id()));
    let mode = fs::metadata(path).map_err(fault)?.permissions();
    let written = OpenOptions::new().write(true).create_new(true).open(&beside).and_then(|mut file| {
        file.write_all(new.as_bytes())?;
        file.set_permissions(mode)?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&beside, path)).map_err(|error| {
        drop(fs::remove_file(&beside));
        fault(error)
    })
}
