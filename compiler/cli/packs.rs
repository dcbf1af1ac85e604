//! All target packs: those that are built in, and a project's own, which take their place.

use crate::embedded::TARGETS;
use crate::fault::IoFault;
use crate::load::{Project, slashes, text};
use bastide_core::target::Pack;
use bastide_core::target::manifest::{self, Manifest};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Role, Sources};
use bastide_template::{PackFile, Templates};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The files of a pack: name in the pack → text.
type Files = BTreeMap<String, FileId>;

/// All packs there are: the built-in ones, and those of the project, which replace them whole.
pub struct Packs {
    files: BTreeMap<String, Files>,
    manifests: BTreeMap<String, Manifest>,
    /// Names of the project's own packs.
    pub own: Vec<String>,
}

/// Reads the manifests of all packs; templates are compiled when a pack is used.
///
/// # Errors
/// A file of a pack of the project cannot be read.
pub fn packs(project: &mut Project) -> Result<Packs, IoFault> {
    let mut files: BTreeMap<String, Files> = BTreeMap::new();
    for (path, text) in TARGETS {
        let Some((pack, name)) = path.split_once('/') else { continue };
        let id = project.sources.add(format!("targets/{path}"), *text, Role::Pack);
        files.entry(pack.into()).or_default().insert(name.into(), id);
    }
    let mut own = vec![];
    for folder in folders(&project.root.join("bastide/targets")) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let found = pack_files(&folder, &name, project)?;
        own.push(name.clone());
        files.insert(name, found);
    }
    let mut manifests = BTreeMap::new();
    for (name, files) in &files {
        let file = files.get("target.kdl");
        let manifest = file.and_then(|file| manifest::read(*file, &project.sources, &mut project.report));
        manifests
            .extend(manifest.map(|manifest| (name.clone(), Manifest { name: name.clone(), ..manifest })));
    }
    Ok(Packs { files, manifests, own })
}

impl Packs {
    /// Names of all packs, in order.
    pub fn names(&self) -> Vec<&str> {
        self.manifests.keys().map(String::as_str).collect()
    }

    /// The manifest of a pack, with those it extends below it.
    pub fn manifest(&self, name: &str) -> Option<Manifest> {
        let mut manifest = self.manifests.get(name)?.clone();
        for base in self.bases(name) {
            manifest = manifest.over(self.manifests.get(base)?.clone());
        }
        Some(manifest)
    }

    /// The packs a pack extends, nearest first. A circle ends where it closes.
    fn bases<'p>(&'p self, name: &str) -> Vec<&'p str> {
        let mut bases: Vec<&str> = vec![];
        let mut next = self.manifests.get(name).and_then(|it| it.extends.as_deref());
        while let Some(base) = next.filter(|base| !bases.contains(base) && *base != name) {
            bases.push(base);
            next = self.manifests.get(base).and_then(|it| it.extends.as_deref());
        }
        bases
    }

    /// Every file of a pack and the pack it comes from.
    pub fn files(&self, name: &str) -> BTreeMap<&str, (&str, FileId)> {
        let mut all = BTreeMap::new();
        let bases = self.bases(name);
        for pack in
            bases.into_iter().rev().chain(self.files.get_key_value(name).map(|(name, _)| name.as_str()))
        {
            let files = self.files.get(pack).into_iter().flatten();
            all.extend(files.map(|(file, id)| (file.as_str(), (pack, *id))));
        }
        all
    }

    /// Compiles a pack.
    pub fn load(&self, name: &str, sources: &Sources, report: &mut Report) -> Option<Pack> {
        let manifest = self.manifest(name)?;
        let templates = self.files(name).into_iter().filter(|(file, _)| file.ends_with(".j2"));
        let files: Vec<PackFile> =
            templates.map(|(name, (_, file))| PackFile { name: name.to_string(), file }).collect();
        let templates = Templates::load(&files, sources, &manifest.manner, report);
        for emit in manifest.emits.iter().filter(|emit| files.iter().all(|file| file.name != emit.template)) {
            let mut finding =
                Finding::new("template-error", format!("`{name}` has no template `{}`", emit.template))
                    .label(emit.span, "named here");
            finding.help = bastide_report::suggest::did_you_mean(
                &emit.template,
                files.iter().map(|it| it.name.as_str()),
            );
            report.push(finding);
        }
        Some(Pack { manifest, templates })
    }
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Every file of a pack of the project. Links to folders are not followed: they may lead in a circle.
fn pack_files(folder: &Path, pack: &str, project: &mut Project) -> Result<Files, IoFault> {
    let mut waiting = vec![folder.to_path_buf()];
    let mut paths = vec![];
    while let Some(next) = waiting.pop() {
        for entry in fs::read_dir(&next).map_err(|error| IoFault { path: next.clone(), error })?.flatten() {
            let folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if folder { waiting.push(entry.path()) } else { paths.push(entry.path()) }
        }
    }
    paths.retain(|path| !path.is_dir());
    paths.sort();
    let mut files = Files::new();
    for path in paths {
        let name = slashes(path.strip_prefix(folder).unwrap_or(&path));
        let shown = format!("bastide/targets/{pack}/{name}");
        let mut text = text::read(&path)?;
        let file = project.sources.add(shown.as_str(), std::mem::take(&mut text.text), Role::Pack);
        files.insert(name, file);
        if !text.bad.is_empty() {
            text::tell(file, &shown, &text, &mut project.report);
        }
    }
    Ok(files)
}
