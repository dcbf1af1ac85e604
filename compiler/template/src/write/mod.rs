//! Writes values: every interpolation of every template passes through [`value`], which knows the format and the place.

pub(crate) mod code;
pub(crate) mod data;
pub(crate) mod prose;
pub(crate) mod yaml;

use super::format::{Format, Sign};
use super::layout::{BLOCK_END, BLOCK_START};
use super::place::Place;
use minijinja::value::ValueKind;
use minijinja::{Error, ErrorKind, Value};
use std::borrow::Cow;
use std::fmt::{self, Write};

/// How deep a value may nest.
pub(crate) const DEPTH: usize = 64;

/// An error for a value that a format cannot hold.
#[cold]
pub(crate) fn refuse(why: impl Into<String>) -> Error {
    Error::new(ErrorKind::BadSerialization, why.into())
}

/// Writes a value as the scalar, list or map of a format that it is.
pub(crate) fn value<W: Write>(format: Format, place: Place, value: &Value, out: &mut W) -> Result<(), Error> {
    if place == Place::Comment {
        return prose::comment(format, value, out);
    }
    if place == Place::Code {
        return prose::span(value, out);
    }
    if let Some(text) = value.as_str() {
        return string(format, place, text, out);
    }
    match value.kind() {
        ValueKind::Number => number(format, value, out),
        ValueKind::Seq | ValueKind::Iterable | ValueKind::Map => container(format, place, value, out),
        ValueKind::Undefined => Err(Error::from(ErrorKind::UndefinedError)),
        _ => other(format, value, out),
    }
}

/// Writes a text as the scalar it is, in every place but comments and code.
pub(crate) fn string<W: Write>(format: Format, place: Place, text: &str, out: &mut W) -> Result<(), Error> {
    match format {
        // Compose fills in values alone, no keys.
        Format::Filling(Sign::Dollar) if place == Place::Key => string(Format::Yaml, place, text, out),
        Format::Filling(sign) => string(Format::Yaml, place, &sign.meant(text), out),
        Format::Yaml if place == Place::Block && text.contains('\n') && yaml::literal(text) => {
            let mut block = String::with_capacity(text.len() + 32);
            yaml::write_literal(text, 0, &mut block);
            payload('t', &block, out)
        }
        Format::Yaml if place == Place::Key && text.len() > yaml::KEY => {
            Err(refuse(format!("a key of {} bytes is longer than YAML readers take", text.len())))
        }
        Format::Yaml => Ok(yaml::string(text, place != Place::Block, out)?),
        Format::Json => Ok(data::json_string(text, out)?),
        Format::Toml => Ok(data::toml_string(text, out)?),
        Format::Kdl => Ok(data::kdl_string(text, out)?),
        Format::Groovy => Ok(code::groovy(text, out)?),
        Format::Hcl => Ok(code::hcl(text, out)?),
        Format::Promql => Ok(code::promql(text, out)?),
        Format::Nginx => code::nginx(text, out),
        Format::Shell => code::shell(text, out),
        Format::Dotenv => code::dotenv(text, out),
        Format::Markdown => Ok(prose::markdown(text, out)?),
        Format::Html => prose::html(text, out),
        Format::Text => prose::text(text, out),
    }
}

/// A text as it must stand in a value so that the reader takes it for what it is.
pub(crate) fn meant(format: Format, text: &str) -> Cow<'_, str> {
    match format {
        Format::Filling(sign) => sign.meant(text),
        _ => Cow::Borrowed(text),
    }
}

/// Writes a number; floats always have a dot, because YAML 1.1 readers take `1e+300` for a string.
pub(crate) fn number<W: Write>(format: Format, value: &Value, out: &mut W) -> Result<(), Error> {
    if value.is_integer() {
        return Ok(write!(out, "{value}")?);
    }
    let float = f64::try_from(value.clone())?;
    if !float.is_finite() {
        return Err(refuse(format!("{float} is not a number that {format:?} can hold").to_lowercase()));
    }
    let size = float.abs();
    if size != 0.0 && !(1e-5..1e16).contains(&size) {
        let text = format!("{float:e}");
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let dot = if mantissa.contains('.') { "" } else { ".0" };
        let sign = if exponent.starts_with('-') { "" } else { "+" };
        return Ok(write!(out, "{mantissa}{dot}e{sign}{exponent}")?);
    }
    Ok(write!(out, "{float:?}")?)
}

/// Booleans and the absence of a value; anything else is no data.
pub(crate) fn other<W: Write>(format: Format, value: &Value, out: &mut W) -> Result<(), Error> {
    let text = match (value.kind(), format, value.is_true()) {
        (ValueKind::Bool, Format::Promql, _) => return Err(refuse("promql has no booleans")),
        (ValueKind::Bool, Format::Kdl, true) => "#true",
        (ValueKind::Bool, Format::Kdl, false) => "#false",
        (ValueKind::Bool, _, true) => "true",
        (ValueKind::Bool, _, false) => "false",
        (ValueKind::None, Format::Json | Format::Groovy | Format::Hcl, _) => "null",
        (ValueKind::None, ..) if format.is_yaml() => "null",
        (ValueKind::None, Format::Kdl, _) => "#null",
        (ValueKind::None, ..) => {
            return Err(refuse(format!("{format:?} has no word for none").to_lowercase()));
        }
        (kind, ..) => return Err(refuse(format!("a {kind} cannot be written"))),
    };
    Ok(out.write_str(text)?)
}

