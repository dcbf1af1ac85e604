//! The YAML writer: plain where readers of YAML 1.1 and 1.2 agree that it is that string, quoted otherwise.

use super::{escape, is_control, meant, number, other, refuse, replaced};
use crate::format::Format;
use minijinja::value::ValueKind;
use minijinja::{Error, Value};
use std::fmt::{self, Write as _};

/// The longest key, in bytes: YAML stops at 1,024 characters, quotes and escapes included.
pub(crate) const KEY: usize = 1_000;

/// Writes a string, plain or double-quoted; `inline` is inside a flow collection or as a key.
pub(crate) fn string<W: fmt::Write>(text: &str, inline: bool, out: &mut W) -> fmt::Result {
    if plain(text) && !(inline && text.contains([',', '[', ']', '{', '}', ':', '?', '"', '\''])) {
        out.write_str(text)
    } else {
        quoted(text, out)
    }
}

/// Writes a double-quoted string: JSON's escapes, and one for each letter that some reader changes or refuses.
pub(crate) fn quoted<W: fmt::Write>(text: &str, out: &mut W) -> fmt::Result {
    out.write_char('"')?;
    replaced(text, out, |_, letter| {
        Some(match letter {
            '"' => "\\\"".into(),
            '\\' => "\\\\".into(),
            '\n' => "\\n".into(),
            '\r' => "\\r".into(),
            '\t' => "\\t".into(),
            ' '..='~' => return None,
            letter if is_control(letter) => escape(letter),
            _ => return None,
        })
    })?;
    out.write_char('"')
}

/// Words that some reader takes for a boolean, a null or a number, in lower case.
const WORDS: &[&str] =
    &["y", "n", "yes", "no", "on", "off", "true", "false", "null", "inf", "nan", "infinity", "nil", "none"];

/// Whether every reader takes these letters, unquoted, for this string.
pub(crate) fn plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (Some(&first), Some(&last)) = (bytes.first(), bytes.last()) else { return false };
    if !begins(first, bytes) || matches!(last, b' ' | b':') {
        return false;
    }
    let mut number = true;
    let mut digit = false;
    let mut before = 0;
    for &byte in bytes {
        match byte {
            b'0'..=b'9' => digit = true,
            b'.' | b'_' | b'+' | b'-' | b'e' | b'E' | b'T' | b't' | b'Z' | b'z' => {}
            b' ' if before == b':' => return false,
            b'#' if before == b' ' => return false,
            b' ' | b':' | b',' => {}
            b'!'..=b'~' => number = false,
            0x80.. => return plain_wide(text),
            _ => return false,
        }
        before = byte;
    }
    if number && digit {
        return dotted(text);
    }
    bytes.len() > 8 || !WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Whether a plain scalar may begin so.
fn begins(first: u8, bytes: &[u8]) -> bool {
    let next = bytes.get(1).copied().unwrap_or(0);
    match first {
        b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'/' | b'$' | b'(' | b'\\' | b';' | b'^' | 0x80.. => true,
        b'0'..=b'9' => !(first == b'0' && matches!(next, b'x' | b'X' | b'o' | b'O' | b'b' | b'B')),
        b'-' => {
            next.is_ascii_alphabetic() || next == b'-' && bytes.get(2).is_some_and(u8::is_ascii_alphabetic)
        }
        b'.' => next == b'/',
        _ => false,
    }
}

/// The same question for a text with letters beyond ASCII.
fn plain_wide(text: &str) -> bool {
    let bad = |letter: char| is_control(letter) || letter != ' ' && letter.is_whitespace();
    !text.contains(bad)
        && !text.contains(": ")
        && !text.contains(" #")
        && text.chars().any(char::is_alphabetic)
}

/// Whether a text of digits is a version or an address: at least two dots, which no number has.
fn dotted(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        && text.split('.').count() > 2
        && text.split('.').all(|part| !part.is_empty())
}

/// Whether a text of several lines reads well, and back the same, as a literal block.
pub(crate) fn literal(text: &str) -> bool {
    let body = text.strip_suffix('\n').unwrap_or(text);
    let line =
        |line: &str| !line.starts_with('\t') && (line.is_empty() || !line.trim_matches(' ').is_empty());
    !body.ends_with('\n')
        && body.contains(|letter: char| !letter.is_whitespace())
        && body.split('\n').all(line)
        && (text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t'))
            || !text.contains(|letter| letter != '\n' && letter != '\t' && is_control(letter)))
}

