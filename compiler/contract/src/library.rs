//! The JSON and YAML texts of one side, and the `$ref`s between them.

mod ids;

use super::side::{File, Side, join};
use super::value::{self, Data, Entry, Value};
use super::{Reference, side};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Source, Sources};
pub use ids::Ids;
use std::collections::BTreeMap;

/// All texts of a side as values.
#[derive(Debug)]
pub struct Library<'a> {
    roots: BTreeMap<FileId, (String, Value<'a>)>,
    /// The entries of large maps, in the order of their keys: positions, by where the entries are in memory.
    sorted: BTreeMap<usize, Vec<u32>>,
}

/// Entries from which on a map is looked up by a sorted list.
const LARGE: usize = 32;

/// `$ref`s followed one after another before they are taken for a cycle.
const LONGEST: usize = 64;

/// Why a `$ref` leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lost {
    /// It names a host: nothing is fetched.
    Remote,
    /// The file it names is not there.
    NoFile(String),
    /// The file has no such part.
    NoPart(String),
}

impl<'a> Library<'a> {
    /// Reads all files of a side.
    pub fn read(side: &Side, sources: &'a Sources, report: &mut Report) -> Library<'a> {
        let read = |file: &File, report: &mut Report| {
            let value = value::read(file.id, sources.get(file.id), report)?;
            Some((file.id, (file.path.clone(), value)))
        };
        let roots: BTreeMap<_, (String, Value<'a>)> =
            side.files.iter().filter_map(|file| read(file, report)).collect();
        let sorted = roots.values().flat_map(|(_, root)| sorted(root)).collect();
        Library { roots, sorted }
    }

    /// The same texts, each put in another form.
    pub fn map(self, form: impl Fn(&Library<'a>, &Value<'a>) -> Option<Value<'a>>) -> Library<'a> {
        let changed: Vec<_> =
            self.roots.iter().filter_map(|(file, (_, root))| Some((*file, form(&self, root)?))).collect();
        if changed.is_empty() {
            return self;
        }
        let mut roots = self.roots;
        for (file, root) in changed {
            roots.entry(file).and_modify(|it| it.1 = root);
        }
        let sorted = roots.values().flat_map(|(_, root)| sorted(root)).collect();
        Library { roots, sorted }
    }

    /// The value under a key of a map of this library.
    fn get<'v>(&self, map: &'v Value<'a>, key: &str) -> Option<&'v Value<'a>> {
        let entries = map.entries();
        let Some(order) = self.sorted.get(&(entries.as_ptr() as usize)) else { return map.get(key) };
        let at = order.binary_search_by(|at| entries[*at as usize].key.as_ref().cmp(key)).ok()?;
        Some(&entries[order[at] as usize].value)
    }

    /// The whole value of a file.
    pub fn root(&self, file: FileId) -> Option<&Value<'a>> {
        self.roots.get(&file).map(|(_, value)| value)
    }

    /// The schemas that texts keep under `components`, by name.
    pub fn components(&self) -> impl Iterator<Item = &Entry<'a>> {
        let roots = self.roots.values().filter_map(|(_, root)| root.get("components")?.get("schemas"));
        roots.flat_map(Value::entries)
    }

    /// All schemas that have an `$id` or `$anchor`.
    pub fn ids(&self) -> Ids<'_, 'a> {
        Ids::of(self.roots.values().map(|(_, root)| root))
    }

    /// The value a `$ref` written in `from` means.
    ///
    /// # Errors
    /// Where it leads nowhere, why.
    pub fn follow(&self, from: FileId, reference: &str) -> Result<&Value<'a>, Lost> {
        if remote(reference) {
            return Err(Lost::Remote);
        }
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if path.is_empty() { Some(from) } else { self.named(from, path) };
        let root = file.and_then(|file| self.root(file)).ok_or_else(|| Lost::NoFile(path.into()))?;
        walk(root, fragment, |map, key| self.get(map, key)).ok_or_else(|| Lost::NoPart(fragment.into()))
    }

    /// What a value means: itself, or what its `$ref` leads to in the end; and what is wrong on the way. Where something
    /// is, the value is the last that was reached.
    pub fn resolve<'v>(&'v self, value: &'v Value<'a>) -> (&'v Value<'a>, Option<Finding>) {
        let mut value = value;
        for _ in 0..LONGEST {
            let Some((reference, text)) = value.get("$ref").and_then(|it| Some((it, it.text()?))) else {
                return (value, None);
            };
            match self.follow(reference.span.file, text) {
                Ok(next) => value = next,
                Err(lost) => return (value, Some(lost.finding(reference.span, text))),
            }
        }
        let finding = Finding::new("contract-reference", "`$ref`s form a cycle");
        let finding = finding.label(value.span, "leads back to itself").help("let one of them be a value");
        (value, Some(finding))
    }

    fn named(&self, from: FileId, path: &str) -> Option<FileId> {
        let wanted = join(&self.roots.get(&from)?.0, path)?;
        self.roots.iter().find(|(_, (path, _))| *path == wanted).map(|(file, _)| *file)
    }
}

