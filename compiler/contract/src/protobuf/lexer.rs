//! Words, numbers, texts and signs of a protobuf file, with the comments kept apart.

use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Span};

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A name or keyword.
    Word,
    /// A whole number: decimal, `0x` or octal.
    Int,
    /// A number with a point or an exponent.
    Float,
    /// A text in quotes.
    Text,
    /// A single sign.
    Sign(u8),
    /// The end of the file.
    End,
}

/// A token and its bytes.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// What it is.
    pub kind: Kind,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A comment, and the token it stands before.
#[derive(Clone, Copy, Debug)]
pub struct Comment {
    /// First byte.
    pub start: u32,
    /// One past the last byte, without the line break.
    pub end: u32,
    /// Index of the token that follows.
    pub before: u32,
}

/// A file cut into tokens.
#[derive(Debug)]
pub struct Tokens<'a> {
    pub file: FileId,
    pub text: &'a str,
    /// The tokens; the last is [`Kind::End`].
    pub tokens: Vec<Token>,
    /// The comments, in order.
    pub comments: Vec<Comment>,
}

/// Cuts a text. `None` where it holds what no protobuf file holds; why is in the report.
pub fn lex<'a>(file: FileId, text: &'a str, report: &mut Report) -> Option<Tokens<'a>> {
    let mut out = Tokens { file, text, tokens: Vec::with_capacity(text.len() / 5), comments: vec![] };
    let bytes = text.as_bytes();
    let mut at = if text.starts_with('\u{feff}') { 3 } else { 0 };
    while at < bytes.len() {
        let start = at;
        let kind = match bytes[at] {
            b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c => {
                at += 1;
                continue;
            }
            b'/' if matches!(bytes.get(at + 1), Some(b'/' | b'*')) => {
                at = comment_end(bytes, at)
                    .or_else(|| fault(file, text, start, "this comment has no end", report))?;
                let before = out.tokens.len() as u32;
                out.comments.push(Comment { start: start as u32, end: at as u32, before });
                continue;
            }
            b'a'..=b'z' | b'A'..=b'Z' | b'_' => {
                at += run(&bytes[at..], |byte| byte.is_ascii_alphanumeric() || byte == b'_');
                Kind::Word
            }
            b'0'..=b'9' => number(bytes, &mut at),
            b'.' if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => number(bytes, &mut at),
            quote @ (b'"' | b'\'') => {
                at = text_end(bytes, at, quote)
                    .or_else(|| fault(file, text, start, "this text has no end on its line", report))?;
                Kind::Text
            }
            sign @ (b';' | b'{' | b'}' | b'(' | b')' | b'[' | b']' | b'<' | b'>' | b'=' | b',' | b'.'
            | b':' | b'-' | b'+' | b'/') => {
                at += 1;
                Kind::Sign(sign)
            }
            _ => return fault(file, text, at, "no protobuf file has this character here", report),
        };
        out.tokens.push(Token { kind, start: start as u32, end: at as u32 });
    }
    let end = bytes.len() as u32;
    out.tokens.push(Token { kind: Kind::End, start: end, end });
    Some(out)
}

fn run(bytes: &[u8], holds: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| holds(**byte)).count()
}

fn comment_end(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes[at + 1] == b'/' {
        return Some(memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |length| at + length));
    }
    memchr::memmem::find(&bytes[at + 2..], b"*/").map(|length| at + 2 + length + 2)
}

fn text_end(bytes: &[u8], start: usize, quote: u8) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match bytes.get(at)? {
            b'\n' => return None,
            b'\\' => at += 2,
            byte if *byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
}

fn number(bytes: &[u8], at: &mut usize) -> Kind {
    let start = *at;
    let hex = bytes[start] == b'0' && matches!(bytes.get(start + 1), Some(b'x' | b'X'));
    let mut float = false;
    while let Some(&byte) = bytes.get(*at) {
        let exponent = !hex && matches!(byte, b'e' | b'E');
        float |= byte == b'.' || exponent;
        if exponent && matches!(bytes.get(*at + 1), Some(b'+' | b'-')) {
            *at += 1;
        } else if !byte.is_ascii_alphanumeric() && byte != b'.' && byte != b'_' {
            break;
        }
        *at += 1;
    }
    if float { Kind::Float } else { Kind::Int }
}

fn fault<T>(file: FileId, text: &str, at: usize, label: &str, report: &mut Report) -> Option<T> {
    let length = text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8);
    let finding = Finding::new("contract-syntax", "this is not a protobuf file")
        .label(Span::new(file, at, at + length), label)
        .help("correct the text, or name the right file");
    report.push(finding);
    None
}
