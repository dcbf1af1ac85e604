//! Puts an interpolated value into the output: finds the format, unwraps what the filters wrapped, calls the writer.

use super::filters::{Placed, Put};
use super::format::Format;
use super::part::Part;
use super::place::Place;
use super::trace::Hole;
use super::{Pack, prepare, settle, write};
use minijinja::value::ValueKind;
use minijinja::{Error, Output, State, Value};

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
fn put(format: Format, place: Place, value: &Value, out: &mut Output) -> Result<(), Error> {
    if value.kind() != ValueKind::Plain {
        return write::value(format, place, value, out);
    }
    if let Some(placed) = value.downcast_object_ref::<Placed>() {
        let inner = &placed.value;
        return match placed.put {
            Put::Word => write::word(format, inner, place == Place::Quoted, out),
            Put::Quoted => put_word(format, inner, out),
            Put::Inline => put(format, Place::Inline, inner, out),
            Put::Key => put(format, Place::Key, inner, out),
            Put::Comment => put(format, Place::Comment, inner, out),
            Put::Code => put(format, Place::Code, inner, out),
            Put::Absent => Ok(std::fmt::Write::write_char(out, settle::ABSENT)?),
        };
    }
    if let Some(hole) = value.downcast_object_ref::<Hole>() {
        out.write_fmt(format_args!("{}{},{}{}", prepare::MARK, hole.spot, hole.record, prepare::MARK_END))?;
        let result = match follows(format, place, &hole.value)? {
            true => write::followed(&hole.value, hole, out),
            false => put(format, place, &hole.value, out),
        };
        hole.notes.close(hole.begun, hole.record);
        return result;
    }
    match value.downcast_object_ref::<Part>() {
        Some(part) => put_part(format, place, part, out),
        None => write::value(format, place, value, out),
    }
}

/// Whether a traced value becomes a block of YAML, each line of which has its own origin.
fn follows(format: Format, place: Place, value: &Value) -> Result<bool, Error> {
    let container = matches!(value.kind(), ValueKind::Map | ValueKind::Seq | ValueKind::Iterable);
    Ok(format == Format::Yaml && place == Place::Block && container && !write::yaml::is_empty(value)?)
}

/// A value inside static quotes: a plain word or nothing.
fn put_word(format: Format, value: &Value, out: &mut Output) -> Result<(), Error> {
    match value.downcast_object_ref::<Placed>() {
        Some(_) => put(format, Place::Quoted, value, out),
        None => write::word(format, value, true, out),
    }
}

fn put_part(format: Format, place: Place, part: &Part, out: &mut Output) -> Result<(), Error> {
    let block = settle::is_block(format, &part.text);
    match place {
        Place::Code if part.text.contains("```") || part.text.contains("~~~") => {
            Err(write::refuse("a partial with a code fence cannot stand in a code block"))
        }
        Place::Code => write::payload('j', part.text.trim_end_matches('\n'), out),
        _ if part.foreign => write::value(format, place, &Value::from(part.text.as_str()), out),
        Place::Block if format == Format::Yaml => write::payload('p', &part.text, out),
        Place::Block => write::payload('j', part.text.trim_end_matches('\n'), out),
        Place::Inline if !block => Ok(out.write_str(part.text.trim())?),
        _ => Err(write::refuse(
            "a partial of several lines stands after `key: `, after `- ` or alone on its line",
        )),
    }
}
