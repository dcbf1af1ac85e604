//! Writers of shell, nginx, Groovy, HCL, PromQL and `.env`.

use super::{escape, is_control, is_word, number, other, refuse, replaced};
use crate::format::Format;
use minijinja::value::ValueKind;
use minijinja::{Error, Value};
use std::fmt::{self, Write};

/// A word of POSIX shell, single-quoted unless it means itself.
pub(crate) fn shell<W: Write>(text: &str, out: &mut W) -> Result<(), Error> {
    if is_word(text) {
        return Ok(out.write_str(text)?);
    }
    whole(text, "shell", &['\n', '\t'])?;
    Ok(write!(out, "'{}'", text.replace('\'', "'\\''"))?)
}

/// A parameter of nginx; `$` starts a variable in every string and cannot be escaped.
pub(crate) fn nginx<W: Write>(text: &str, out: &mut W) -> Result<(), Error> {
    if is_word(text) {
        return Ok(out.write_str(text)?);
    }
    whole(text, "nginx", &[])?;
    if text.contains('$') {
        return Err(refuse("nginx reads `$` as a variable and has no escape for it"));
    }
    Ok(write!(out, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))?)
}

/// A value of a `.env` file: bare, single-quoted, or double-quoted where that means the same to every reader.
pub(crate) fn dotenv<W: Write>(text: &str, out: &mut W) -> Result<(), Error> {
    if text.is_empty() || is_word(text) {
        return Ok(out.write_str(text)?);
    }
    whole(text, "a .env file", &['\n'])?;
    if !text.contains(['\'', '\\', '\n']) {
        return Ok(write!(out, "'{text}'")?);
    }
    if text.contains(['$', '`']) {
        return Err(refuse("a .env file cannot hold `$` together with a quote, a backslash or a line break"));
    }
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    Ok(write!(out, "\"{text}\"")?)
}

/// Refuses control characters that a format has no way to write.
fn whole(text: &str, format: &str, allowed: &[char]) -> Result<(), Error> {
    match text.chars().find(|&letter| is_control(letter) && !allowed.contains(&letter)) {
        Some('\n') => Err(refuse(format!("{format} cannot hold a line break here"))),
        Some(letter) => Err(refuse(format!("{format} cannot hold the control character {:?}", letter))),
        None => Ok(()),
    }
}

/// A single-quoted Groovy string, in which nothing is interpolated.
pub(crate) fn groovy<W: Write>(text: &str, out: &mut W) -> fmt::Result {
    escaped(text, '\'', out)
}

/// A Go-like double-quoted string of PromQL.
pub(crate) fn promql<W: Write>(text: &str, out: &mut W) -> fmt::Result {
    escaped(text, '"', out)
}

/// An HCL string; `${` and `%{` would begin a template.
pub(crate) fn hcl<W: Write>(text: &str, out: &mut W) -> fmt::Result {
    if !text.contains("${") && !text.contains("%{") {
        return escaped(text, '"', out);
    }
    let mut quoted = String::new();
    escaped(text, '"', &mut quoted)?;
    let mut before = ' ';
    let mut letters = quoted.chars().peekable();
    while let Some(letter) = letters.next() {
        let opens = matches!(letter, '$' | '%') && letters.peek() == Some(&'{');
        match (opens, matches!(before, '$' | '%')) {
            // Behind another sign the doubled one would be ambiguous.
            (true, true) => out.write_str(&escape(letter))?,
            (true, false) => write!(out, "{letter}{letter}")?,
            _ => out.write_char(letter)?,
        }
        before = letter;
    }
    Ok(())
}

/// A string between quotes, with the escapes C, Go, Java and HCL have in common.
fn escaped<W: Write>(text: &str, quote: char, out: &mut W) -> fmt::Result {
    out.write_char(quote)?;
    replaced(text, out, |_, letter| {
        Some(match letter {
            '\\' => "\\\\".into(),
            '\n' => "\\n".into(),
            '\r' => "\\r".into(),
            '\t' => "\\t".into(),
            letter if letter == quote => format!("\\{letter}").into(),
            letter if is_control(letter) => escape(letter),
            _ => return None,
        })
    })?;
    out.write_char(quote)
}

/// A list or map literal of Groovy or HCL, on one line.
pub(crate) fn literal(format: Format, value: &Value, depth: usize, out: &mut String) -> Result<(), Error> {
    let depth = depth.checked_sub(1).ok_or_else(|| refuse("the value nests too deep"))?;
    let groovy = format == Format::Groovy;
    let (open, close, colon) = match value.kind() {
        ValueKind::Map if groovy => ('[', ']', ": "),
        ValueKind::Map => ('{', '}', " = "),
        ValueKind::Seq | ValueKind::Iterable => ('[', ']', ""),
        _ => return scalar(format, value, out),
    };
    out.push(open);
    let mut empty = true;
    for item in value.try_iter()? {
        out.push_str(if empty { "" } else { ", " });
        empty = false;
        if value.kind() == ValueKind::Map {
            scalar(format, &item, out)?;
            out.push_str(colon);
            literal(format, &value.get_item(&item)?, depth, out)?;
        } else {
            literal(format, &item, depth, out)?;
        }
    }
    if empty && groovy && value.kind() == ValueKind::Map {
        out.push(':');
    }
    out.push(close);
    Ok(())
}

/// The items of a list, each as one word, with spaces between.
pub(crate) fn words(format: Format, value: &Value, out: &mut String) -> Result<(), Error> {
    for (at, item) in value.try_iter()?.enumerate() {
        if at > 0 {
            out.push(' ');
        }
        scalar(format, &item, out)?;
    }
    Ok(())
}

fn scalar(format: Format, value: &Value, out: &mut String) -> Result<(), Error> {
    match (value.as_str(), value.kind(), format) {
        (Some(text), _, Format::Groovy) => Ok(groovy(text, out)?),
        (Some(text), _, Format::Hcl) => Ok(hcl(text, out)?),
        (Some(text), _, Format::Shell) => shell(text, out),
        (Some(text), _, Format::Kdl) => Ok(super::data::kdl_string(text, out)?),
        (Some(text), ..) => nginx(text, out),
        (_, ValueKind::Number, _) => number(format, value, out),
        _ => other(format, value, out),
    }
}
