//! Tracing mode: rendering with a model that notes each field it hands out, and with marks in the text.

use super::prepare::{MARK, MARK_END, Spot};
use super::write::yaml::Follow;
use minijinja::value::{Enumerator, Object, ObjectRepr, ValueKind};
use minijinja::{Environment, Error, State, Value};
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Name under which the notes travel in the context.
pub(crate) const NOTES: &str = "_notes";

/// What tracing found out about one artifact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traced {
    /// The text, byte for byte what a plain rendering gives.
    pub text: String,
    /// One entry for each line of the text.
    pub lines: Vec<LineTrace>,
    /// Every model path that was handed out, also to conditions and loops.
    pub reads: BTreeSet<String>,
}

/// Where one line of an artifact comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineTrace {
    /// Name of the template within its pack; empty if nothing says it.
    pub template: String,
    /// Line in the template, from 1; 0 if nothing says it.
    pub line: u32,
    /// Model paths whose values stand in the line, sorted, without those that only lead to another.
    pub reads: Vec<String>,
}

/// The note book of one rendering.
#[derive(Debug, Default)]
pub(crate) struct Notes(Mutex<Book>);

/// A path that was handed out, and its value if that has no parts.
type Read = (String, Option<Value>);

/// So many reads before an interpolation may be what a loop variable in it holds.
const NEAR: usize = 64;

#[derive(Debug, Default)]
struct Book {
    pending: Vec<Read>,
    reads: BTreeSet<String>,
    records: Vec<Vec<String>>,
}

impl Book {
    fn since(&mut self, begun: usize) -> Vec<String> {
        self.pending.split_off(begun.min(self.pending.len())).into_iter().map(|read| read.0).collect()
    }

    /// The read of a variable: of a loop, say, which reads before the interpolation begins.
    fn earlier(&self, value: &Value) -> Option<String> {
        let near = self.pending.iter().rev().take(NEAR);
        near.filter(|read| read.1.as_ref() == Some(value)).map(|read| read.0.clone()).next()
    }
}

impl Object for Notes {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

impl Notes {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, path: &str, value: Option<&Value>) {
        let mut book = self.book();
        book.pending.push((path.to_string(), value.cloned()));
        if !book.reads.contains(path) {
            book.reads.insert(path.to_string());
        }
    }

    /// Where the reads of an interpolation begin; what was read before belongs to conditions, or to an interpolation around it.
    fn begin(&self) -> usize {
        self.book().pending.len()
    }

    /// Opens a record with what was read since [`Notes::begin`]; without that, with what gave the value before.
    fn record(&self, begun: usize, value: Option<&Value>) -> usize {
        let mut book = self.book();
        let mut pending = book.since(begun);
        if pending.is_empty() {
            pending.extend(value.and_then(|value| book.earlier(value)));
        }
        book.records.push(pending);
        book.records.len() - 1
    }

    /// Adds what was read since to a record.
    pub(crate) fn close(&self, begun: usize, record: usize) {
        let mut book = self.book();
        let pending = book.since(begun);
        if let Some(record) = book.records.get_mut(record) {
            record.extend(pending);
        }
    }

    /// Makes the reads of other records reads of the present interpolation: their text became its value.
    pub(crate) fn adopt(&self, records: Vec<usize>) {
        let mut book = self.book();
        let paths: Vec<String> =
            records.into_iter().filter_map(|record| book.records.get(record).cloned()).flatten().collect();
        book.pending.extend(paths.into_iter().map(|path| (path, None)));
    }
}

/// The note book of a rendering, if it is traced.
pub(crate) fn notes(state: &State) -> Option<Arc<Notes>> {
    state.lookup(NOTES)?.downcast_object::<Notes>()
}

/// A list or map of the model that notes what it hands out.
#[derive(Debug)]
struct Model {
    value: Value,
    path: String,
    notes: Arc<Notes>,
}

impl Model {
    /// A child under the path it has, noted and wrapped if it has children itself.
    fn child(&self, key: &Value, value: Value) -> Value {
        let step = match (self.path.is_empty(), key.as_str()) {
            (true, _) => key.to_string(),
            (_, Some(name)) => format!("{}.{name}", self.path),
            _ => format!("{}[{key}]", self.path),
        };
        wrap(value, step, &self.notes, true)
    }
}

fn wrap(value: Value, path: String, notes: &Arc<Notes>, note: bool) -> Value {
    let deep = matches!(value.kind(), ValueKind::Map | ValueKind::Seq | ValueKind::Iterable);
    let at = if value.kind() == ValueKind::Map { value.get_attr("at").ok() } else { None };
    let path = at.as_ref().and_then(Value::as_str).map_or(path, str::to_string);
    if note {
        notes.note(&path, (!deep).then_some(&value));
    }
    if !deep {
        return value;
    }
    Value::from_object(Model { value, path, notes: notes.clone() })
}

impl Object for Model {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        match self.value.kind() {
            ValueKind::Map => ObjectRepr::Map,
            ValueKind::Seq => ObjectRepr::Seq,
            _ => ObjectRepr::Iterable,
        }
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        if self.path.is_empty() && key.as_str() == Some(NOTES) {
            return Some(Value::from_dyn_object(self.notes.clone()));
        }
        let value = self.value.get_item(key).ok().filter(|value| !value.is_undefined())?;
        Some(self.child(key, value))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        match (self.value.kind(), self.value.len()) {
            (ValueKind::Map, _) => {
                Enumerator::Values(self.value.try_iter().map(Iterator::collect).unwrap_or_default())
            }
            (ValueKind::Seq, Some(length)) => Enumerator::Seq(length),
            _ => {
                let items = self.value.try_iter().into_iter().flatten().enumerate();
                let items: Vec<Value> = items.map(|(at, item)| self.child(&Value::from(at), item)).collect();
                Enumerator::Values(items)
            }
        }
    }
}

