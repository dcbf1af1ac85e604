//! Cuts a template into text, interpolations, tags and comments, as minijinja does, with the places of each in the source.

use std::ops::Range;

/// What a piece of a template is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text that is written as it stands.
    Text,
    /// `{{ expression }}`.
    Interpolation,
    /// `{% statement %}`.
    Tag,
    /// `{# comment #}`.
    Comment,
}

/// A piece of a template; all ranges are bytes of the source.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// What it is.
    pub kind: Kind,
    /// The whole piece with its delimiters.
    pub whole: Range<usize>,
    /// What counts: the text that is left after trimming, the expression, the statement.
    pub inner: Range<usize>,
}

/// The delimiters of interpolations; tags are always `{% %}` and comments `{# #}`.
#[derive(Clone, Debug)]
pub(crate) struct Delimiters {
    /// Opens an interpolation.
    pub open: String,
    /// Closes an interpolation.
    pub close: String,
}

impl Default for Delimiters {
    fn default() -> Self {
        Delimiters { open: "{{".into(), close: "}}".into() }
    }
}

/// What the end of a piece does to the text behind it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    Keep,
    Line,
    All,
}

/// The pieces of a template in order. Where the source is not well-formed the rest is left out: minijinja reports it.
pub(crate) fn pieces(source: &str, delimiters: &Delimiters) -> Vec<Piece> {
    let next = [delimiters.open.as_str(), "{%", "{#"].map(|open| find(source, open));
    let mut lexer = Lexer { source, delimiters, at: 0, tail: Tail::Keep, next, pieces: vec![] };
    while lexer.step() {}
    lexer.pieces
}

/// Where a delimiter stands first: by its first sign, as a search for two signs costs more than most texts are long.
fn find(text: &str, open: &str) -> Option<usize> {
    let (bytes, open) = (text.as_bytes(), open.as_bytes());
    memchr::memchr_iter(*open.first()?, bytes).find(|at| bytes[*at..].starts_with(open))
}

struct Lexer<'a> {
    source: &'a str,
    delimiters: &'a Delimiters,
    at: usize,
    tail: Tail,
    /// Where each delimiter opens next: `None` if nowhere.
    next: [Option<usize>; 3],
    pieces: Vec<Piece>,
}

