//! Puts an interpolated value into the output: finds the format, unwraps what the filters wrapped, calls the writer.

use super::filters::{Placed, Put};
use super::format::Format;
use super::part::Part;
use super::place::Place;
use super::trace::Hole;
use super::{Pack, prepare, settle, write};
use minijinja::value::ValueKind;
use minijinja::{Error, Output, State, Value};
use std::fmt::Write;

/// The format of the template a state belongs to, looked up once.
#[derive(Clone, Copy)]
struct Here(Format);

/// minijinja's formatter: every interpolation of every template passes here.
pub(crate) fn formatter(
    pack: &Pack,
    out: &mut Output,
    state: &mut State,
    value: &Value,
) -> Result<(), Error> {
    let format = match state.get_extension::<Here>() {
        Some(Here(format)) => *format,
        None => {
            let here = Here(pack.format(state.name()));
            state.get_or_insert_extension(here).0
        }
    };
    put(format, Place::Block, value, out)
}

/// Unwraps a value and writes it.
fn put<W: Write>(format: Format, place: Place, value: &Value, out: &mut W) -> Result<(), Error> {
    if value.kind() != ValueKind::Plain {
        return write::value(format, place, value, out);
    }
    if let Some(placed) = value.downcast_object_ref::<Placed>() {
        let inner = &placed.value;
        return match placed.put {
            Put::Word => write::word(format, inner, place == Place::Quoted, out),
            Put::Absent => Ok(out.write_char(settle::ABSENT)?),
            Put::Filled => write::value(format.filled(), place, inner, out),
            by_place => self::placed(format, Some(by_place), inner, out),
        };
    }
    if let Some(hole) = value.downcast_object_ref::<Hole>() {
        out.write_fmt(format_args!("{}{},{}{}", prepare::MARK, hole.spot, hole.record, prepare::MARK_END))?;
        let result = match follows(format, place, &hole.value)? {
            true => write::followed(format, &hole.value, hole, out),
            false => put(format, place, &hole.value, out),
        };
        hole.notes.close(hole.begun, hole.record);
        return result;
    }
    match value.downcast_object_ref::<Part>() {
        Some(it) => part(format, place, &it.text, it.foreign, out),
        None => write::value(format, place, value, out),
    }
}

/// Writes a value whose place its template knows.
pub(crate) fn placed<W: Write>(
    format: Format,
    by_place: Option<Put>,
    value: &Value,
    out: &mut W,
) -> Result<(), Error> {
    match by_place {
        Some(Put::Quoted) => put_word(format, value, out),
        by_place => put(format, place(by_place), value, out),
    }
}

/// The place that a filter of `prepare` stands for.
pub(crate) fn place(by_place: Option<Put>) -> Place {
    match by_place {
        Some(Put::Inline) => Place::Inline,
        Some(Put::Key) => Place::Key,
        Some(Put::Comment) => Place::Comment,
        Some(Put::Code) => Place::Code,
        Some(Put::Quoted) => Place::Quoted,
        Some(Put::Word | Put::Filled | Put::Absent) | None => Place::Block,
    }
}

/// Whether a traced value becomes a block of YAML, each line of which has its own origin.
fn follows(format: Format, place: Place, value: &Value) -> Result<bool, Error> {
    let container = matches!(value.kind(), ValueKind::Map | ValueKind::Seq | ValueKind::Iterable);
    Ok(format.is_yaml() && place == Place::Block && container && !write::yaml::is_empty(value)?)
}

/// A value inside static quotes: a plain word or nothing.
fn put_word<W: Write>(format: Format, value: &Value, out: &mut W) -> Result<(), Error> {
    match value.downcast_object_ref::<Placed>() {
        Some(_) => put(format, Place::Quoted, value, out),
        None => write::word(format, value, true, out),
    }
}

/// Writes the text of a partial.
pub(crate) fn part<W: Write>(
    format: Format,
    place: Place,
    text: &str,
    foreign: bool,
    out: &mut W,
) -> Result<(), Error> {
    match place {
        Place::Code if text.contains("```") || text.contains("~~~") => {
            Err(write::refuse("a partial with a code fence cannot stand in a code block"))
        }
        Place::Code => write::payload('j', text.trim_end_matches('\n'), out),
        _ if foreign => write::value(format, place, &Value::from(text), out),
        Place::Block if format.is_yaml() => write::payload('p', text, out),
        Place::Block => write::payload('j', text.trim_end_matches('\n'), out),
        Place::Inline if !settle::is_block(format, text) => Ok(out.write_str(text.trim())?),
        _ => Err(write::refuse(
            "a partial of several lines stands after `key: `, after `- ` or alone on its line",
        )),
    }
}
