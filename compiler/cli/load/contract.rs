//! Contracts from disk or from a commit: the file meant and all it names, nothing from outside and nothing fetched.

use super::files::ProjectFiles;
use super::path_kind::PathKind;
use crate::fault::IoFault;
use bastide_contract::{Contract, ContractFormat, File, Reference, Side, side::join};
use bastide_core::contracts::comparisons::Contracts;
use bastide_core::contracts::named::named;
use bastide_core::spec::Spec;
use bastide_report::finding::Report;
use bastide_report::source::{FileId, Role, Source, Sources};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Reads the contracts a spec names: all, or only the schemas of events. One that is not there is told by the resolver.
///
/// # Errors
/// The disk or git refuses.
pub fn contracts(
    files: &ProjectFiles,
    spec: &Spec,
    all: bool,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Contracts, IoFault> {
    let mut contracts = Contracts::new();
    for named in named(spec).into_iter().filter(|it| all || it.event) {
        let path = Path::new(&named.path);
        if files.kind_of(path)? == PathKind::File {
            let asked = [named.path.clone()];
            let contract = contract(files, &asked, None, sources, report)?;
            contracts.insert(named.path, contract);
        }
    }
    Ok(contracts)
}

/// Reads a contract: the files meant, and what they name as far as it is there.
///
/// # Errors
/// The disk or git refuses.
pub fn contract(
    files: &ProjectFiles,
    asked: &[String],
    kind: Option<&'static ContractFormat>,
    sources: &mut Sources,
    report: &mut Report,
) -> Result<Contract, IoFault> {
    let mut reader = Reader { from: files, sources, report, files: BTreeMap::new(), roots: BTreeSet::new() };
    let mut format = kind;
    for path in asked {
        let Some(file) = reader.add(path)? else { continue };
        let source = reader.sources.get(file);
        format = format.or_else(|| ContractFormat::of(path, &source.text));
    }
    if let Some(format) = format {
        reader.follow(format)?;
    }
    let file = |(at, id): (&String, &FileId)| File {
        path: under(at, &reader.roots),
        id: *id,
        asked: asked.contains(at),
    };
    Ok(Contract { format, side: Side { files: reader.files.iter().map(file).collect() } })
}

struct Reader<'r> {
    from: &'r ProjectFiles,
    sources: &'r mut Sources,
    report: &'r mut Report,
    files: BTreeMap<String, FileId>,
    /// Folders that imports are written from.
    roots: BTreeSet<String>,
}

impl Reader<'_> {
    fn add(&mut self, path: &str) -> Result<Option<FileId>, IoFault> {
        let added = self.from.add(Path::new(path), Role::Contract, None, self.sources, self.report)?;
        let file = added.map(|(file, _)| file);
        self.files.extend(file.map(|file| (path.into(), file)));
        Ok(file)
    }

    /// Reads what the files name, and what those name.
    fn follow(&mut self, format: &ContractFormat) -> Result<(), IoFault> {
        let mut waiting: Vec<String> = self.files.keys().cloned().collect();
        let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
        while let Some(from) = waiting.pop() {
            let Some(file) = self.files.get(&from).copied() else { continue };
            let source: &Source = self.sources.get(file);
            for reference in (format.references)(file, source) {
                let Some(path) = self.find(&from, &reference) else { continue };
                if seen.insert(path.clone()) {
                    self.add(&path)?;
                    waiting.push(path);
                }
            }
        }
        Ok(())
    }

    /// The file a reference means, if it is there.
    fn find(&mut self, from: &str, reference: &Reference) -> Option<String> {
        let there =
            |path: &String| self.from.kind_of(Path::new(path)).is_ok_and(|kind| kind == PathKind::File);
        if !reference.from_root {
            return join(from, &reference.path).filter(there);
        }
        // From the nearest folder above the file that has it; else from any root known by now.
        let mut folder = from;
        while !folder.is_empty() {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            let path = below(folder, &reference.path);
            if there(&path) {
                self.roots.insert(folder.to_string());
                return Some(path);
            }
        }
        self.roots.iter().map(|root| below(root, &reference.path)).find(there)
    }
}

fn below(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_string() } else { format!("{folder}/{path}") }
}

/// The path of a file in its side: from the root its imports are written from, else from that of the files.
fn under(path: &str, roots: &BTreeSet<String>) -> String {
    let inside = |root: &&String| {
        root.is_empty() || path.strip_prefix(root.as_str()).is_some_and(|it| it.starts_with('/'))
    };
    let root = roots.iter().filter(inside).max_by_key(|root| root.len());
    path[root.map_or(0, String::len)..].trim_start_matches('/').to_string()
}
