//! What a plain scalar of YAML 1.2 means: the core schema. `yes`, dates and `1_000` are texts.

use super::{Data, number};
use std::borrow::Cow;

/// A scalar without quotes or tag.
pub fn resolve(text: Cow<str>) -> Data {
    match &*text {
        "" | "~" | "null" | "Null" | "NULL" => Data::Null,
        "true" | "True" | "TRUE" => Data::Bool(true),
        "false" | "False" | "FALSE" => Data::Bool(false),
        _ if !text.starts_with(['-', '+', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9']) => {
            Data::Text(text)
        }
        _ if number::is_json(&text) => Data::Number(text),
        _ => match loose(&text) {
            Some(number) => Data::Number(Cow::Owned(number)),
            None => Data::Text(text),
        },
    }
}

/// A scalar with one of the tags of YAML itself.
pub fn tagged<'a>(text: Cow<'a, str>, tag: &str) -> Data<'a> {
    match tag {
        "int" | "float" | "bool" | "null" => resolve(text),
        _ => Data::Text(text),
    }
}

/// The forms YAML has and JSON does not, in JSON's: `0x1F`, `0o17`, `+1`, `.5`, `1.`, `007`.
fn loose(text: &str) -> Option<String> {
    for (sign, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(sign) {
            let clean = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            return clean.then(|| u128::from_str_radix(digits, radix).ok())?.map(|number| number.to_string());
        }
    }
    let (minus, rest) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let at = rest.find(['e', 'E']).unwrap_or(rest.len());
    let (whole, fraction) = rest[..at].split_once('.').unwrap_or((&rest[..at], ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let point = if fraction.is_empty() { "" } else { "." };
    let number = format!("{minus}{whole}{point}{fraction}{}", &rest[at..]);
    number::is_json(&number).then_some(number)
}
