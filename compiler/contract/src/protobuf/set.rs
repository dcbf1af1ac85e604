//! The files of one side, linked: every type has its full name, every part its features, and all can be found.

use super::super::side::{File as SideFile, Side};
use super::features::Features;
use super::tree::{Enum, Field, File, Message, Name, Service, Syntax};
use super::{builtin, check, link, parse};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Sources};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::rc::Rc;

/// Where a declaration is: the file, and the place in its list.
pub type At = (usize, usize);

/// The files of one side.
#[derive(Debug, Default)]
pub struct Set<'a> {
    /// All of them: asked, imported, built in.
    pub files: Vec<File<'a>>,
    /// What each file imports, by index; in the order of its imports.
    pub imports: Vec<Vec<Option<usize>>>,
    /// Files by path.
    pub paths: BTreeMap<String, usize>,
    /// Messages by full name.
    pub messages: BTreeMap<Rc<str>, At>,
    /// Enums by full name.
    pub enums: BTreeMap<Rc<str>, At>,
    /// Services by full name.
    pub services: BTreeMap<Rc<str>, At>,
    /// Extensions by the message they extend and their number.
    pub extensions: BTreeMap<(Rc<str>, i64), At>,
}

/// Reads and links a side.
pub fn read<'a>(side: &Side, sources: &'a Sources, report: &mut Report) -> Set<'a> {
    let by_path: BTreeMap<&str, &SideFile> =
        side.files.iter().map(|file| (file.path.as_str(), file)).collect();
    let mut set = Set::default();
    let mut known: BTreeMap<FileId, Option<usize>> = BTreeMap::new();
    for file in asked(side) {
        set.load(file, sources, &mut known, report);
    }
    let mut at = 0;
    while at < set.files.len() {
        let mut found = vec![];
        for index in 0..set.files[at].imports.len() {
            let path = &set.files[at].imports[index].path;
            let (text, place) = (path.text.to_string(), path.at);
            let own = by_path.get(text.as_str()).copied().or_else(|| below_root(side, &text));
            found.push(match own {
                Some(file) => set.load(file, sources, &mut known, report),
                None => set.load_builtin(&text, place),
            });
        }
        set.imports.push(found);
        at += 1;
    }
    if !report.denied() {
        link::link(&mut set, report);
        check::check(&set, report);
    }
    set
}

/// The files asked about. A folder may hold others than protobuf's: these are none of it.
pub fn asked(side: &Side) -> Vec<&SideFile> {
    let all: Vec<&SideFile> = side.asked().collect();
    let own: Vec<&SideFile> = all.iter().filter(|file| file.path.ends_with(".proto")).copied().collect();
    if own.is_empty() { all } else { own }
}

/// A folder may hold the root of imports further down: `proto/acme/order.proto` for `acme/order.proto`.
fn below_root<'s>(side: &'s Side, import: &str) -> Option<&'s SideFile> {
    let ends = |file: &&SideFile| file.path.strip_suffix(import).is_some_and(|root| root.ends_with('/'));
    side.files.iter().filter(ends).min_by_key(|file| (file.path.len(), &file.path))
}

impl<'a> Set<'a> {
    fn load(
        &mut self,
        file: &SideFile,
        sources: &'a Sources,
        known: &mut BTreeMap<FileId, Option<usize>>,
        report: &mut Report,
    ) -> Option<usize> {
        if let Some(index) = known.get(&file.id) {
            return *index;
        }
        let index = parse::read(file.id, &file.path, sources.get(file.id), report).map(|read| self.add(read));
        known.insert(file.id, index);
        index
    }

    fn load_builtin(&mut self, path: &str, at: bastide_report::source::Span) -> Option<usize> {
        if let Some(index) = self.paths.get(path) {
            return Some(*index);
        }
        builtin::file(path, at).map(|file| self.add(file))
    }

    fn add(&mut self, file: File<'a>) -> usize {
        let index = self.files.len();
        self.paths.insert(file.path.clone(), index);
        self.files.push(file);
        index
    }

    /// Gives a file another path: a side of one file is that file, whatever its name.
    pub fn rename(&mut self, from: &str, to: &str) {
        if self.paths.contains_key(to) {
            return;
        }
        if let Some(index) = self.paths.remove(from) {
            self.files[index].path = to.into();
            self.paths.insert(to.into(), index);
        }
    }

