//! All target packs: those that are built in, and a project's own, which take their place or add parts to them.

mod own;

use crate::embedded::TARGETS;
use crate::fault::IoFault;
use crate::load::Project;
use crate::load::parts::{MANIFEST, OWN, embedded};
use bastide_core::model::Model;
use bastide_core::target::manifest::{self, Manifest};
use bastide_core::target::rules::Rules;
use bastide_core::target::{Pack, option, part, rules, selected};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Sources};
use bastide_report::suggest::did_you_mean;
use bastide_template::{PackFile, Templates, TextOptions};
use std::borrow::Borrow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The files of a pack: name in the pack → text.
type Files = BTreeMap<String, FileId>;

/// Behind the name of a built-in pack that one of the project's own takes the place of; no folder is named so.
const BUILT_IN: &str = "/built-in";

/// All packs there are: the built-in ones, and those of the project, which replace them whole or add parts to them.
pub struct Packs {
    files: BTreeMap<String, Files>,
    manifests: BTreeMap<String, Arc<Manifest>>,
    /// Names of the project's own packs.
    pub own: Vec<String>,
    /// All are held to what a project's own are held to.
    pub strict: bool,
}

/// Reads the manifests of all packs; templates are compiled when a pack is used.
///
/// # Errors
/// A file of a pack of the project cannot be read.
pub fn packs(project: &mut Project) -> Result<Packs, IoFault> {
    let mut files: BTreeMap<String, Files> = BTreeMap::new();
    for (path, text) in TARGETS {
        let Some((pack, name)) = path.split_once('/') else { continue };
        let id = embedded(&mut project.sources, path, text);
        files.entry(pack.into()).or_default().insert(name.into(), id);
    }
    let own = own::add(&mut files, project)?;
    let manifests = manifests(&files, project);
    // What is wrong with rules is told whether they are held or not; those that are built in are right.
    for file in own.iter().filter_map(|name| files.get(name)?.get(rules::FILE)) {
        rules::read(*file, &project.sources, &mut project.report);
    }
    Ok(Packs { files, manifests, own, strict: false })
}

/// The manifests of all packs, with their parts and with the packs they extend below them.
fn manifests(files: &BTreeMap<String, Files>, project: &mut Project) -> BTreeMap<String, Arc<Manifest>> {
    let Project { sources, report, .. } = project;
    let read =
        |(name, files): (&String, &Files)| Some((name.clone(), manifest(name, files, sources, report)?));
    let alone: BTreeMap<String, Manifest> = files.iter().filter_map(read).collect();
    let whole = |(name, own): (&String, &Manifest)| {
        let over = |above: Manifest, base: &str| above.over(alone[base].clone());
        let mut manifest = bases(&alone, name).into_iter().fold(own.clone(), over);
        option::complete(&mut manifest, report);
        (name.clone(), Arc::new(manifest))
    };
    let manifests = alone.iter().map(whole).collect();
    alone.iter().for_each(|(name, own)| extends_nothing(&alone, name, own, report));
    manifests
}

/// Reports a pack that extends none there is, or over others itself. Rendered without its base it would write little, and
/// all that the base wrote would be removed.
fn extends_nothing(alone: &BTreeMap<String, Manifest>, name: &str, own: &Manifest, report: &mut Report) {
    let Some((base, span)) = &own.extends else { return };
    let (message, label) = match base_of(alone, name) {
        None if base == name => {
            (format!("no built-in pack is named `{name}`, so it extends itself"), "itself")
        }
        None => (format!("there is no pack `{base}` that `{name}` could extend"), "no such pack"),
        Some(_) if circle(alone, name) => (format!("`{name}` extends itself over others"), "leads back"),
        Some(_) => return,
    };
    let others = alone.keys().map(String::as_str).filter(|other| *other != name && !other.contains('/'));
    let help = did_you_mean(base, others).unwrap_or_else(|| {
        "name a pack that is there (`bastide target list`), or take `extends` away".into()
    });
    Finding::new("template-error", message).label(*span, label).help(help).add_to(report);
}

/// Whether the packs below one lead back to it.
fn circle(alone: &BTreeMap<String, Manifest>, name: &str) -> bool {
    let last = bases(alone, name).last().copied().unwrap_or(name);
    base_of(alone, last).is_some()
}

fn manifest(name: &str, files: &Files, sources: &Sources, report: &mut Report) -> Option<Manifest> {
    let manifest = manifest::read(*files.get(MANIFEST)?, sources, report)?;
    let parts = files.iter().filter_map(|(path, file)| {
        let folder = path.strip_suffix(part::FILE)?.strip_suffix('/').filter(|it| !it.contains('/'))?;
        part::read(folder, *file, sources, report)
    });
    let name = name.strip_suffix(BUILT_IN).unwrap_or(name);
    let parts = parts.collect();
    Some(Manifest { name: name.into(), parts, ..manifest })
}

