//! Writes an interpolated value: finds the format, unwraps what the filters wrapped, calls the writer.

use super::filters::{Style, Styled};
use super::format::Format;
use super::part::Part;
use super::place::Place;
use super::trace::Interpolation;
use super::{Pack, layout, prepare, write};
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
    write_value(format, Place::Block, value, out)
}

/// Unwraps a value and writes it.
fn write_value<W: Write>(format: Format, place: Place, value: &Value, out: &mut W) -> Result<(), Error> {
    if value.kind() != ValueKind::Plain {
        return write::value(format, place, value, out);
    }
    if let Some(Styled { style, value }) = value.downcast_object_ref::<Styled>() {
        return styled(format, place, *style, value, out);
    }
    if let Some(traced) = value.downcast_object_ref::<Interpolation>() {
        write!(out, "{}{},{}{}", prepare::MARK, traced.spot, traced.record, prepare::MARK_END)?;
        let result = match follows(format, place, &traced.value)? {
            true => write::followed(format, &traced.value, traced, out),
            false => write_value(format, place, &traced.value, out),
        };
        traced.notes.close(traced.begun, traced.record);
        return result;
    }
    match value.downcast_object_ref::<Part>() {
        Some(it) => part(format, place, &it.text, it.foreign, out),
        None => write::value(format, place, value, out),
    }
}

/// Writes a value as a filter, or its place in the template, wants it.
fn styled<W: Write>(
    format: Format,
    place: Place,
    style: Style,
    value: &Value,
    out: &mut W,
) -> Result<(), Error> {
    match style {
        Style::Word => write::word(format, value, place == Place::Quoted, out),
        Style::Expression => write::expression(value, out),
        Style::Absent => Ok(out.write_char(layout::ABSENT)?),
        Style::Filled => write::value(format.filled(), place, value, out),
        // Inside static quotes only a plain word is safe, unless a filter says more.
        Style::At(Place::Quoted) if value.downcast_object_ref::<Styled>().is_none() => {
            write::word(format, value, true, out)
        }
        Style::At(place) => write_value(format, place, value, out),
    }
}

/// Whether a traced value becomes a block of YAML, each line of which has its own origin.
fn follows(format: Format, place: Place, value: &Value) -> Result<bool, Error> {
    let container = matches!(value.kind(), ValueKind::Map | ValueKind::Seq | ValueKind::Iterable);
    Ok(format.is_yaml() && place == Place::Block && container && !write::yaml::is_empty(value)?)
}

/// Writes the text of a partial.
fn part<W: Write>(format: Format, place: Place, text: &str, foreign: bool, out: &mut W) -> Result<(), Error> {
    match place {
        Place::Code if text.contains("```") || text.contains("~~~") => {
            Err(write::refuse("a partial with a code fence cannot stand in a code block"))
        }
        Place::Code => write::payload('j', text.trim_end_matches('\n'), out),
        _ if foreign => write::value(format, place, &Value::from(text), out),
        Place::Block if format.is_yaml() => write::payload('p', text, out),
        Place::Block => write::payload('j', text.trim_end_matches('\n'), out),
        Place::Inline if !layout::is_block(format, text) => Ok(out.write_str(text.trim())?),
        _ => Err(write::refuse(
            "a partial of several lines stands after `key: `, after `- ` or alone on its line",
        )),
    }
}
