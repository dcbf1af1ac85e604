//! Writers of Markdown, HTML, plain text, and of comments in every format.

use super::{is_control, refuse, replaced};
use crate::format::Format;
use minijinja::value::ValueKind;
use minijinja::{Error, Value};
use std::fmt::{self, Write};

/// Text in Markdown: everything that could be markup is escaped, line breaks become spaces.
pub(crate) fn markdown<W: Write>(text: &str, out: &mut W) -> fmt::Result {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    replaced(text, out, |at, letter| {
        let markup = match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' => true,
            '-' | '+' | '=' => at == 0,
            '.' | ')' => at == digits && at > 0,
            _ => false,
        };
        match letter {
            letter if is_control(letter) => Some(" ".into()),
            letter if markup => Some(format!("\\{letter}").into()),
            _ => None,
        }
    })
}

/// Text in a code span or code block of Markdown, where nothing can be escaped.
pub(crate) fn span<W: Write>(value: &Value, out: &mut W) -> Result<(), Error> {
    let text = flat(value)?;
    if text.contains(['`', '~']) && (text.contains('`') || text.contains("~~~")) {
        return Err(refuse("a code span of markdown cannot hold a backtick"));
    }
    Ok(replaced(&text, out, |_, letter| is_control(letter).then(|| " ".into()))?)
}

/// Text and attribute values of HTML.
pub(crate) fn html<W: Write>(text: &str, out: &mut W) -> Result<(), Error> {
    if let Some(letter) = text.chars().find(|letter| is_control(*letter) && !matches!(letter, '\n' | '\t')) {
        return Err(refuse(format!("html cannot hold the control character {letter:?}")));
    }
    Ok(replaced(text, out, |_, letter| {
        Some(match letter {
            '&' => "&amp;".into(),
            '<' => "&lt;".into(),
            '>' => "&gt;".into(),
            '"' => "&quot;".into(),
            '\'' => "&#39;".into(),
            _ => return None,
        })
    })?)
}

/// A word of plain text, which may be a table.
pub(crate) fn text<W: Write>(text: &str, out: &mut W) -> Result<(), Error> {
    match text.chars().find(|&letter| is_control(letter)) {
        Some('\t') => Err(refuse("a tab in a value could begin a cell of its own here")),
        Some('\n') => Err(refuse("a line break in a value could start a line of its own here")),
        Some(letter) => Err(refuse(format!("plain text cannot hold the control character {letter:?}"))),
        None => Ok(out.write_str(text)?),
    }
}

/// A value in a comment: on one line, and unable to end the comment.
pub(crate) fn comment<W: Write>(format: Format, value: &Value, out: &mut W) -> Result<(), Error> {
    let hash = format.is_yaml() || matches!(format, Format::Toml | Format::Shell | Format::Nginx);
    if let Some(text) = value.as_str()
        && hash
        && text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
    {
        return Ok(out.write_str(text)?);
    }
    let text = flat(value)?;
    let mut before = ' ';
    for letter in text.chars() {
        let parted = matches!((before, letter), ('*', '/') | ('/', '*') | ('-', '-') | ('-', '>'));
        if parted && !hash {
            out.write_char(' ')?;
        }
        // Groovy reads `\u000a` as a line break even in a comment.
        let hidden = is_control(letter) || letter == '\\' && format == Format::Groovy;
        before = if hidden { ' ' } else { letter };
        out.write_char(before)?;
    }
    Ok(())
}

/// A scalar as plain words, or a list of them with commas.
fn flat(value: &Value) -> Result<String, Error> {
    match value.kind() {
        ValueKind::Undefined => Err(Error::from(minijinja::ErrorKind::UndefinedError)),
        ValueKind::String | ValueKind::Number | ValueKind::Bool | ValueKind::None => Ok(value.to_string()),
        ValueKind::Seq | ValueKind::Iterable => {
            let items: Result<Vec<String>, Error> = value.try_iter()?.map(|item| leaf(&item)).collect();
            Ok(items?.join(", "))
        }
        kind => Err(refuse(format!("a {kind} cannot be written on one line"))),
    }
}

fn leaf(value: &Value) -> Result<String, Error> {
    match value.kind() {
        ValueKind::Map | ValueKind::Seq | ValueKind::Iterable => {
            Err(refuse("the list nests too deep for one line"))
        }
        _ => flat(value),
    }
}
