//! `part("_name.yaml.j2", value, key=value)`: a partial, rendered on its own and set at the column of its hole.

use super::Pack;
use super::format::Format;
use super::prepare::{MARK, MARK_END};
use super::settle;
use super::trace::{self, Notes};
use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr};
use minijinja::{Error, ErrorKind, State, Value};
use std::borrow::Cow;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

/// How deep partials may call one another.
pub(crate) const DEPTH: u32 = 16;
/// How many partials one artifact may hold.
pub(crate) const PARTS: u32 = 1_000_000;

/// The text of a partial of the same format as its caller.
#[derive(Debug)]
pub(crate) struct Part {
    /// The rendered and settled text; in tracing mode with its marks.
    pub text: String,
    /// It is of another format than its caller, a Markdown text that may show it in a code block.
    pub foreign: bool,
}

impl Part {
    /// The text for who reads it, instead of setting it: without marks, and without the lines that only show a column.
    pub(crate) fn plain(&self) -> String {
        let bare = settle::bare(&self.text);
        let mut pieces: Vec<&str> = bare.split(settle::PROBE).collect();
        let last = pieces.pop().unwrap_or_default();
        let kept = pieces.into_iter().map(|piece| piece.rsplit_once('\n').map_or("", |lines| lines.0));
        kept.chain([last]).collect()
    }

    /// Makes what was read for the text reads of the present hole, if it is traced.
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

/// What a partial sees. Of a name that stands twice the first counts.
#[derive(Debug)]
struct Inner {
    names: Vec<(Cow<'static, str>, Value)>,
}

impl Object for Inner {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Map
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.get_value_by_str(key.as_str()?)
    }

    fn get_value_by_str(self: &Arc<Self>, key: &str) -> Option<Value> {
        self.names.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone())
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Values(self.names.iter().map(|(name, _)| Value::from(&**name)).collect())
    }
}

/// How deep a partial is, and how many the artifact has so far.
#[derive(Debug)]
struct Frame {
    depth: u32,
    count: Arc<AtomicU32>,
}

impl Object for Frame {}

/// Name under which the frame travels in the context.
const FRAME: &str = "_part";

/// The function of templates.
pub(crate) fn part(
    pack: &Pack,
    state: &mut State,
    name: &str,
    value: Value,
    kwargs: Kwargs,
) -> Result<Value, Error> {
    let outer = state.lookup(FRAME);
    let (depth, count) = match outer.as_ref().and_then(|frame| frame.downcast_object_ref::<Frame>()) {
        Some(frame) => (frame.depth + 1, frame.count.clone()),
        None => (1, state.get_or_insert_extension_with(|| Arc::new(AtomicU32::new(0))).clone()),
    };
    if depth > DEPTH {
        return Err(Error::new(ErrorKind::InvalidOperation, format!("partials nest deeper than {DEPTH}")));
    }
    if count.fetch_add(1, Ordering::Relaxed) > PARTS {
        return Err(Error::new(ErrorKind::OutOfFuel, format!("more than {PARTS} partials")));
    }
    let mut names = vec![("it".into(), value), (FRAME.into(), Value::from_object(Frame { depth, count }))];
    for key in kwargs.args() {
        names.push((Cow::Owned(key.to_string()), kwargs.get(key)?));
    }
    for global in ["app", "environment", "target", trace::NOTES] {
        names.extend(state.lookup(global).map(|value| (global.into(), value)));
    }
    let text = super::run(state.env(), name, Value::from_object(Inner { names }))?;
    finish(pack, state, name, text)
}

/// A partial of the caller's format is text to set; one of another format is a string to write.
fn finish(pack: &Pack, state: &State, name: &str, text: String) -> Result<Value, Error> {
    let (inner, outer) = (pack.format(name), pack.format(state.name()));
    if is_part(inner, outer) {
        return Ok(Value::from_object(Part { text, foreign: is_foreign(inner, outer) }));
    }
    adopt(&text, state);
    Ok(Value::from(settle::bare(&text).into_owned()))
}

/// Whether the text of a partial is text to set in its caller.
pub(crate) fn is_part(inner: Format, outer: Format) -> bool {
    inner == outer || matches!(outer, Format::Text | Format::Markdown)
}

/// Whether it is of another format than its caller, a Markdown text that may show it in a code block.
pub(crate) fn is_foreign(inner: Format, outer: Format) -> bool {
    inner != outer && outer == Format::Markdown
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