/// Writes a literal block: its header, then its lines two deeper than `indent`, without the last line break.
pub(crate) fn write_literal(text: &str, indent: usize, out: &mut String) {
    let (body, chomp) = match text.strip_suffix('\n') {
        Some(body) => (body, ""),
        None => (text, "-"),
    };
    let hint = if body.starts_with([' ', '\n']) { "2" } else { "" };
    out.push('|');
    out.push_str(hint);
    out.push_str(chomp);
    for line in body.split('\n') {
        out.push('\n');
        if !line.is_empty() {
            pad(indent + 2, out);
            out.push_str(line);
        }
    }
}

/// Whether a list or map has nothing in it.
pub(crate) fn is_empty(value: &Value) -> Result<bool, Error> {
    match value.len() {
        Some(length) => Ok(length == 0),
        None => Ok(value.try_iter()?.next().is_none()),
    }
}

/// Told of each entry of a block: where its text begins and that it has been written.
pub(crate) trait Follow {
    /// An entry begins; what is read from here on is of it or of what is in it.
    fn begin(&self) -> usize;
    /// The entry that begun so stands in `out` from `start` on.
    fn end(&self, begun: usize, start: usize, out: &mut String);
}

/// Writes a list or map as a block whose lines stand at `indent`; the first line is not indented.
pub(crate) fn block(
    format: Format,
    value: &Value,
    indent: usize,
    depth: usize,
    follow: Option<&dyn Follow>,
    out: &mut String,
) -> Result<(), Error> {
    let depth = depth.checked_sub(1).ok_or_else(|| refuse("the value nests too deep"))?;
    let map = value.kind() == ValueKind::Map;
    for (at, item) in value.try_iter()?.enumerate() {
        if at > 0 {
            out.push('\n');
            pad(indent, out);
        }
        let (begun, start) = (follow.map_or(0, Follow::begin), out.len());
        if map {
            key(&item, out)?;
            out.push(':');
            child(format, &value.get_item(&item)?, indent, depth, follow, out)?;
        } else {
            out.push('-');
            item_of(format, &item, indent, depth, follow, out)?;
        }
        if let Some(follow) = follow {
            follow.end(begun, start, out);
        }
    }
    Ok(())
}

fn key(key: &Value, out: &mut String) -> Result<(), Error> {
    match key.as_str() {
        Some(text) if text.len() > KEY => {
            Err(refuse(format!("a key of {} bytes is longer than YAML readers take", text.len())))
        }
        Some(text) => Ok(string(text, true, out)?),
        None if key.is_integer() => number(Format::Yaml, key, out),
        None => Err(refuse(format!("a {} cannot be a key", key.kind()))),
    }
}

/// The value behind `key:`; a map goes two deeper, a list stands in the column of the key.
fn child(
    format: Format,
    value: &Value,
    indent: usize,
    depth: usize,
    follow: Option<&dyn Follow>,
    out: &mut String,
) -> Result<(), Error> {
    match value.kind() {
        ValueKind::Map | ValueKind::Seq | ValueKind::Iterable if !is_empty(value)? => {
            let deeper = indent + if value.kind() == ValueKind::Map { 2 } else { 0 };
            out.push('\n');
            pad(deeper, out);
            block(format, value, deeper, depth, follow, out)
        }
        _ => {
            out.push(' ');
            leaf(format, value, indent, out)
        }
    }
}

/// The value behind a dash.
fn item_of(
    format: Format,
    value: &Value,
    indent: usize,
    depth: usize,
    follow: Option<&dyn Follow>,
    out: &mut String,
) -> Result<(), Error> {
    out.push(' ');
    match value.kind() {
        ValueKind::Map | ValueKind::Seq | ValueKind::Iterable if !is_empty(value)? => {
            block(format, value, indent + 2, depth, follow, out)
        }
        _ => leaf(format, value, indent, out),
    }
}

/// A scalar, or an empty list or map.
fn leaf(format: Format, value: &Value, indent: usize, out: &mut String) -> Result<(), Error> {
    if let Some(text) = value.as_str() {
        let text = &*meant(format, text);
        if text.contains('\n') && literal(text) {
            write_literal(text, indent, out);
            return Ok(());
        }
        return Ok(string(text, false, out)?);
    }
    match value.kind() {
        ValueKind::Number => number(Format::Yaml, value, out),
        ValueKind::Map => Ok(out.write_str("{}")?),
        ValueKind::Seq | ValueKind::Iterable => Ok(out.write_str("[]")?),
        _ => other(Format::Yaml, value, out),
    }
}

/// Adds spaces.
pub(crate) fn pad(count: usize, out: &mut String) {
    const BLANKS: &str = "                                ";
    let mut left = count;
    while left > 0 {
        let now = left.min(BLANKS.len());
        out.push_str(&BLANKS[..now]);
        left -= now;
    }
}
