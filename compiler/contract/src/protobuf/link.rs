//! From names as written to the declarations they mean.

use super::set::{At, Set, join};
use super::tree::{Field, Name, Target};
use bastide_report::finding::{Finding, Level, Report};
use bastide_report::source::Span;
use bastide_report::suggest;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The types of the language.
const SCALARS: &[&str] = &[
    "bool", "bytes", "double", "fixed32", "fixed64", "float", "int32", "int64", "sfixed32", "sfixed64",
    "sint32", "sint64", "string", "uint32", "uint64",
];

/// Links all files of a side.
pub fn link(set: &mut Set<'_>, report: &mut Report) {
    set.index(report);
    set.resolve_features(report);
    let mut blamed = BTreeSet::new();
    for file in 0..set.files.len() {
        if !set.files[file].builtin {
            let visible = visible(set, file);
            Linker { set, file, visible, blamed: &mut blamed, report }.all().apply(set);
        }
    }
    unused_missing(set, &blamed, report);
    for file in 0..set.files.len() {
        for at in 0..set.files[file].extensions.len() {
            let field = &set.files[file].extensions[at];
            if let Some((_, full)) = &field.extendee {
                set.extensions.insert((full.clone(), field.number), (file, at));
            }
        }
    }
}

/// The files whose names a file may use: its imports, and what these import publicly.
fn visible(set: &Set<'_>, file: usize) -> BTreeSet<usize> {
    let mut seen = BTreeSet::from([file]);
    let mut waiting: Vec<usize> = set.imports[file].iter().flatten().copied().collect();
    while let Some(at) = waiting.pop() {
        if seen.insert(at) {
            let imports = set.files[at].imports.iter().zip(&set.imports[at]);
            waiting.extend(imports.filter(|(import, _)| import.public).filter_map(|(_, to)| *to));
        }
    }
    seen
}

struct Linker<'s, 'a> {
    set: &'s Set<'a>,
    file: usize,
    visible: BTreeSet<usize>,
    /// Imports that are told.
    blamed: &'s mut BTreeSet<Span>,
    report: &'s mut Report,
}

/// What the names of one file mean, in the order of its lists.
struct Links {
    file: usize,
    fields: Vec<Vec<Target>>,
    extensions: Vec<(Target, Rc<str>)>,
    methods: Vec<Vec<[Rc<str>; 2]>>,
}

impl<'s, 'a> Linker<'s, 'a> {
    fn all(mut self) -> Links {
        let set = self.set;
        let file = &set.files[self.file];
        let mut fields = vec![];
        for message in &file.messages {
            let target = |field: &Field<'a>| self.target(&message.full, field);
            fields.push(message.fields.iter().map(target).collect());
        }
        let mut extensions = vec![];
        for field in &file.extensions {
            let scope = file.scope(field.scope);
            let target = self.target(&scope, field);
            let extendee = field.extendee.as_ref().map(|(name, _)| self.message(&scope, name));
            extensions.push((target, extendee.unwrap_or_else(|| Rc::from(""))));
        }
        let mut methods = vec![];
        for service in &file.services {
            let ends = service.methods.iter().map(|method| {
                [&method.request, &method.response].map(|end| self.message(&service.full, &end.written))
            });
            methods.push(ends.collect());
        }
        Links { file: self.file, fields, extensions, methods }
    }

    fn target(&mut self, scope: &str, field: &Field<'a>) -> Target {
        let written = field.written.text.as_ref();
        if let Ok(at) = SCALARS.binary_search(&written) {
            return Target::Scalar(SCALARS[at]);
        }
        self.find(scope, written).unwrap_or_else(|| {
            self.lost(scope, &field.written);
            Target::Unknown
        })
    }

    fn message(&mut self, scope: &str, name: &Name<'a>) -> Rc<str> {
        match self.find(scope, &name.text) {
            Some(Target::Message(full)) => return full,
            Some(_) => {
                let finding = Finding::new("contract-reference", format!("`{}` is no message", name.text))
                    .label(name.at, "only a message can stand here")
                    .help("wrap it in a message of its own");
                self.report.push(finding);
            }
            None => self.lost(scope, name),
        }
        Rc::from(name.text.trim_start_matches('.'))
    }

    /// The innermost declaration of that name which this file may use.
    fn find(&self, scope: &str, written: &str) -> Option<Target> {
        if let Some(full) = written.strip_prefix('.') {
            return self.declared(full, true);
        }
        candidates(scope, written).find_map(|full| self.declared(&full, true))
    }