    pub fn message(&self, at: At) -> &Message<'a> {
        &self.files[at.0].messages[at.1]
    }

    /// An enum.
    pub fn enumeration(&self, at: At) -> &Enum<'a> {
        &self.files[at.0].enums[at.1]
    }

    pub fn service(&self, at: At) -> &Service<'a> {
        &self.files[at.0].services[at.1]
    }

    pub fn extension(&self, at: At) -> &Field<'a> {
        &self.files[at.0].extensions[at.1]
    }

    /// The packages, each with its first file.
    pub fn packages(&self) -> BTreeMap<&str, usize> {
        let named = self.files.iter().enumerate().rev();
        named.map(|(index, file)| (file.package.text.as_ref(), index)).collect()
    }

    /// Full names, indexes and duplicates; in the order of the files.
    pub(super) fn index(&mut self, report: &mut Report) {
        for at in 0..self.files.len() {
            self.files[at].name();
            let file = &self.files[at];
            for (index, message) in file.messages.iter().enumerate() {
                let old = self.messages.insert(message.full.clone(), (at, index));
                let first = old.map(|old| &self.files[old.0].messages[old.1].name);
                twice(first, &message.full, &message.name, report);
            }
            for (index, item) in file.enums.iter().enumerate() {
                let old = self.enums.insert(item.full.clone(), (at, index));
                let first = old.map(|old| &self.files[old.0].enums[old.1].name);
                twice(first, &item.full, &item.name, report);
            }
            for (index, service) in file.services.iter().enumerate() {
                let old = self.services.insert(service.full.clone(), (at, index));
                let first = old.map(|old| &self.files[old.0].services[old.1].name);
                twice(first, &service.full, &service.name, report);
            }
        }
    }

    /// What every part resolves its features to.
    pub(super) fn resolve_features(&mut self, report: &mut Report) {
        for file in self.files.iter_mut().filter(|file| !file.builtin) {
            let base = Features::of(file.syntax).with(&file.options, report);
            file.features = base;
            let mut maps: BTreeMap<(usize, &str), Features> = BTreeMap::new();
            for at in 0..file.messages.len() {
                let outer = file.messages[at].parent.map_or(base, |parent| file.messages[parent].features);
                // Key and value of a map have the features of the map.
                let map = file.messages[at].map.zip(file.messages[at].parent);
                let map = map.and_then(|(name, parent)| maps.get(&(parent, name)).copied());
                let message = &mut file.messages[at];
                message.features = outer.with(&message.options, report);
                for field in &mut message.fields {
                    field.features = map.unwrap_or(message.features).with(&field.options, report);
                    if let (true, Cow::Borrowed(name)) = (field.map, &field.name.text) {
                        maps.insert((at, *name), field.features);
                    }
                }
            }
            let outer = |at: Option<usize>| at.map_or(base, |at| file.messages[at].features);
            for item in &mut file.enums {
                item.features = outer(item.parent).with(&item.options, report);
            }
            for field in &mut file.extensions {
                field.features = outer(field.scope).with(&field.options, report);
            }
        }
    }
}

impl File<'_> {
    /// Gives everything declared here its full name.
    fn name(&mut self) {
        if self.builtin {
            return;
        }
        for at in 0..self.messages.len() {
            let outer = self.scope(self.messages[at].parent);
            self.messages[at].full = join(&outer, &self.messages[at].name.text);
        }
        for at in 0..self.enums.len() {
            let outer = self.scope(self.enums[at].parent);
            self.enums[at].full = join(&outer, &self.enums[at].name.text);
        }
        for service in &mut self.services {
            service.full = join(&self.package.text, &service.name.text);
        }
    }

    /// The full name of a message here, or the package.
    pub fn scope(&self, message: Option<usize>) -> Rc<str> {
        message.map_or_else(|| Rc::from(self.package.text.as_ref()), |at| self.messages[at].full.clone())
    }

    /// The dialect as it is compared: all editions are one.
    pub fn dialect(&self) -> &'static str {
        match self.syntax {
            Syntax::Proto2 => "proto2",
            Syntax::Proto3 => "proto3",
            Syntax::Edition(_) => "editions",
        }
    }
}

/// A name below another.
pub fn join(outer: &str, name: &str) -> Rc<str> {
    if outer.is_empty() { Rc::from(name) } else { Rc::from(format!("{outer}.{name}")) }
}

fn twice(first: Option<&Name<'_>>, full: &str, name: &Name<'_>, report: &mut Report) {
    let Some(first) = first else { return };
    let finding = Finding::new("contract-syntax", format!("`{full}` is declared twice"))
        .label(name.at, "the second time")
        .label(first.at, "the first time")
        .help("rename one of them, or remove it");
    report.push(finding);
}
