//! Specs, built in memory: what the command does, without a disk.

use bastide_core::check::check_all;
use bastide_core::model::Model;
use bastide_core::resolve::{Inputs, Keep, resolve_all};
use bastide_core::spec::{self, Spec};
use bastide_core::target::context::{Shared, Ways, environments};
use bastide_core::target::manifest::{self, Manifest};
use bastide_core::target::rules::Rules;
use bastide_core::target::{Artifact, Pack, covers, option, part, render, selected};
use bastide_core::view::Views;
use bastide_report::finding::Report;
use bastide_report::source::{FileId, Role, Sources};
use bastide_template::{PackFile, Templates};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

/// Packs that are asked.
const PACKS: [&str; 3] = ["compose", "gateway-envoy", "kubernetes"];

/// Everything that is the same for all specs.
pub struct Packs {
    sources: Sources,
    stdlib: Spec,
    packs: Vec<Pack>,
}

/// What was written of a spec: texts by path.
pub struct Built {
    files: BTreeMap<String, String>,
    approximated: String,
}

impl Built {
    /// The text of a file.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Whether a target says so of what it only approximates.
    pub fn approximates(&self, how: &str) -> bool {
        self.approximated.contains(how)
    }

    /// The texts below a path that end so.
    pub fn below<'a>(&'a self, from: &'a str, end: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        let here = self.files.iter().filter(move |(path, _)| path.starts_with(from) && path.ends_with(end));
        here.map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below a folder, by its path from there.
fn files(folder: &str) -> BTreeMap<String, String> {
    let (mut found, mut waiting) = (BTreeMap::new(), vec![root().join(folder)]);
    while let Some(next) = waiting.pop() {
        for path in fs::read_dir(next).expect("the folder is there").flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                waiting.push(path);
            } else if let Ok(text) = fs::read_to_string(&path) {
                let name = path.strip_prefix(root().join(folder)).expect("walked from there");
                found.insert(name.to_string_lossy().replace('\\', "/"), text);
            }
        }
    }
    found
}

impl Packs {
    /// Reads stdlib and packs of this repository.
    pub fn load() -> Packs {
        let (mut sources, mut stdlib, mut report) = (Sources::default(), Spec::default(), Report::default());
        for (name, text) in files("stdlib") {
            let file = sources.add(format!("stdlib/{name}"), text, Role::Stdlib);
            read(&mut stdlib, &sources, file, &mut report);
        }
        let packs: Vec<Pack> = PACKS.iter().map(|name| pack(name, &mut sources, &mut report)).collect();
        assert!(!report.denied(), "{:#?}", report.findings);
        Packs { sources, stdlib, packs }
    }

    fn models(&self, text: &str) -> (Sources, Vec<Model>, Report) {
        let (mut sources, mut spec, mut report) =
            (self.sources.clone(), self.stdlib.clone(), Report::default());
        let file = sources.add("bastide.kdl", text.to_string(), Role::Spec);
        read(&mut spec, &sources, file, &mut report);
        let names = ["dev", "prod"].map(String::from);
        let models = resolve_all(&mut spec, &names, &Inputs::default(), Keep::Said, &mut report);
        (sources, models, report)
    }

    /// Whether a rule refuses a spec.
    pub fn refused(&self, text: &str) -> bool {
        let (_, models, mut report) = self.models(text);
        let views: Vec<Views> = models.iter().map(Views::of).collect();
        let pairs: Vec<_> = models.iter().zip(&views).collect();
        check_all(&pairs, &mut report);
        report.denied()
    }

    /// Builds a spec; none if it cannot be read or written.
    pub fn build(&self, text: &str) -> Option<Built> {
        let (sources, models, mut report) = self.models(text);
        let list = environments(&models);
        let (mut files, mut approximated) = (BTreeMap::new(), String::new());
        let models = if report.denied() { vec![] } else { models };
        for model in models {
            let views = Views::of(&model);
            let shared = Shared::new(model, views, list.clone(), &Ways::default());
            let packs: Vec<&Pack> =
                self.packs.iter().filter(|pack| selected(&pack.manifest, &shared.model)).collect();
            let mut losses = Report::default();
            covers::check(&[covers::Ledger::of(&shared, &packs, &mut report)], true, &mut losses);
            approximated.extend(losses.findings.into_iter().map(|it| it.message));
            for pack in packs {
                let mut put = |it: Artifact| drop(files.insert(it.path, it.text));
                render(pack, &shared, false, &sources, &mut report, &mut put);
            }
        }
        (!report.denied()).then_some(Built { files, approximated })
    }
}

fn read(spec: &mut Spec, sources: &Sources, file: FileId, report: &mut Report) {
    let source = sources.get(file);
    let document = bastide_syntax::parse(file, &source.text, report);
    spec::read(spec, source, &document, report);
}

fn pack(name: &str, sources: &mut Sources, report: &mut Report) -> Pack {
    let texts = files(&format!("targets/{name}"));
    let ids: BTreeMap<String, FileId> = texts
        .into_iter()
        .map(|(path, text)| (path.clone(), sources.add(format!("targets/{name}/{path}"), text, Role::Pack)))
        .collect();
    let manifest = manifest::read(ids["target.kdl"], sources, report).expect("a manifest");
    let parts = ids.iter().filter_map(|(path, file)| {
        let folder = path.strip_suffix(part::FILE)?.strip_suffix('/')?;
        part::read(folder, *file, sources, report)
    });
    let parts = parts.collect();
    let mut manifest = Manifest { name: name.into(), parts, ..manifest };
    option::complete(&mut manifest, report);
    let templates = ids.iter().filter(|(path, _)| path.ends_with(".j2"));
    let templates: Vec<PackFile> =
        templates.map(|(name, file)| PackFile { name: name.clone(), file: *file }).collect();
    let templates = Templates::load(&templates, sources, &manifest.text_options, report);
    Pack { manifest: Arc::new(manifest), templates, rules: Rules::default() }
}
