//! One value of the language: parsed by its type, or a finding that shows what it should look like.

use super::foreign_spelling::meant;
use crate::form::{Wrong, plain};
use crate::schema::{Type, words};
use crate::tree::{At, Layer, Origin, Scalar};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::Span;
use bastide_report::suggest::{nearest, only};
use bastide_report::units::{Cpu, Date, Duration, Rate, Share, Size, cron};
use bastide_report::version;
use bastide_syntax::{Entry, Value};
use std::ops::Range;

/// Parses the value of an argument or property named `name`.
pub fn read(entry: Entry<'_>, ty: Type, name: &str, layer: Layer, report: &mut Report) -> Option<At<Scalar>> {
    let span = entry.value_span();
    match parse(entry.value(), ty) {
        Ok(value) => Some(At { value, origin: Origin { layer, span } }),
        Err(fault) => {
            let help = fault.help.unwrap_or_else(|| format!("write {}", ty.looks_like()));
            let place = fault.at.map_or(span, |at| within(entry, &at));
            let finding = Finding::new("wrong-type", format!("`{name}` {}", fault.message))
                .label(place, fault.label)
                .help(help);
            report.push(match fault.right {
                Some(right) => finding.edit(span, right),
                None => finding,
            });
            None
        }
    }
}

/// The place of some bytes of a text. Where escapes move them, the whole value.
fn within(entry: Entry<'_>, at: &Range<usize>) -> Span {
    let span = entry.value_span();
    let Value::Str(text) = entry.value() else { return span };
    let from = match (span.end - span.start) as usize - text.len() {
        0 => span.start,
        2 => span.start + 1,
        _ => return span,
    };
    match at.is_empty() || *at == (0..text.len()) {
        true => span,
        false => Span { start: from + at.start as u32, end: from + at.end as u32, ..span },
    }
}

struct Fault {
    message: String,
    label: String,
    help: Option<String>,
    /// What to write in its place, if that is clear.
    right: Option<String>,
    /// Bytes of the text that are wrong, if not all of them.
    at: Option<Range<usize>>,
}

fn parse(value: Value<'_>, ty: Type) -> Result<Scalar, Fault> {
    match value {
        Value::Str(text) => parse_text(text, ty).map_err(|wrong| not_a(text, ty, wrong)),
        Value::Number(number) => match ty {
            Type::Int(least, most) => match number.as_i64() {
                Some(value) if (least..=most).contains(&value) => Ok(Scalar::Int(value)),
                _ => Err(wrong(ty, "out of range")),
            },
            Type::OneOf(known) => match number.as_i64() {
                Some(value) if known.contains(&value) => Ok(Scalar::Int(value)),
                _ => Err(wrong(ty, "none of them")),
            },
            Type::Any => Ok(number.as_i64().map_or_else(|| Scalar::Number(number.text.into()), Scalar::Int)),
            Type::Written(_) => match number.as_i64() {
                Some(value) if value.to_string() == number.text => Ok(Scalar::Int(value)),
                // As text a number is what somebody wrote: 0123 is no 123, and 1.10 no 1.1.
                _ => parse(Value::Str(number.text), ty).map(|_| Scalar::Number(number.text.into())),
            },
            _ => Err(unquoted(number.text, ty)),
        },
        Value::Bool(yes) if matches!(ty, Type::Bool | Type::Any | Type::Written(_)) => Ok(Scalar::Bool(yes)),
        Value::Bool(_) => Err(wrong(ty, "a boolean")),
        Value::Null => Err(wrong(ty, "nothing")),
    }
}

fn parse_text(text: &str, ty: Type) -> Result<Scalar, Wrong> {
    let plainly = || Scalar::Text(text.into());
    if let Some(form) = ty.form() {
        return form.check(text).map(|()| plainly());
    }
    let read = match ty {
        Type::Word(list) => words(list).any(|word| word == text).then(plainly),
        Type::Duration => Duration::parse(text).map(Scalar::Duration),
        Type::Lasting => {
            let duration = Duration::parse(text).ok_or_else(|| Wrong::whole(text, NOT_ONE))?;
            if duration.0 == 0 {
                return Err(Wrong::whole(text, "it would be over at once"));
            }
            Some(Scalar::Duration(duration))
        }
        Type::Size => Size::parse(text).map(Scalar::Size),
        Type::SizeTo(most) => {
            let size = Size::parse(text).ok_or_else(|| Wrong::whole(text, NOT_ONE))?;
            if size.0 > most || size.0 == 0 {
                return Err(Wrong::whole(text, if size.0 == 0 { "nothing could pass" } else { "too much" }));
            }
            Some(Scalar::Size(size))
        }
        Type::Cpu => Cpu::parse(text).map(Scalar::Cpu),
        Type::Rate => Rate::parse(text).filter(|rate| rate.count > 0).map(Scalar::Rate),
        Type::Share(places) => {
            let share = Share::parse(text).ok_or_else(|| Wrong::whole(text, NOT_ONE))?;
            let scale = 10u64.pow(7 - places.min(7));
            if !share.0.is_multiple_of(scale) {
                return Err(Wrong::whole(text, "finer than can be written"));
            }
            Some(Scalar::Share(share))
        }
        Type::Percent => {
            let share = Share::parse(text).ok_or_else(|| Wrong::whole(text, NOT_ONE))?;
            (share.0 > 0 && share.0.is_multiple_of(Share::ONE.0 / 100)).then_some(Scalar::Share(share))
        }
        Type::Date => Date::parse(text).map(Scalar::Date),
        Type::Cron => match cron::fault(text) {
            Some((at, why)) => return Err(Wrong { at, why }),
            None => Some(plainly()),
        },
        Type::Version => version::parse(text).filter(|_| text.len() <= LONGEST_VERSION).map(|_| plainly()),
        Type::Range => version::range(text).map(|_| plainly()),
        Type::File => is_file(text).then(plainly),
        Type::Ref(_) => {
            plain(text)?;
            (!text.is_empty()).then(plainly)
        }
        _ => None,
    };
    read.ok_or_else(|| Wrong::whole(text, NOT_ONE))
}