impl Lost {
    /// A finding at the `$ref`.
    pub fn finding(&self, span: bastide_report::source::Span, reference: &str) -> Finding {
        let (message, label, help) = match self {
            Lost::Remote => (
                format!("`{reference}` lies on another host"),
                "nothing is fetched while checking",
                "keep a copy beside the contract and refer to that",
            ),
            Lost::NoFile(path) => (
                format!("`{path}` is not there"),
                "refers to a file that could not be read",
                "correct the path, which is relative to this file",
            ),
            Lost::NoPart(part) => (
                format!("`#{part}` is not there"),
                "refers to a part the file does not have",
                "correct the pointer, or write the part",
            ),
        };
        Finding::new("contract-reference", message).label(span, label).help(help)
    }
}

/// The large maps among all maps of a value that stand no deeper than schemas do that are referred to.
fn sorted(root: &Value) -> Vec<(usize, Vec<u32>)> {
    let (mut found, mut waiting) = (vec![], vec![(root, 0)]);
    while let Some((value, depth)) = waiting.pop() {
        let entries = value.entries();
        if entries.len() >= LARGE {
            let mut order: Vec<u32> = (0..entries.len() as u32).collect();
            order.sort_by(|left, right| entries[*left as usize].key.cmp(&entries[*right as usize].key));
            found.push((entries.as_ptr() as usize, order));
        }
        if depth < 2 {
            waiting.extend(entries.iter().map(|entry| (&entry.value, depth + 1)));
        }
    }
    found
}

/// The part of a value a JSON pointer (RFC 6901) means; `/` alone and nothing mean the whole. A name
/// (`#address`) is no pointer.
pub fn pointer<'v, 'a>(root: &'v Value<'a>, fragment: &str) -> Option<&'v Value<'a>> {
    walk(root, fragment, |map, key| map.get(key))
}

fn walk<'v, 'a>(
    root: &'v Value<'a>,
    fragment: &str,
    get: impl Fn(&'v Value<'a>, &str) -> Option<&'v Value<'a>>,
) -> Option<&'v Value<'a>> {
    if !fragment.is_empty() && !fragment.starts_with('/') {
        return None;
    }
    let parts = fragment.strip_prefix('/').map(|rest| rest.split('/')).into_iter().flatten();
    parts.filter(|part| !part.is_empty() || fragment.len() > 1).try_fold(root, |value, part| {
        let name = unescape(part);
        match &value.data {
            Data::List(items) => items.get(name.parse::<usize>().ok()?),
            _ => get(value, &name),
        }
    })
}

/// `~1`, `~0` and percent signs of a pointer in a URI, undone.
fn unescape(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|two| u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok());
        match hex.filter(|_| first == b'%') {
            Some(byte) => (bytes.push(byte), rest = &after[2..]).1,
            None => (bytes.push(first), rest = after).1,
        }
    }
    String::from_utf8_lossy(&bytes).replace("~1", "/").replace("~0", "~")
}

fn remote(reference: &str) -> bool {
    reference.starts_with("//")
        || reference.split_once("://").is_some_and(|(scheme, _)| !scheme.contains(['#', '/']))
}

/// The local files the `$ref`s of a text name, for [`super::Format::references`].
pub fn references(file: FileId, source: &Source) -> Vec<Reference> {
    let Some(root) = value::read(file, source, &mut Report::default()) else { return vec![] };
    let mut found = vec![];
    let mut waiting = vec![&root];
    while let Some(value) = waiting.pop() {
        waiting.extend(value.items());
        waiting.extend(value.entries().iter().map(|entry| &entry.value));
        let Some((path, at)) =
            value.entry("$ref").and_then(|entry| Some((entry.value.text()?, entry.value.span)))
        else {
            continue;
        };
        let path = path.split('#').next().unwrap_or_default();
        if !path.is_empty() && !remote(path) {
            found.push(side::Reference { path: path.into(), from_root: false, span: at });
        }
    }
    found.sort_by(|left, right| left.path.cmp(&right.path).then(left.span.cmp(&right.span)));
    found.dedup_by(|left, right| left.path == right.path);
    found
}
