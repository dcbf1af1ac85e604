//! The lowest layer: a place in the text, whitespace, newlines, comments, line continuations.

use super::class::{
    DIGIT, FORBIDDEN, NEWLINE, SPACE, SUSPECT, WIDE, WORD, class_of_char, is, newline_len, starts_like_number,
};
use super::document::Cooked;
use super::faults::Faults;
use bastide_report::source::FileId;

/// A place in a text, and what is gathered on the way through it.
pub(super) struct Lexer<'t> {
    pub text: &'t str,
    pub bytes: &'t [u8],
    pub pos: usize,
    pub faults: Faults,
    pub cooked: Cooked,
    /// Whether an unterminated comment or string took the rest of the text with it.
    pub swallowed: bool,
    /// How many strings over several lines are never closed.
    pub open_strings: usize,
}

impl<'t> Lexer<'t> {
    pub fn new(file: FileId, text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let pos = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        Lexer {
            text,
            bytes,
            pos,
            faults: Faults::new(file),
            cooked: Cooked::default(),
            swallowed: false,
            open_strings: 0,
        }
    }

    #[inline(always)]
    pub fn at_end(&self) -> bool {
        self.pos >= self.bytes.len()
    }

    /// The byte at the place; 0 at the end of the text.
    #[inline(always)]
    pub fn peek(&self) -> u8 {
        self.peek_at(0)
    }

    /// The byte `ahead` of the place; 0 beyond the end of the text.
    #[inline(always)]
    pub fn peek_at(&self, ahead: usize) -> u8 {
        self.bytes.get(self.pos + ahead).copied().unwrap_or(0)
    }

    /// Class and length of the code point at `at`, which may be beyond ASCII; the end of the text has class 0.
    pub fn classify(&self, at: usize) -> (u8, usize) {
        match self.text[at..].chars().next() {
            Some(char) => (class_of_char(char), char.len_utf8()),
            None => (0, 0),
        }
    }

    /// Whether a newline, a line comment or the end of the text is here.
    #[inline(always)]
    pub fn at_line_end(&self) -> bool {
        let byte = self.peek();
        match byte {
            b'\n' => true,
            b'/' => self.peek_at(1) == b'/',
            0 => self.at_end(),
            _ if is(byte, NEWLINE) => true,
            0xc2 | 0xe2 => newline_len(&self.text[self.pos..]) > 0,
            _ => false,
        }
    }

    /// Skips what may stand between the parts of a node: spaces, block comments, continued lines. Whether there was any.
    #[inline]
    pub fn skip_space(&mut self) -> bool {
        let start = self.pos;
        loop {
            let byte = self.peek();
            if is(byte, SPACE) {
                self.pos += 1;
            } else if is(byte, WORD | NEWLINE) || !self.skip_rare_space(byte) {
                return self.pos > start;
            }
        }
    }

    fn skip_rare_space(&mut self, byte: u8) -> bool {
        match byte {
            b'/' if self.peek_at(1) == b'*' => self.block_comment(),
            b'\\' => return self.skip_continuation(),
            _ if is(byte, WIDE | FORBIDDEN) && !self.at_end() => match self.classify(self.pos) {
                (SPACE, len) => self.pos += len,
                (FORBIDDEN, _) => self.skip_forbidden(),
                _ => return false,
            },
            _ => return false,
        }
        true
    }

    /// Skips what may stand between nodes: also newlines and line comments.
    #[inline]
    pub fn skip_lines(&mut self) {
        loop {
            let byte = self.peek();
            if is(byte, SPACE | NEWLINE) {
                self.pos += 1;
            } else if is(byte, WORD) || !self.skip_rare_line(byte) {
                return;
            }
        }
    }

    fn skip_rare_line(&mut self, byte: u8) -> bool {
        match byte {
            b'/' if self.peek_at(1) == b'/' => self.line_comment(),
            0xc2 | 0xe2 if newline_len(&self.text[self.pos..]) > 0 => {
                self.pos += newline_len(&self.text[self.pos..]);
            }
            _ => return self.skip_rare_space(byte),
        }
        true
    }

    /// `\`, then at most spaces, then the end of a line: the node goes on.
    fn skip_continuation(&mut self) -> bool {
        let Some(end) = self.continuation_end(self.pos) else { return false };
        let backslash = self.pos;
        self.pos = end;
        while matches!(self.peek(), b'/') && self.peek_at(1) == b'*' {
            self.block_comment();
            self.skip_blanks();
        }
        if self.peek() == b'/' && self.peek_at(1) == b'/' {
            self.line_comment();
        }
        if !self.at_line_end() {
            self.tell_lone_backslash(backslash);
        }
        self.pos += newline_len(&self.text[self.pos..]);
        true
    }