    fn declared(&self, full: &str, visible: bool) -> Option<Target> {
        let allowed = |at: &At| !visible || self.visible.contains(&at.0);
        if let Some((full, _)) = self.set.messages.get_key_value(full).filter(|(_, at)| allowed(at)) {
            return Some(Target::Message(full.clone()));
        }
        let found = self.set.enums.get_key_value(full).filter(|(_, at)| allowed(at));
        found.map(|(full, _)| Target::Enum(full.clone()))
    }

    /// A name that means nothing: the blame lies with an import that is not there, with one not written, or with the
    /// name itself.
    fn lost(&mut self, scope: &str, name: &Name<'a>) {
        let hidden = candidates(scope, name.text.trim_start_matches('.')).find_map(|full| {
            self.set.messages.get(full.as_ref()).or_else(|| self.set.enums.get(full.as_ref()))
        });
        if let Some((file, _)) = hidden {
            let path = &self.set.files[*file].path;
            let finding = Finding::new("contract-reference", format!("`{}` is not imported", name.text))
                .label(name.at, format!("declared in `{path}`"))
                .help(format!("write `import \"{path}\";`"));
            self.report.push(finding);
            return;
        }
        let missing: Vec<_> = missing(self.set, self.file).collect();
        if missing.is_empty() {
            let own = name.text.rsplit('.').next().unwrap_or_default();
            let known = self.set.messages.keys().chain(self.set.enums.keys());
            let near = suggest::nearest(own, known.map(|full| full.rsplit('.').next().unwrap_or(full)));
            let help = near.map_or("declare it, or import the file that does".into(), |it| {
                format!("did you mean `{it}`?")
            });
            let finding = Finding::new("contract-reference", format!("type `{}` is not there", name.text))
                .label(name.at, "neither declared here nor in what is imported")
                .help(help);
            self.report.push(finding);
            return;
        }
        for import in missing {
            if self.blamed.insert(import.at) {
                let finding = Finding::new("contract-reference", format!("`{}` is not there", import.text))
                    .label(import.at, "imported here")
                    .label(name.at, format!("so `{}` is not known", name.text))
                    .help("put the file below the root of imports, or give the folder that has it");
                self.report.push(finding);
            }
        }
    }
}

impl Links {
    fn apply(self, set: &mut Set<'_>) {
        let file = &mut set.files[self.file];
        for (message, targets) in file.messages.iter_mut().zip(self.fields) {
            for (field, target) in message.fields.iter_mut().zip(targets) {
                field.target = target;
            }
        }
        for (field, (target, extendee)) in file.extensions.iter_mut().zip(self.extensions) {
            field.target = target;
            if let Some((_, full)) = &mut field.extendee {
                *full = extendee;
            }
        }
        for (service, ends) in file.services.iter_mut().zip(self.methods) {
            for (method, [request, response]) in service.methods.iter_mut().zip(ends) {
                method.request.full = request;
                method.response.full = response;
            }
        }
    }
}

/// The full names a name may mean, from the innermost scope outwards.
fn candidates<'s>(scope: &'s str, written: &'s str) -> impl Iterator<Item = Rc<str>> {
    let mut scope = Some(scope);
    std::iter::from_fn(move || {
        let outer = scope?;
        scope = match outer.rsplit_once('.') {
            Some((outer, _)) => Some(outer),
            None => (!outer.is_empty()).then_some(""),
        };
        Some(join(outer, written))
    })
}

/// The imports of a file that are not there.
fn missing<'s, 'a>(set: &'s Set<'a>, file: usize) -> impl Iterator<Item = &'s Name<'a>> {
    let imports = set.files[file].imports.iter().zip(&set.imports[file]);
    imports.filter(|(_, to)| to.is_none()).map(|(import, _)| &import.path)
}

/// Imports that are not there although no type needs them: options may, and these are compared as written.
fn unused_missing(set: &Set<'_>, blamed: &BTreeSet<Span>, report: &mut Report) {
    let mut told = BTreeMap::new();
    for file in 0..set.files.len() {
        for import in missing(set, file).filter(|import| !blamed.contains(&import.at)) {
            told.entry(import.text.as_ref()).or_insert(import.at);
        }
    }
    for (path, at) in told {
        let finding = Finding::new("contract-reference", format!("`{path}` is not there"))
            .level(Level::Warn)
            .label(at, "no type here needs it, so the rest is compared")
            .help("put the file below the root of imports, or drop the import");
        report.push(finding);
    }
}
