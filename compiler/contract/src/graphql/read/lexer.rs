//! SDL as tokens (GraphQL September 2025, section 2.1): white space, commas and comments are nothing.

use bastide_report::finding::Finding;
use bastide_report::source::{FileId, Span};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word.
    Name,
    /// A whole number.
    Int,
    /// A number with a fraction or an exponent.
    Float,
    /// `"…"`.
    Text,
    /// `"""…"""`.
    Block,
    Sign(u8),
    /// Nothing more.
    End,
}

/// A token and its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    /// What it is.
    pub kind: Kind,
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

/// A text and how far it is read.
pub(super) struct Lexer<'a> {
    pub text: &'a str,
    /// Its number.
    pub file: FileId,
    at: usize,
}

impl<'a> Lexer<'a> {
    /// At the beginning of a text, past a byte order mark.
    pub(super) fn new(file: FileId, text: &'a str) -> Lexer<'a> {
        Lexer { text, file, at: if text.starts_with('\u{feff}') { 3 } else { 0 } }
    }

    /// The next token.
    pub(super) fn next(&mut self) -> Result<Token, Box<Finding>> {
        self.skip_nothing();
        let start = self.at;
        let bytes = self.text.as_bytes();
        let Some(&first) = bytes.get(start) else { return Ok(Token { kind: Kind::End, start, end: start }) };
        let (kind, end) = match first {
            b'_' | b'a'..=b'z' | b'A'..=b'Z' => (Kind::Name, self.past(start, is_word)),
            b'!' | b'$' | b'&' | b'(' | b')' | b':' | b'=' | b'@' | b'[' | b']' | b'{' | b'|' | b'}' => {
                (Kind::Sign(first), start + 1)
            }
            b'.' if bytes[start..].starts_with(b"...") => (Kind::Sign(b'.'), start + 3),
            b'"' if bytes[start..].starts_with(b"\"\"\"") => (Kind::Block, self.block_end(start)?),
            b'"' => (Kind::Text, self.text_end(start)?),
            b'-' | b'0'..=b'9' => self.number(start)?,
            _ => return Err(self.stray(start)),
        };
        self.at = end;
        Ok(Token { kind, start, end })
    }

    /// Goes on after the current line: where reading resumes after a fault.
    pub(super) fn skip_line(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        self.at += memchr::memchr(b'\n', rest).map_or(rest.len(), |found| found + 1);
    }

    fn skip_nothing(&mut self) {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b' ' | b'\t' | b'\n' | b'\r' | b',' => self.at += 1,
                b'#' => {
                    let rest = &bytes[self.at..];
                    self.at += memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
                }
                _ => return,
            }
        }
    }

    fn past(&self, from: usize, belongs: fn(u8) -> bool) -> usize {
        let rest = &self.text.as_bytes()[from..];
        from + rest.iter().position(|&byte| !belongs(byte)).unwrap_or(rest.len())
    }

    fn number(&self, start: usize) -> Result<(Kind, usize), Box<Finding>> {
        let bytes = self.text.as_bytes();
        let digits = |from: usize| self.past(from, |byte| byte.is_ascii_digit());
        let whole = start + usize::from(bytes[start] == b'-');
        let mut end = digits(whole);
        let mut kind = Kind::Int;
        let led_by_zero = bytes.get(whole) == Some(&b'0') && end > whole + 1;
        let mut sound = end > whole && !led_by_zero;
        if bytes.get(end) == Some(&b'.') {
            let fraction = digits(end + 1);
            (kind, sound, end) = (Kind::Float, sound && fraction > end + 1, fraction);
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let from = end + 1 + usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
            let exponent = digits(from);
            (kind, sound, end) = (Kind::Float, sound && exponent > from, exponent);
        }
        let glued = bytes.get(end).is_some_and(|&byte| byte == b'.' || is_word(byte));
        if sound && !glued {
            return Ok((kind, end));
        }
        Err(self.fault(
            start,
            end + usize::from(glued),
            "not a number",
            "as GraphQL writes them",
            "correct it",
        ))
    }

    fn text_end(&self, start: usize) -> Result<usize, Box<Finding>> {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while let Some(&byte) = bytes.get(at) {
            match byte {
                b'"' => return Ok(at + 1),
                b'\\' => at += 2,
                b'\n' | b'\r' => break,
                _ => at += 1,
            }
        }
        let end = at.min(bytes.len());
        Err(self.fault(
            start,
            end,
            "the text does not end",
            "opens here",
            "close it with `\"` on the same line",
        ))
    }

    fn block_end(&self, start: usize) -> Result<usize, Box<Finding>> {
        let bytes = self.text.as_bytes();
        let mut at = start + 3;
        while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'"', rest)) {
            let quote = at + found;
            if !bytes[quote..].starts_with(b"\"\"\"") {
                at = quote + 1;
            } else if bytes[quote - 1] == b'\\' {
                at = quote + 3;
            } else {
                return Ok(quote + 3);
            }
        }
        Err(self.fault(start, start + 3, "the text does not end", "opens here", "close it with `\"\"\"`"))
    }

    fn stray(&self, at: usize) -> Box<Finding> {
        let sign = self.text[at..].chars().next().unwrap_or_default();
        let message = format!("`{}` is no sign of the schema language", sign.escape_debug());
        let span = Span::new(self.file, at, at + sign.len_utf8());
        let finding = Finding::new("contract-syntax", message).label(span, "found here");
        Box::new(finding.help("take it out, or quote the text"))
    }

    fn fault(&self, start: usize, end: usize, message: &str, label: &str, help: &str) -> Box<Finding> {
        let span = Span::new(self.file, start, end.min(self.text.len()));
        Box::new(Finding::new("contract-syntax", message).label(span, label).help(help))
    }
}

fn is_word(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}