impl Lexer<'_> {
    /// Reads the text up to the next opening delimiter and the piece that starts there.
    fn step(&mut self) -> bool {
        let Some((start, kind, opening)) = self.opening() else {
            self.text(self.at..self.source.len(), None);
            return false;
        };
        let mark = self.source.as_bytes().get(start + opening).copied();
        self.text(self.at..start, Some((kind, mark)));
        let signed = usize::from(matches!(mark, Some(b'-' | b'+')));
        let from = start + opening + signed;
        match kind {
            Kind::Comment => self.comment(start, from),
            Kind::Tag if self.raw(from) => true,
            _ => self.code(kind, start, from),
        }
    }

    /// The nearest opening delimiter: where, of what, how long. Each is searched for only once it has been passed.
    fn opening(&mut self) -> Option<(usize, Kind, usize)> {
        let opens =
            [(self.delimiters.open.as_str(), Kind::Interpolation), ("{%", Kind::Tag), ("{#", Kind::Comment)];
        for (next, (open, _)) in self.next.iter_mut().zip(opens) {
            if next.is_some_and(|next| next < self.at) {
                *next = find(&self.source[self.at..], open).map(|found| self.at + found);
            }
        }
        let found =
            self.next.iter().zip(opens).filter_map(|(next, (open, kind))| Some(((*next)?, kind, open.len())));
        found.min_by_key(|&(at, _, length)| (at, usize::MAX - length))
    }

    /// Adds the text of a range, trimmed as the pieces on both sides ask for.
    fn text(&mut self, range: Range<usize>, next: Option<(Kind, Option<u8>)>) {
        let (mut start, mut end) = (range.start, range.end);
        let text = |start: usize, end: usize| &self.source[start..end];
        match self.tail {
            Tail::Keep => {}
            Tail::Line => {
                for lead in ["\r", "\n"] {
                    start += usize::from(text(start, end).starts_with(lead));
                }
            }
            Tail::All => start = end - text(start, end).trim_start().len(),
        }
        match next {
            Some((_, Some(b'-'))) => end = start + text(start, end).trim_end().len(),
            Some((Kind::Tag | Kind::Comment, mark)) if mark != Some(b'+') => {
                end = start.max(self.line_blank(end));
            }
            _ => {}
        }
        self.tail = Tail::Keep;
        if start < end {
            self.pieces.push(Piece { kind: Kind::Text, whole: range, inner: start..end });
        }
    }

    /// Where the blanks before `end` begin if there is nothing else on that line, else `end`.
    fn line_blank(&self, end: usize) -> usize {
        let before = &self.source[..end];
        let kept = before
            .trim_end_matches(|letter: char| letter.is_whitespace() && letter != '\n' && letter != '\r');
        if kept.is_empty() || kept.ends_with('\n') { kept.len() } else { end }
    }

    fn comment(&mut self, start: usize, from: usize) -> bool {
        let Some(length) = self.source[from..].find("#}") else {
            self.at = self.source.len();
            return false;
        };
        let end = from + length;
        self.finish(Kind::Comment, start, from..end, end + 2, self.source[..end].bytes().last());
        true
    }

    /// Reads `{% raw %} … {% endraw %}` as text; false if no raw block starts here.
    fn raw(&mut self, from: usize) -> bool {
        let Some(open) = basic(&self.source[from..], "raw") else { return false };
        let body = from + open.length;
        let mut at = body;
        while let Some(found) = self.source[at..].find("{%") {
            let tag = at + found;
            let inside = tag + 2;
            let mark = self.source.as_bytes().get(inside).copied();
            let signed = usize::from(matches!(mark, Some(b'-' | b'+')));
            if let Some(close) = basic(&self.source[inside + signed..], "endraw") {
                self.tail = if open.mark == Some(b'-') { Tail::All } else { Tail::Line };
                self.text(body..tag, Some((Kind::Tag, mark)));
                self.at = inside + signed + close.length;
                self.tail = tail(Kind::Tag, close.mark);
                return true;
            }
            at = inside;
        }
        false
    }

    /// Reads an expression or a statement up to its closing delimiter outside strings and brackets.
    fn code(&mut self, kind: Kind, start: usize, from: usize) -> bool {
        let close = if kind == Kind::Interpolation { self.delimiters.close.as_str() } else { "%}" };
        let bytes = self.source.as_bytes();
        let (mut at, mut depth) = (from, 0i32);
        while at < bytes.len() {
            if depth == 0
                && close.as_bytes().first() == Some(&bytes[at])
                && bytes[at..].starts_with(close.as_bytes())
            {
                let mark = bytes[..at].last().copied().filter(|_| at > from);
                let signed = usize::from(matches!(mark, Some(b'-' | b'+')));
                self.finish(kind, start, from..at - signed, at + close.len(), mark);
                return true;
            }
            match bytes[at] {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth -= 1,
                quote @ (b'"' | b'\'') => at = string_end(bytes, at, quote),
                _ => {}
            }
            at += 1;
        }
        self.at = self.source.len();
        false
    }

    fn finish(&mut self, kind: Kind, start: usize, inner: Range<usize>, end: usize, mark: Option<u8>) {
        self.pieces.push(Piece { kind, whole: start..end, inner });
        self.at = end;
        self.tail = tail(kind, mark);
    }
}

/// What a closing delimiter with this sign before it does to the text behind it.
fn tail(kind: Kind, mark: Option<u8>) -> Tail {
    match (mark, kind) {
        (Some(b'-'), _) => Tail::All,
        (Some(b'+'), _) | (_, Kind::Interpolation | Kind::Text) => Tail::Keep,
        _ if kind == Kind::Tag || kind == Kind::Comment => Tail::Line,
        _ => Tail::Keep,
    }
}

/// Offset of the quote that ends the string starting at `at`, or of the last byte.
pub(crate) fn string_end(bytes: &[u8], at: usize, quote: u8) -> usize {
    let mut end = at + 1;
    while end < bytes.len() && bytes[end] != quote {
        end += if bytes[end] == b'\\' { 2 } else { 1 };
    }
    end
}

struct Basic {
    length: usize,
    mark: Option<u8>,
}

/// Reads ` word %}` and says how long it is.
fn basic(text: &str, word: &str) -> Option<Basic> {
    let rest = text.trim_ascii_start().strip_prefix(word)?.trim_ascii_start();
    let mark = rest.bytes().next().filter(|byte| matches!(byte, b'-' | b'+'));
    let rest = if mark.is_some() { &rest[1..] } else { rest };
    let rest = rest.strip_prefix("%}")?;
    Some(Basic { length: text.len() - rest.len(), mark })
}