/// A key of the model and what stands there, as `items` hands them out.
#[derive(Debug)]
struct Pair {
    map: Arc<Model>,
    key: Value,
}

impl Object for Pair {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Seq
    }

    fn get_value(self: &Arc<Self>, at: &Value) -> Option<Value> {
        let value = self.map.get_value(&self.key)?;
        match at.as_usize()? {
            0 => {
                let Model { path, notes, .. } = &*self.map;
                notes.note(&format!("{path}.{}", self.key), Some(&self.key));
                Some(self.key.clone())
            }
            1 => Some(value),
            _ => None,
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Seq(2)
    }
}

/// The filter `items`, whose pairs note when they are taken apart.
fn items(value: &Value) -> Result<Value, Error> {
    let Some(map) = value.downcast_object::<Model>().filter(|_| value.kind() == ValueKind::Map) else {
        return minijinja::filters::items(value);
    };
    let pair = |key: Value| Value::from_object(Pair { map: map.clone(), key });
    Ok(value.try_iter()?.map(pair).collect())
}

/// A context that notes every read.
pub(crate) fn context(value: Value, notes: &Arc<Notes>) -> Value {
    wrap(value, String::new(), notes, false)
}

/// An interpolated value with its spot in the template and the record of its reads.
#[derive(Debug)]
pub(crate) struct Interpolation {
    /// Number of the spot.
    pub spot: usize,
    /// How many reads were pending when its expression began.
    pub begun: usize,
    /// Number of the record.
    pub record: usize,
    /// What is to be written.
    pub value: Value,
    /// Where reads made while writing go.
    pub notes: Arc<Notes>,
}

impl Object for Interpolation {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }
}

impl Follow for Interpolation {
    fn begin(&self) -> usize {
        self.notes.begin()
    }

    fn end(&self, begun: usize, start: usize, out: &mut String) {
        let record = self.notes.record(begun, None);
        out.insert_str(start, &format!("{MARK}{},{record}{MARK_END}", self.spot));
    }
}

/// Adds the functions that the prepared text of tracing mode calls.
pub(crate) fn install(env: &mut Environment<'static>) {
    env.add_filter("items", items);
    env.add_function("_begin", |state: &mut State| {
        Value::from(notes(state).map_or(0, |notes| notes.begin()))
    });
    env.add_function("_trace", |state: &mut State, begun: usize, spot: usize, value: Value| {
        match notes(state) {
            Some(notes) if !value.is_undefined() => {
                let record = notes.record(begun, Some(&value));
                Value::from_object(Interpolation { spot, begun, record, value, notes })
            }
            _ => value,
        }
    });
}

/// Takes the marks out of a text and says of each line where it comes from.
pub(crate) fn finish(text: &str, spots: &[Spot], notes: &Notes) -> Traced {
    let book = notes.book();
    let mut lines = vec![];
    let mut bare = String::with_capacity(text.len());
    let mut held = (None, None);
    for line in text.split_inclusive('\n') {
        let marks = marks(line, &mut bare);
        if marks.is_empty() {
            lines.push(trace(held.0, held.1.as_slice(), spots, &book));
            continue;
        }
        let records: Vec<usize> = marks.iter().filter_map(|mark| mark.1).collect();
        lines.push(trace(Some(marks[0].0), &records, spots, &book));
        held = marks.last().map_or((None, None), |mark| (Some(mark.0), mark.1));
    }
    Traced { text: bare, lines, reads: book.reads.clone() }
}

/// Copies a line without its marks; the marks are a spot and, for an interpolation, a record.
fn marks(line: &str, bare: &mut String) -> Vec<(usize, Option<usize>)> {
    let mut parts = line.split(MARK);
    bare.push_str(parts.next().unwrap_or(""));
    let mut found = vec![];
    for part in parts {
        let (mark, rest) = part.split_once(MARK_END).unwrap_or(("", part));
        bare.push_str(rest);
        let (spot, record) = mark.split_once(',').unwrap_or((mark, ""));
        found.extend(spot.parse().ok().map(|spot| (spot, record.parse().ok())));
    }
    found
}

fn trace(spot: Option<usize>, records: &[usize], spots: &[Spot], book: &Book) -> LineTrace {
    let Some(spot) = spot.and_then(|spot| spots.get(spot)) else { return LineTrace::default() };
    let paths = records.iter().filter_map(|record| book.records.get(*record)).flatten();
    let paths: BTreeSet<&str> = paths.map(String::as_str).collect();
    let leads = |path: &str| paths.iter().any(|other| leads_to(path, other));
    let reads = paths.iter().filter(|path| !leads(path)).map(|path| path.to_string()).collect();
    LineTrace { template: spot.template.clone(), line: spot.line, reads }
}

/// Whether a path is a step on the way to another.
fn leads_to(path: &str, other: &str) -> bool {
    other.strip_prefix(path).is_some_and(|rest| rest.starts_with(['.', '[']))
}
