//! One value of the language: parsed by its type, or a finding that shows what it should look like.

use super::foreign_spelling::meant;
use crate::schema::Type;
use crate::tree::{At, Layer, Origin, Scalar};
use bastide_report::finding::{Finding, Report};
use bastide_report::suggest::{nearest, only};
use bastide_report::units::{Cpu, Date, Duration, Rate, Share, Size, cron};
use bastide_report::version;
use bastide_syntax::{Entry, Value};

/// Parses the value of an argument or property named `name`.
pub fn read(entry: Entry<'_>, ty: Type, name: &str, layer: Layer, report: &mut Report) -> Option<At<Scalar>> {
    let span = entry.value_span();
    match parse(entry.value(), ty) {
        Ok(value) => Some(At { value, origin: Origin { layer, span } }),
        Err(fault) => {
            let help = fault.help.unwrap_or_else(|| format!("write {}", ty.looks_like()));
            let finding = Finding::new("wrong-type", format!("`{name}` {}", fault.message))
                .label(span, fault.label)
                .help(help);
            report.push(match fault.right {
                Some(right) => finding.edit(span, right),
                None => finding,
            });
            None
        }
    }
}

struct Fault {
    message: String,
    label: String,
    help: Option<String>,
    /// What to write in its place, if that is clear.
    right: Option<String>,
}

fn parse(value: Value<'_>, ty: Type) -> Result<Scalar, Fault> {
    match value {
        Value::Str(text) => parse_text(text, ty).ok_or_else(|| not_a(text, ty)),
        Value::Number(number) => match ty {
            Type::Int(least, most) => match number.as_i64() {
                Some(value) if (least..=most).contains(&value) => Ok(Scalar::Int(value)),
                _ => Err(wrong(ty, "out of range")),
            },
            Type::Any => Ok(number.as_i64().map_or_else(|| Scalar::Number(number.text.into()), Scalar::Int)),
            _ => Err(unquoted(number.text, ty)),
        },
        Value::Bool(yes) if matches!(ty, Type::Bool | Type::Any) => Ok(Scalar::Bool(yes)),
        Value::Bool(_) => Err(wrong(ty, "a boolean")),
        Value::Null => Err(wrong(ty, "nothing")),
    }
}

fn parse_text(text: &str, ty: Type) -> Option<Scalar> {
    let plain = || Scalar::Text(text.into());
    let control = |c: char| c.is_control() && c != '\n' && c != '\t';
    let plain_byte = |byte: u8| (b' '..=b'~').contains(&byte);
    let clean = || text.bytes().all(plain_byte) || !text.contains(control);
    match ty {
        Type::Text | Type::Wired | Type::Any => clean().then(plain),
        Type::Word(words) => words.contains(&text).then(plain),
        Type::Bool | Type::Int(..) => None,
        Type::Duration => Duration::parse(text).map(Scalar::Duration),
        Type::Size => Size::parse(text).map(Scalar::Size),
        Type::Cpu => Cpu::parse(text).map(Scalar::Cpu),
        Type::Rate => Rate::parse(text).filter(|rate| rate.count > 0).map(Scalar::Rate),
        Type::Share => Share::parse(text).map(Scalar::Share),
        Type::Date => Date::parse(text).map(Scalar::Date),
        Type::Cron => cron::is_cron(text).then(plain),
        Type::Version => version::parse(text).map(|_| plain()),
        Type::Range => version::range(text).map(|_| plain()),
        Type::File => is_file(text).then(plain),
        Type::Url => is_url(text).then(plain),
        Type::UrlPath => is_url_path(text).then(plain),
        Type::Host => is_host(text).then(plain),
        Type::Ref(_) => (!text.is_empty() && clean()).then(plain),
    }
}

fn not_a(text: &str, ty: Type) -> Fault {
    let (help, right) = match ty {
        Type::Word(words) => {
            let near = nearest(text, words.iter().copied());
            let only = only(text, words.iter().copied());
            (near.map(|word| format!("did you mean `\"{word}\"`?")), only.map(|word| format!("\"{word}\"")))
        }
        Type::Bool if text == "true" || text == "false" => {
            (Some(format!("write `#{text}`")), Some(format!("#{text}")))
        }
        Type::Int(..) if text.parse::<i64>().is_ok() => {
            (Some(format!("write `{text}` without quotes")), Some(text.into()))
        }
        _ => match meant(text, ty).filter(|right| parse_text(right, ty).is_some()) {
            Some(right) => (Some(format!("write `\"{right}\"`")), clear(ty).then(|| format!("\"{right}\""))),
            None => (None, None),
        },
    };
    let label = match ty {
        Type::File if text.split(['/', '\\']).any(|part| part == "..") => "it leads out of the project",
        Type::File if text.starts_with('/') || text.contains(":\\") => "it begins outside the project",
        _ => "this is not one",
    };
    Fault { help, right, ..wrong(ty, label) }
}

/// Whether a value in another tool's spelling can only mean one thing, so that a machine may fix it.
fn clear(ty: Type) -> bool {
    matches!(ty, Type::Duration | Type::Size | Type::Cpu | Type::Rate | Type::Share | Type::File)
}

fn unquoted(text: &str, ty: Type) -> Fault {
    let quoted = parse_text(text, ty).is_some().then(|| format!("\"{text}\""));
    let other = || meant(text, ty).filter(|right| parse_text(right, ty).is_some());
    let help = match &quoted {
        Some(quoted) => Some(format!("write `{quoted}` in quotes")),
        None => other().map(|right| format!("write `\"{right}\"`")),
    };
    Fault { help, right: quoted, ..wrong(ty, "a bare number") }
}

fn wrong(ty: Type, label: &str) -> Fault {
    let message = match ty {
        Type::Word(_) => "takes one of a few words".to_string(),
        Type::Ref(kinds) => format!("takes the name of a {}", kinds.join(" or ")),
        other => format!("takes {}", other.looks_like()),
    };
    Fault { message, label: label.into(), help: None, right: None }
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

fn is_url(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once("://") else { return false };
    let host = rest.split(['/', '?', '#']).next().unwrap_or("");
    let clean =
        text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '`' | '{' | '}'));
    let scheme_ok =
        !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    clean && scheme_ok && !host.is_empty() && !host.contains('@')
}

fn is_url_path(text: &str) -> bool {
    let good = |c: char| c.is_ascii_alphanumeric() || "/-._~!$&'()*+,;=:@%".contains(c);
    text.starts_with('/') && text.chars().all(good)
}

fn is_host(text: &str) -> bool {
    let host = text.strip_prefix("*.").unwrap_or(text);
    let label = |part: &str| {
        !part.is_empty()
            && part.len() <= 63
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    host.len() <= 253 && host.split('.').all(label)
}
