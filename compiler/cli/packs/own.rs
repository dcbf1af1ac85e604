//! A project's own packs: they replace built-in ones whole, or add parts to them.

use super::{BUILT_IN, Files};
use crate::fault::IoFault;
use crate::load::disk::Entry;
use crate::load::parts::{MANIFEST, OWN, known};
use crate::load::path_kind::PathKind;
use crate::load::refusal::Refusal;
use crate::load::{Project, slashes};
use bastide_core::target::part;
use bastide_report::finding::Finding;
use bastide_report::source::{Role, Span};
use bastide_report::suggest::did_you_mean;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Adds the packs of the project to the built-in ones; returns the names of those that are its own.
///
/// # Errors
/// A file of one cannot be read.
pub fn add(files: &mut BTreeMap<String, Files>, project: &mut Project) -> Result<Vec<String>, IoFault> {
    let mut own = vec![];
    for folder in folders(project)? {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let found = pack_files(&folder, project)?;
        if found.contains_key(MANIFEST) {
            // One that extends its own name needs the built-in one below it.
            if let Some(built_in) = files.insert(name.clone(), found) {
                files.insert([&name, BUILT_IN].concat(), built_in);
            }
            own.push(name);
        } else if let Some(built_in) = files.get_mut(&name) {
            add_parts(built_in, found, project);
        } else {
            parts_of_nothing(&name, &found, files, project);
        }
    }
    Ok(own)
}

/// Whether a file is of a part: the folder it is in, right in that of the pack, has the manifest of one.
fn of_part(name: &str, files: &Files) -> bool {
    let folder = name.split_once('/').map(|(folder, _)| folder);
    folder.is_some_and(|folder| files.contains_key(&format!("{folder}/{}", part::FILE)))
}

/// Adds the parts of a project's folder without a `target.kdl` to the built-in pack of its name. A part that is there
/// already is replaced whole.
fn add_parts(built_in: &mut Files, found: Files, project: &mut Project) {
    built_in.retain(|name, _| !of_part(name, &found));
    for (name, file) in &found {
        if of_part(name, &found) {
            built_in.insert(name.clone(), *file);
            continue;
        }
        let message = format!("`{}` belongs to no part", project.sources.get(*file).path);
        project.report.push(
            Finding::new("template-error", message)
                .label(
                    Span::new(*file, 0, 0),
                    "a folder without `target.kdl` adds parts to the built-in pack of its name",
                )
                .help(format!("put it into the folder of a part, beside its `{}`", part::FILE)),
        );
    }
}

/// Reports parts in a folder that is no pack and has the name of none.
fn parts_of_nothing(name: &str, found: &Files, files: &BTreeMap<String, Files>, project: &mut Project) {
    if let Some((_, part)) = found.iter().find(|(name, _)| of_part(name, found)) {
        let mut finding = Finding::new("template-error", format!("`{OWN}/{name}` is no pack"))
            .label(Span::new(*part, 0, 0), "a part of it");
        let add = || format!("write `{OWN}/{name}/{MANIFEST}`");
        finding.help = did_you_mean(name, files.keys().map(String::as_str)).or_else(|| Some(add()));
        project.report.push(finding);
    }
}

/// The folders of the project's own packs; one that lies elsewhere is told.
fn folders(project: &mut Project) -> Result<Vec<PathBuf>, IoFault> {
    let Project { files, sources, report, .. } = project;
    let mut folders = vec![];
    for Entry { path, folder } in files.entries(Path::new(OWN))? {
        match if folder { PathKind::Folder } else { files.kind_of(&path)? } {
            PathKind::Folder => folders.push(path),
            PathKind::Outside => files.refuse(&path, Refusal::Outside, None, sources, report),
            PathKind::File | PathKind::Other | PathKind::Missing => {}
        }
    }
    Ok(folders)
}

/// Every file of a pack of the project. Links to folders are not followed: they may lead in a circle.
fn pack_files(folder: &Path, project: &mut Project) -> Result<Files, IoFault> {
    let Project { files: from, sources, report, .. } = project;
    let mut paths = from.all(folder)?;
    paths.sort();
    let mut files = Files::new();
    for path in paths {
        let name = slashes(path.strip_prefix(folder).unwrap_or(&path));
        let file = match known(sources, &slashes(&path)) {
            Some(file) => Some(file),
            None if from.kind_of(&path)? == PathKind::Folder => None,
            None => from.add(&path, Role::Pack, None, sources, report)?.map(|(file, _)| file),
        };
        files.extend(file.map(|file| (name, file)));
    }
    Ok(files)
}