/// The packs a pack extends, nearest first. A circle ends where it closes.
fn bases<'p, M: Borrow<Manifest>>(manifests: &'p BTreeMap<String, M>, name: &str) -> Vec<&'p str> {
    let mut bases: Vec<&str> = vec![];
    let mut next = base_of(manifests, name);
    while let Some(found) = next.filter(|found| !bases.contains(found) && *found != name) {
        bases.push(found);
        next = base_of(manifests, found);
    }
    bases
}

/// The pack a pack extends, if it is there. One that extends its own name extends the built-in pack it takes the place of.
fn base_of<'p, M: Borrow<Manifest>>(manifests: &'p BTreeMap<String, M>, name: &str) -> Option<&'p str> {
    let (base, _) = manifests.get(name)?.borrow().extends.as_ref()?;
    let found = if base == name {
        manifests.get_key_value(&[name, BUILT_IN].concat())
    } else {
        manifests.get_key_value(base)
    };
    found.map(|(name, _)| name.as_str())
}

impl Packs {
    /// Names of all packs, in order.
    pub fn names(&self) -> Vec<&str> {
        self.manifests.keys().map(String::as_str).filter(|name| !name.contains('/')).collect()
    }

    /// Whether a pack extends another, perhaps over others.
    fn extends(&self, name: &str, base: &str) -> bool {
        bases(&self.manifests, name).contains(&base)
    }

    /// The manifest of a pack, with its parts and with those it extends below it.
    pub fn manifest(&self, name: &str) -> Option<&Arc<Manifest>> {
        self.manifests.get(name)
    }

    /// Every file of a pack and the pack it comes from.
    pub fn files(&self, name: &str) -> BTreeMap<&str, (&str, FileId)> {
        let mut all = BTreeMap::new();
        let bases = bases(&self.manifests, name);
        for pack in
            bases.into_iter().rev().chain(self.files.get_key_value(name).map(|(name, _)| name.as_str()))
        {
            let files = self.files.get(pack).into_iter().flatten();
            all.extend(files.map(|(file, id)| (file.as_str(), (pack, *id))));
        }
        all
    }

    /// Names of the packs that are written for an environment. A pack takes the place of the one it extends.
    pub fn chosen(&self, model: &Model) -> Vec<String> {
        let manifests = self.names().into_iter().filter_map(|name| self.manifest(name));
        let all: Vec<&str> = manifests.filter(|it| selected(it, model)).map(|it| it.name.as_str()).collect();
        let replaced = |base: &str| all.iter().any(|name| *name != base && self.extends(name, base));
        all.iter().filter(|name| !replaced(name)).map(ToString::to_string).collect()
    }

    /// A pack without its templates: enough to ask what it covers.
    pub fn outline(&self, name: &str, sources: &Sources) -> Option<Pack> {
        let manifest = self.manifest(name)?.clone();
        let options = self.options(&manifest, &self.files(name), sources);
        let templates = Templates::load(&[], sources, &options, &mut Report::default());
        Some(Pack { manifest, templates, rules: Rules::default() })
    }

    /// What the platform of a pack takes: its own rules and those of the packs it extends.
    fn rules(&self, name: &str, sources: &Sources) -> Rules {
        let file = |pack: &str| self.files.get(pack)?.get(rules::FILE);
        let all = [name].into_iter().chain(bases(&self.manifests, name)).filter_map(file);
        // What is wrong with them was told when the packs were read.
        let rules = all.map(|file| rules::read(*file, sources, &mut Report::default()));
        rules.reduce(Rules::over).unwrap_or_default()
    }

    /// Compiles a pack.
    pub fn load(&self, name: &str, sources: &Sources, report: &mut Report) -> Option<Pack> {
        let manifest = self.manifest(name)?.clone();
        let all = self.files(name);
        let options = self.options(&manifest, &all, sources);
        let templates = all.into_iter().filter(|(file, _)| file.ends_with(".j2"));
        let files: Vec<PackFile> =
            templates.map(|(name, (_, file))| PackFile { name: name.to_string(), file }).collect();
        let templates = Templates::load(&files, sources, &options, report);
        let missing = |emit: &manifest::Emit| files.iter().all(|file| file.name != emit.template);
        for (_, emit) in manifest.all_emits().filter(|(_, emit)| missing(emit)) {
            Finding::new("template-error", format!("`{name}` has no template `{}`", emit.template))
                .label(emit.span, "named here")
                .meant(&emit.template, files.iter().map(|it| it.name.as_str()))
                .add_to(report);
        }
        Some(Pack { manifest, templates, rules: self.rules(name, sources) })
    }

    /// How the texts of a pack are meant; one with a file of the project's is counted.
    fn options(
        &self,
        manifest: &Manifest,
        files: &BTreeMap<&str, (&str, FileId)>,
        sources: &Sources,
    ) -> TextOptions {
        let own = |(_, file): &(&str, FileId)| sources.get(*file).path.starts_with(OWN);
        TextOptions { counted: self.strict || files.values().any(own), ..manifest.text_options.clone() }
    }
}
