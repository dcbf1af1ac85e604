//! What each byte and code point may do in KDL: one table for ASCII, one function for the rest.

/// May stand in a bare word.
pub(super) const WORD: u8 = 1;
/// Space or tab.
pub(super) const SPACE: u8 = 2;
/// Ends a line.
pub(super) const NEWLINE: u8 = 4;
/// May stand nowhere in a document.
pub(super) const FORBIDDEN: u8 = 8;
/// Ends the quick scan of a quoted string: a quote, a backslash, or what [`SUSPECT`] names.
pub(super) const STRING_STOP: u8 = 16;
/// A newline, a forbidden byte, or a first byte that newlines and forbidden code points beyond ASCII share.
pub(super) const SUSPECT: u8 = 32;
/// An ASCII digit.
pub(super) const DIGIT: u8 = 64;
/// First or later byte of a code point beyond ASCII.
pub(super) const WIDE: u8 = 128;

/// The class of every byte.
pub(super) static CLASS: [u8; 256] = table();

const fn table() -> [u8; 256] {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 256 {
        table[at] = class_of(at as u8);
        at += 1;
    }
    table
}

const fn class_of(byte: u8) -> u8 {
    match byte {
        b'\t' | b' ' => SPACE,
        b'\n' | b'\r' | 0x0b | 0x0c => NEWLINE | STRING_STOP | SUSPECT,
        0..=0x1f | 0x7f => FORBIDDEN | STRING_STOP | SUSPECT,
        b'"' | b'\\' => STRING_STOP,
        b'(' | b')' | b'{' | b'}' | b'[' | b']' | b'/' | b'#' | b';' | b'=' => 0,
        b'0'..=b'9' => WORD | DIGIT,
        0xc2 | 0xe2 | 0xef => WIDE | STRING_STOP | SUSPECT,
        0x80.. => WIDE,
        _ => WORD,
    }
}

/// Whether a byte has one of the given classes.
#[inline(always)]
pub(super) fn is(byte: u8, classes: u8) -> bool {
    CLASS[byte as usize] & classes != 0
}

/// The class of a code point: one of [`WORD`], [`SPACE`], [`NEWLINE`], [`FORBIDDEN`], or 0 for KDL's own signs.
pub(super) fn class_of_char(char: char) -> u8 {
    match char {
        '\0'..='\x7f' => CLASS[char as usize] & (WORD | SPACE | NEWLINE | FORBIDDEN),
        '\u{85}' | '\u{2028}' | '\u{2029}' => NEWLINE,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => SPACE,
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => FORBIDDEN,
        _ => WORD,
    }
}

/// Whether every code point is whitespace that does not end a line.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|char| class_of_char(char) == SPACE)
}

/// Length in bytes of the newline that `text` starts with, `\r\n` counted as one; 0 when there is none.
pub(super) fn newline_len(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\n' | b'\r' | 0x0b | 0x0c, ..] => 1,
        [0xc2, 0x85, ..] => 2,
        [0xe2, 0x80, 0xa8 | 0xa9, ..] => 3,
        _ => 0,
    }
}

/// Words that KDL 2.0 keeps out of bare strings, because a reader would take them for a keyword.
pub(super) fn is_reserved(word: &str) -> bool {
    matches!(word, "true" | "false" | "null" | "inf" | "-inf" | "nan")
}

/// Whether a word begins as a number does, also as the forbidden `.5`: such a word must be a number or quoted.
#[inline]
pub(super) fn starts_like_number(word: &[u8]) -> bool {
    let unsigned = match word {
        [b'+' | b'-', rest @ ..] => rest,
        _ => word,
    };
    matches!(unsigned, [b'0'..=b'9', ..] | [b'.', b'0'..=b'9', ..])
}