fn container<W: Write>(format: Format, place: Place, value: &Value, out: &mut W) -> Result<(), Error> {
    let mut block = String::new();
    let map = value.kind() == ValueKind::Map;
    match format {
        _ if place == Place::Key => return Err(refuse("a list or a map cannot be a key")),
        _ if place == Place::Quoted => return Err(refuse("a list or a map is no plain word")),
        _ if format.is_yaml() && place == Place::Inline => return data::flow(format, value, DEPTH, out),
        _ if format.is_yaml() => {
            if !yaml::is_empty(value)? {
                yaml::block(format, value, 0, DEPTH, None, &mut block)?;
            }
            return payload(if map { 'm' } else { 'l' }, &block, out);
        }
        Format::Json => data::json(value, 0, DEPTH, &mut block)?,
        Format::Toml => data::toml(value, DEPTH, &mut block)?,
        Format::Groovy | Format::Hcl => code::literal(format, value, DEPTH, &mut block)?,
        Format::Shell | Format::Nginx | Format::Kdl if !map => code::words(format, value, &mut block)?,
        _ => return Err(refuse(format!("{format:?} has no word for a {}", value.kind()).to_lowercase())),
    }
    if block.contains('\n') { payload('j', &block, out) } else { Ok(out.write_str(&block)?) }
}

/// Writes a list or map of YAML as a block, and tells of each entry of it.
pub(crate) fn followed<W: Write>(
    format: Format,
    value: &Value,
    follow: &dyn yaml::Follow,
    out: &mut W,
) -> Result<(), Error> {
    let mut block = String::new();
    yaml::block(format, value, 0, DEPTH, Some(follow), &mut block)?;
    payload(if value.kind() == ValueKind::Map { 'm' } else { 'l' }, &block, out)
}

/// Writes a text of several lines for [`super::layout`] to set at its column.
pub(crate) fn payload<W: Write>(kind: char, text: &str, out: &mut W) -> Result<(), Error> {
    out.write_char(BLOCK_START)?;
    out.write_char(kind)?;
    out.write_str(text)?;
    Ok(out.write_char(BLOCK_END)?)
}

/// Writes a value as it is, if it is a plain word; data formats write it as ever.
pub(crate) fn word<W: Write>(format: Format, value: &Value, quoted: bool, out: &mut W) -> Result<(), Error> {
    let data = format.is_yaml() || matches!(format, Format::Json | Format::Toml | Format::Kdl);
    if data && !quoted {
        return self::value(format, Place::Block, value, out);
    }
    match value.as_str() {
        Some(text) if is_word(text) => Ok(out.write_str(text)?),
        Some(text) => {
            Err(refuse(format!("`{}` is no plain word (letters, digits and `_.:/-`)", text.escape_debug())))
        }
        None if value.is_integer() || value.kind() == ValueKind::Bool => Ok(write!(out, "{value}")?),
        None => self::value(format, Place::Quoted, value, out),
    }
}

/// Writes a name as an expression of GitHub, `${{ secrets.TOKEN }}`, if it is a plain word.
pub(crate) fn expression<W: Write>(value: &Value, out: &mut W) -> Result<(), Error> {
    match value.as_str().filter(|text| is_word(text)) {
        Some(text) => Ok(write!(out, "${{{{ {text} }}}}")?),
        None => Err(refuse(format!("`{value}` is no name that GitHub fills in"))),
    }
}

/// Whether a text means itself in every language: letters, digits and `_.:/-`.
pub(crate) fn is_word(text: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b':' | b'/' | b'-');
    !text.is_empty() && text.bytes().all(plain)
}

/// Whether a letter can hide, turn or end a line: what no writer may put out raw.
pub(crate) fn is_control(letter: char) -> bool {
    matches!(letter, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// A letter as the escape that most languages have for it: `\u000a`.
pub(crate) fn escape(letter: char) -> Cow<'static, str> {
    format!("\\u{:04x}", u32::from(letter)).into()
}

/// Writes a text with some letters replaced; `by` is asked for each, with its place.
pub(crate) fn replaced<W: Write>(
    text: &str,
    out: &mut W,
    by: impl Fn(usize, char) -> Option<Cow<'static, str>>,
) -> fmt::Result {
    let mut from = 0;
    for (at, letter) in text.char_indices() {
        if let Some(other) = by(at, letter) {
            out.write_str(&text[from..at])?;
            out.write_str(&other)?;
            from = at + letter.len_utf8();
        }
    }
    out.write_str(&text[from..])
}

#[cfg(test)]
mod tests;
