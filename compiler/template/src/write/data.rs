//! Writers of JSON, YAML's flow style, TOML and KDL.

use super::{is_control, meant, number, other, refuse, replaced, yaml};
use crate::format::Format;
use minijinja::value::ValueKind;
use minijinja::{Error, Value};
use std::borrow::Cow;
use std::fmt::{self, Write};

/// A JSON string; letters that break lines or hide are escaped too.
pub(crate) fn json_string<W: Write>(text: &str, out: &mut W) -> fmt::Result {
    yaml::quoted(text, out)
}

/// A TOML basic string.
pub(crate) fn toml_string<W: Write>(text: &str, out: &mut W) -> fmt::Result {
    yaml::quoted(text, out)
}

/// A KDL 2 quoted string.
pub(crate) fn kdl_string<W: Write>(text: &str, out: &mut W) -> fmt::Result {
    out.write_char('"')?;
    replaced(text, out, |_, letter| {
        Some(match letter {
            '"' => "\\\"".into(),
            '\\' => "\\\\".into(),
            '\n' => "\\n".into(),
            '\r' => "\\r".into(),
            '\t' => "\\t".into(),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => braced(letter),
            letter if is_control(letter) => braced(letter),
            _ => return None,
        })
    })?;
    out.write_char('"')
}

fn braced(letter: char) -> Cow<'static, str> {
    format!("\\u{{{:x}}}", u32::from(letter)).into()
}

/// A list or map on one line, as JSON writes it, which is YAML's flow style.
pub(crate) fn flow<W: Write>(format: Format, value: &Value, depth: usize, out: &mut W) -> Result<(), Error> {
    let depth = depth.checked_sub(1).ok_or_else(|| refuse("the value nests too deep"))?;
    let map = match value.kind() {
        ValueKind::Map => true,
        ValueKind::Seq | ValueKind::Iterable => false,
        _ => return scalar(format, value, out),
    };
    out.write_char(if map { '{' } else { '[' })?;
    for (at, item) in value.try_iter()?.enumerate() {
        out.write_str(if at > 0 { ", " } else { "" })?;
        if map {
            key(&item, out)?;
            out.write_str(": ")?;
            flow(format, &value.get_item(&item)?, depth, out)?;
        } else {
            flow(format, &item, depth, out)?;
        }
    }
    Ok(out.write_char(if map { '}' } else { ']' })?)
}

/// A list or map over several lines, two spaces deeper for each level; empty ones stay `[]` and `{}`.
pub(crate) fn json(value: &Value, indent: usize, depth: usize, out: &mut String) -> Result<(), Error> {
    let depth = depth.checked_sub(1).ok_or_else(|| refuse("the value nests too deep"))?;
    let map = match value.kind() {
        ValueKind::Map => true,
        ValueKind::Seq | ValueKind::Iterable => false,
        _ => return scalar(Format::Json, value, out),
    };
    out.push(if map { '{' } else { '[' });
    let empty = yaml::is_empty(value)?;
    for (at, item) in value.try_iter()?.enumerate() {
        out.push_str(if at > 0 { ",\n" } else { "\n" });
        yaml::pad(indent + 2, out);
        if map {
            key(&item, out)?;
            out.push_str(": ");
            json(&value.get_item(&item)?, indent + 2, depth, out)?;
        } else {
            json(&item, indent + 2, depth, out)?;
        }
    }
    if !empty {
        out.push('\n');
        yaml::pad(indent, out);
    }
    out.push(if map { '}' } else { ']' });
    Ok(())
}

/// A TOML array or inline table.
pub(crate) fn toml(value: &Value, depth: usize, out: &mut String) -> Result<(), Error> {
    let depth = depth.checked_sub(1).ok_or_else(|| refuse("the value nests too deep"))?;
    let map = match value.kind() {
        ValueKind::Map => true,
        ValueKind::Seq | ValueKind::Iterable => false,
        _ => return scalar(Format::Toml, value, out),
    };
    out.push_str(if map { "{" } else { "[" });
    for (at, item) in value.try_iter()?.enumerate() {
        out.push_str(if at > 0 { ", " } else { "" });
        if map {
            key(&item, out)?;
            out.push_str(" = ");
            toml(&value.get_item(&item)?, depth, out)?;
        } else {
            toml(&item, depth, out)?;
        }
    }
    out.push_str(if map { "}" } else { "]" });
    Ok(())
}

fn scalar<W: Write>(format: Format, value: &Value, out: &mut W) -> Result<(), Error> {
    match (value.as_str(), value.kind()) {
        (Some(text), _) => Ok(yaml::quoted(&meant(format, text), out)?),
        (_, ValueKind::Number) => number(format, value, out),
        _ => other(format, value, out),
    }
}

/// A key in quotes; numbers become strings, as JSON wants.
fn key<W: Write>(key: &Value, out: &mut W) -> Result<(), Error> {
    match key.as_str() {
        Some(text) => Ok(yaml::quoted(text, out)?),
        None if key.is_integer() => Ok(write!(out, "\"{key}\"")?),
        None => Err(refuse(format!("a {} cannot be a key", key.kind()))),
    }
}
