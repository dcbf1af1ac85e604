//! Texts in quotes, as JSON writes them.

use super::fault::Faults;
use std::borrow::Cow;

/// One past the closing quote of the text that opens at `start`.
pub fn end(text: &str, start: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = start + 1;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// The text that is written as `inner`, which stands at `start`. Borrowed unless something is escaped.
pub fn plain<'a>(inner: &'a str, start: usize, faults: &mut Faults) -> Option<Cow<'a, str>> {
    if let Some(at) = inner.bytes().position(|byte| byte < b' ') {
        faults.go_on(
            start + at,
            1,
            "a control character stands bare in a text",
            "write it as `\\n`, `\\t` or `\\u…`",
        )?;
    }
    if !inner.contains('\\') {
        return Some(Cow::Borrowed(inner));
    }
    let mut out = String::with_capacity(inner.len());
    let mut at = 0;
    while let Some(bare) = inner[at..].find('\\') {
        out.push_str(&inner[at..at + bare]);
        at += bare;
        let (sign, length) = escape(&inner[at..]);
        out.push(sign.unwrap_or(char::REPLACEMENT_CHARACTER));
        if sign.is_none() {
            faults.go_on(start + at, length, "this stands for no character", FORMS)?;
        }
        at += length;
    }
    out.push_str(&inner[at..]);
    Some(Cow::Owned(out))
}

const FORMS: &str = "write `\\\\` for a backslash, surrogates in pairs";

/// The character the escape at the beginning of `text` stands for, and its length in bytes.
fn escape(text: &str) -> (Option<char>, usize) {
    let Some(second) = text[1..].chars().next() else { return (None, 1) };
    let sign = match second {
        '"' | '\\' | '/' => second,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode(text),
        _ => return (None, 1 + second.len_utf8()),
    };
    (Some(sign), 2)
}

fn unicode(text: &str) -> (Option<char>, usize) {
    let Some(first) = hex(text) else { return (None, 2) };
    if !(0xd800..0xe000).contains(&first) {
        return (char::from_u32(first), 6);
    }
    match hex(&text[6..]).filter(|second| first < 0xdc00 && (0xdc00..0xe000).contains(second)) {
        Some(second) => (char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)), 12),
        None => (None, 6),
    }
}

/// The number of `\uXXXX`.
fn hex(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}
