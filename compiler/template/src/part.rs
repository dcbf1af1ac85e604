//! `part("_name.yaml.j2", value, key=value)`: a partial, rendered on its own and set at the column of its interpolation.

use super::Pack;
use super::format::Format;
use super::layout;
use super::prepare::{MARK, MARK_END};
use super::trace::{self, Notes};
use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr};
use minijinja::{Error, ErrorKind, State, Value};
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// How deep partials may call one another.
const DEPTH: u32 = 16;
/// How many partials one artifact may hold.
const PARTS: u32 = 1_000_000;

/// The text of a partial of the same format as its caller.
#[derive(Debug)]
pub(crate) struct Part {
    /// The rendered text, laid out; in tracing mode with its marks.
    pub text: String,
    /// It is of another format than its caller, a Markdown text that may show it in a code block.
    pub foreign: bool,
}

impl Part {
    /// The text for who reads it, instead of setting it: without marks.
    pub(crate) fn plain(&self) -> Cow<'_, str> {
        layout::bare(&self.text)
    }

    /// Makes what was read for the text reads of the present interpolation, if it is traced.
    pub(crate) fn adopt(&self, state: &State) {
        adopt(&self.text, state);
    }
}

impl Object for Part {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }

    fn render(self: &Arc<Self>, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.plain())
    }
}

/// What all partials of an artifact have in common.
#[derive(Debug)]
struct Partials {
    /// What each sees without being told, by name.
    globals: Vec<(&'static str, Value)>,
    /// How many there are so far.
    count: AtomicU32,
}

/// What a partial sees: `it`, what else it was given, and the globals.
#[derive(Debug)]
struct Frame {
    it: Value,
    /// None if it was given nothing else.
    given: Option<Value>,
    depth: u32,
    partials: Arc<Partials>,
}

/// Name under which a partial finds its frame in its context.
const FRAME: &str = "_part";

impl Object for Frame {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        match key {
            "it" => return Some(self.it.clone()),
            FRAME => return Some(Value::from_dyn_object(self.clone())),
            _ => {}
        }
        let given = self.given.as_ref().and_then(|given| given.get_attr(key).ok());
        let given = given.filter(|value| !value.is_undefined());
        let global = || self.partials.globals.iter().find(|(name, _)| *name == key);
        given.or_else(|| global().map(|(_, value)| value.clone()))
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        let given = self.given.iter().filter_map(|given| given.try_iter().ok()).flatten();
        let globals = self.partials.globals.iter().map(|(name, _)| Value::from(*name));
        Enumerator::Values([Value::from("it")].into_iter().chain(given).chain(globals).collect())
    }
}

/// The function of templates.
pub(crate) fn part(
    pack: &Pack,
    state: &mut State,
    name: &str,
    it: Value,
    given: Kwargs,
) -> Result<Value, Error> {
    let outer = state.lookup(FRAME);
    let (depth, partials) = match outer.as_ref().and_then(Value::downcast_object_ref::<Frame>) {
        Some(outer) => (outer.depth + 1, outer.partials.clone()),
        None => (1, partials(state)),
    };
    if depth > DEPTH {
        return Err(Error::new(ErrorKind::InvalidOperation, format!("partials nest deeper than {DEPTH}")));
    }
    if partials.count.fetch_add(1, Ordering::Relaxed) > PARTS {
        return Err(Error::new(ErrorKind::OutOfFuel, format!("more than {PARTS} partials")));
    }
    let more = given.args().next().is_some();
    let given = more.then(|| given.into());
    let frame = Frame { it, given, depth, partials };
    let text = super::run(state.env(), name, Value::from_object(frame))?;
    finish(pack, state, name, text)
}

/// What the partials of the template being rendered have in common: made for the first of them.
fn partials(state: &mut State) -> Arc<Partials> {
    if let Some(known) = state.get_extension::<Arc<Partials>>() {
        return known.clone();
    }
    let globals = ["app", "environment", "target", "within", trace::NOTES];
    let globals = globals.into_iter().filter_map(|name| Some((name, state.lookup(name)?))).collect();
    let partials = Arc::new(Partials { globals, count: AtomicU32::new(0) });
    state.get_or_insert_extension(partials).clone()
}

/// A partial of the caller's format is text to set; one of another format is a string to write, but in prose, which may
/// show it in a code block.
fn finish(pack: &Pack, state: &State, name: &str, text: String) -> Result<Value, Error> {
    let (inner, outer) = (pack.format(name), pack.format(state.name()));
    if inner == outer || matches!(outer, Format::Text | Format::Markdown) {
        let foreign = inner != outer && outer == Format::Markdown;
        return Ok(Value::from_object(Part { text, foreign }));
    }
    adopt(&text, state);
    Ok(Value::from(layout::bare(&text).into_owned()))
}

fn adopt(text: &str, state: &State) {
    if let Some(notes) = trace::notes(state) {
        Notes::adopt(&notes, marks(text));
    }
}

/// The numbers of the records that the marks of a text name.
fn marks(text: &str) -> Vec<usize> {
    let inside = text.split(MARK).skip(1).filter_map(|mark| mark.split(MARK_END).next());
    inside.filter_map(|mark| mark.split_once(',')?.1.parse().ok()).collect()
}
