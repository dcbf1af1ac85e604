//! What the parts of packs tell the spec: the forms they make of resource types.

use super::{Project, slashes};
use crate::embedded::TARGETS;
use crate::fault::IoFault;
use bastide_core::spec;
use bastide_core::target::{manifest, part};
use bastide_report::finding::Report;
use bastide_report::source::{FileId, Role, Source, Sources};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Name of the manifest in the folder of a pack.
pub const MANIFEST: &str = "target.kdl";
/// Folder of the project's own packs.
pub const OWN: &str = "bastide/targets";

impl Project {
    /// Reads what the parts of all packs provide. What else is wrong with them is told where packs are read.
    pub(super) fn parts(&mut self) -> Result<(), IoFault> {
        let mut own = self.files.walk(Path::new(OWN), usize::MAX)?;
        own.sort();
        let extends = self.manifests(&own)?;
        let replaced = |pack: &str| {
            own.contains(&Path::new(OWN).join(pack).join(MANIFEST))
                && extends.get(pack).is_none_or(|base| base != pack)
        };
        for (path, text) in TARGETS {
            let Some((_, part)) = part_of(path).filter(|(pack, _)| !replaced(pack)) else { continue };
            if provides(text) && !own.contains(&Path::new(OWN).join(path)) {
                let file = embedded(&mut self.sources, path, text);
                self.provide(part, file);
            }
        }
        let found: Vec<PathBuf> = own.iter().filter(|path| path.ends_with(part::FILE)).cloned().collect();
        for path in found {
            let name = slashes(path.strip_prefix(OWN).unwrap_or(&path));
            let Some((_, part)) = part_of(&name) else { continue };
            let added = self.files.add(&path, Role::Pack, None, &mut self.sources, &mut self.report)?;
            added.into_iter().for_each(|(file, _)| self.provide(part, file));
        }
        self.inputs.extends = extends;
        Ok(())
    }

    /// Of each pack of the project's own that extends another, that one.
    fn manifests(&mut self, own: &[PathBuf]) -> Result<BTreeMap<String, String>, IoFault> {
        let mut extends = BTreeMap::new();
        for path in own {
            let name = slashes(path.strip_prefix(OWN).unwrap_or(path));
            let Some((pack, MANIFEST)) = name.split_once('/') else { continue };
            let added = self.files.add(path, Role::Pack, None, &mut self.sources, &mut self.report)?;
            let Some((file, _)) = added else { continue };
            let read = manifest::read(file, &self.sources, &mut Report::default());
            extends.extend(read.and_then(|it| it.extends).map(|base| (pack.to_string(), base.0)));
        }
        Ok(extends)
    }

    fn provide(&mut self, part: &str, file: FileId) {
        let read = part::read(part, file, &self.sources, &mut Report::default());
        let provides = read.map(|part| part.provides).unwrap_or_default();
        spec::provide(&mut self.spec, part, provides, &mut self.report);
    }
}

/// Whether a manifest may say `provider`. Most do not, and each command would read them all.
fn provides(text: &str) -> bool {
    text.contains("provider")
}

/// The pack and the part that a file is the manifest of: `kubernetes/strimzi/part.kdl`.
fn part_of(path: &str) -> Option<(&str, &str)> {
    let (pack, part) = path.strip_suffix(part::FILE)?.strip_suffix('/')?.split_once('/')?;
    (!part.contains('/')).then_some((pack, part))
}

/// A built-in file. A manifest of a part may have been read for its providers already.
pub fn embedded(sources: &mut Sources, path: &str, text: &'static str) -> FileId {
    let shown = format!("targets/{path}");
    known(sources, &shown).unwrap_or_else(|| sources.add_built_in(shown, text, Role::Pack))
}

/// A file of a pack that was read already: only manifests are, for what they provide and extend.
pub fn known(sources: &Sources, shown: &str) -> Option<FileId> {
    let same = |source: &Source| source.role == Role::Pack && source.path == shown;
    let file = || sources.iter().find(|(_, source)| same(source)).map(|(file, _)| file);
    (shown.ends_with(part::FILE) || shown.ends_with(MANIFEST)).then(file).flatten()
}