    /// A `\` that does not end its line.
    pub fn tell_lone_backslash(&mut self, at: usize) {
        self.faults.tell(
            (at, at + 1),
            "`\\` is not the last character of its line",
            "continues the node on the next line",
            "start a new line right after `\\`, or remove it",
        );
    }

    /// Whether a `\` at `at` continues the line; if so, the place after it and its spaces.
    pub fn continuation_end(&self, at: usize) -> Option<usize> {
        let mut end = at + 1;
        while let (SPACE, len) = self.classify(end) {
            end += len;
        }
        let rest = &self.bytes[end..];
        let continues =
            rest.is_empty() || matches!(rest, [b'/', b'/' | b'*', ..]) || newline_len(&self.text[end..]) > 0;
        continues.then_some(end)
    }

    fn skip_blanks(&mut self) {
        while let (SPACE, len) = self.classify(self.pos) {
            self.pos += len;
        }
    }

    /// Skips to the end of the line, without its newline.
    pub fn line_comment(&mut self) {
        while !self.at_end() {
            if !is(self.peek(), SUSPECT) {
                self.pos += 1;
                continue;
            }
            match self.classify(self.pos) {
                (NEWLINE, _) => return,
                (FORBIDDEN, _) => self.skip_forbidden(),
                (_, len) => self.pos += len,
            }
        }
    }

    fn block_comment(&mut self) {
        let open = self.pos;
        let mut depth = 0_usize;
        let mut nested = None;
        while !self.at_end() {
            let byte = self.peek();
            match (byte, self.peek_at(1)) {
                (b'/', b'*') => {
                    nested = if depth > 0 { nested.or(Some(self.pos)) } else { None };
                    depth += 1;
                    self.pos += 2;
                }
                (b'*', b'/') => {
                    depth -= 1;
                    self.pos += 2;
                    if depth == 0 {
                        return;
                    }
                }
                _ if is(byte, SUSPECT) => match self.classify(self.pos) {
                    (FORBIDDEN, _) => self.skip_forbidden(),
                    (_, len) => self.pos += len,
                },
                _ => self.pos += 1,
            }
        }
        self.swallowed = true;
        self.tell_open_comment(open, nested);
    }

    fn tell_open_comment(&mut self, open: usize, nested: Option<usize>) {
        let message = "a comment is never closed";
        match nested {
            None => self.faults.tell(
                (open, open + 2),
                message,
                "opened here, runs to the end of the file",
                "write `*/` where the comment ends",
            ),
            Some(inner) => {
                let finding = bastide_report::finding::Finding::new(super::faults::SYNTAX, message)
                    .label(self.faults.span(open, open + 2), "opened here, runs to the end of the file")
                    .label(self.faults.span(inner, inner + 2), "opens a second comment inside the first")
                    .help("comments nest: write one `*/` for each `/*`");
                self.faults.push(finding);
            }
        }
    }

    /// Tells and skips a run of code points that may stand nowhere.
    pub fn skip_forbidden(&mut self) {
        let start = self.pos;
        let char = self.text[start..].chars().next().unwrap_or('\0');
        while let (FORBIDDEN, len) = self.classify(self.pos) {
            self.pos += len;
        }
        let code = format!("U+{:04X}", char as u32);
        self.faults.tell(
            (start, self.pos),
            format!("the code point {code} cannot stand in a spec"),
            "it is invisible, and can make text look like something else",
            format!("remove it; in a quoted string write `\\u{{{:x}}}`", char as u32),
        );
    }

    /// Goes past the `}` that closes the block whose `{` has been read, without a look at what it holds.
    pub fn skip_block(&mut self) {
        let mut depth = 1_usize;
        while !self.at_end() {
            match self.peek() {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                b'"' => {
                    self.quoted();
                    continue;
                }
                b'#' if self.at_raw() => {
                    self.raw();
                    continue;
                }
                b'/' if self.peek_at(1) == b'/' => self.line_comment(),
                b'/' if self.peek_at(1) == b'*' => {
                    self.block_comment();
                    continue;
                }
                _ => {}
            }
            self.pos += 1;
            if depth == 0 {
                return;
            }
        }
        self.pos = self.bytes.len();
        self.swallowed = true;
    }

    /// Skips a run of word characters.
    #[inline(always)]
    pub fn skip_word(&mut self) {
        loop {
            let byte = self.peek();
            if is(byte, WORD) {
                self.pos += 1;
            } else if is(byte, WIDE) {
                match self.classify(self.pos) {
                    (WORD, len) => self.pos += len,
                    _ => return,
                }
            } else {
                return;
            }
        }
    }

    /// Whether a number starts here, or a word that must not look like one.
    #[inline(always)]
    pub fn at_number(&self) -> bool {
        let byte = self.peek();
        is(byte, DIGIT) || matches!(byte, b'+' | b'-' | b'.') && starts_like_number(&self.bytes[self.pos..])
    }
}