const NOT_ONE: &str = "this is not one";

/// A version becomes a label, which holds no more.
const LONGEST_VERSION: usize = 63;

fn not_a(text: &str, ty: Type, fault: Wrong) -> Fault {
    let control = plain(text).is_err();
    let (help, right) = match ty {
        Type::Word(list) => {
            let (near, only) = (nearest(text, words(list)), only(text, words(list)));
            (near.map(|word| format!("did you mean `\"{word}\"`?")), only.map(|word| format!("\"{word}\"")))
        }
        Type::Bool if text == "true" || text == "false" => {
            (Some(format!("write `#{text}`")), Some(format!("#{text}")))
        }
        Type::Text | Type::Wired | Type::Any | Type::Written(_) if control => {
            (Some("leave it out, or put the text into a file and name it by `from=`".into()), None)
        }
        Type::Int(..) | Type::OneOf(_) if text.parse::<i64>().is_ok() => {
            (Some(format!("write `{text}` without quotes")), Some(text.into()))
        }
        _ => match meant(text, ty).filter(|right| parse_text(right, ty).is_ok()) {
            Some(right) => (Some(format!("write `\"{right}\"`")), clear(ty).then(|| format!("\"{right}\""))),
            None => (None, None),
        },
    };
    let label = match ty {
        Type::File if text.split(['/', '\\']).any(|part| part == "..") => "it leads out of the project",
        Type::File if text.starts_with('/') || text.contains(":\\") => "it begins outside the project",
        _ => fault.why.as_str(),
    };
    let message = if control { "holds a control character".into() } else { wrong(ty, label).message };
    Fault { help, right, at: Some(fault.at), message, ..wrong(ty, label) }
}

/// Whether a value in another tool's spelling can only mean one thing, so that a machine may fix it.
fn clear(ty: Type) -> bool {
    let known = matches!(
        ty,
        Type::Duration | Type::Lasting | Type::Size | Type::SizeTo(_) | Type::Cpu | Type::Rate | Type::File
    );
    known || matches!(ty, Type::Share(_) | Type::Percent | Type::Form(_))
}

fn unquoted(text: &str, ty: Type) -> Fault {
    let quoted = parse_text(text, ty).is_ok().then(|| format!("\"{text}\""));
    let other = || meant(text, ty).filter(|right| parse_text(right, ty).is_ok());
    let help = match &quoted {
        Some(quoted) => Some(format!("write `{quoted}` in quotes")),
        None => other().map(|right| format!("write `\"{right}\"`")),
    };
    Fault { help, right: quoted, ..wrong(ty, "a bare number") }
}

fn wrong(ty: Type, label: &str) -> Fault {
    let message = match ty {
        Type::Word(_) => "takes one of a few words".to_string(),
        Type::Ref(kinds) => format!("takes the name of a {}", kinds.replace(' ', " or ")),
        other => format!("takes {}", other.looks_like()),
    };
    Fault { message, label: label.into(), help: None, right: None, at: None }
}

/// Why a text cannot be a name (RFC 1123 label, at most 40 characters so that suffixes fit), if it cannot.
pub fn bad_name(text: &str) -> Option<&'static str> {
    let good = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if text.is_empty() {
        Some("it is empty")
    } else if text.len() > 40 {
        Some("it is longer than 40 characters")
    } else if !text.bytes().all(good) {
        Some("it holds other characters than lower-case letters, digits and `-`")
    } else if !text.as_bytes()[0].is_ascii_lowercase() {
        Some("it does not begin with a letter")
    } else if text.ends_with('-') {
        Some("it ends with `-`")
    } else {
        None
    }
}

/// The name somebody meant: `Orders_API` is `orders-api`.
pub fn good_name(text: &str) -> Option<String> {
    let good: String = text
        .trim()
        .chars()
        .map(|c| if matches!(c, '_' | ' ' | '.' | '/') { '-' } else { c.to_ascii_lowercase() })
        .collect();
    Some(good.trim_matches('-').to_string()).filter(|good| bad_name(good).is_none())
}

/// Why a text cannot be a name of the user's own in a node, if it cannot. Variables are what Kubernetes and compose both take.
pub fn bad_key(node: &str, text: &str) -> Option<&'static str> {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
    let plain = text.bytes().all(letter);
    if text.is_empty() {
        Some("it is empty")
    } else if !plain && text.contains(|c: char| c.is_control() || c.is_whitespace()) {
        Some("it holds a space or a control character")
    } else if node == "env" && text.starts_with(|c: char| c.is_ascii_digit()) {
        Some("it begins with a digit")
    } else if node == "env" && !plain {
        Some("it holds other characters than letters, digits, `_`, `-` and `.`")
    } else {
        None
    }
}

fn is_file(text: &str) -> bool {
    let clean = !text.chars().any(char::is_control) && !text.contains('\\');
    clean
        && !text.is_empty()
        && !text.starts_with('/')
        && text.split('/').all(|part| part != ".." && !part.is_empty())
}
