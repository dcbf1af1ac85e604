//! Strings that are never closed, or later than they may be: where they end for the reader.

use super::class::{WORD, is, newline_len};
use super::document::{Form, Word};
use super::faults::clip;
use super::lexer::Lexer;

/// After so many strings that are never closed, the next one takes the rest of the text.
const OPEN_STRINGS: usize = 16;

impl Lexer<'_> {
    /// A quoted string that meets the end of its line. It may go on after it, or lack its closing quote.
    pub fn unterminated(&mut self, start: usize, cooked: usize) -> Word {
        self.cooked.values.truncate(cooked);
        if let Some(end) = self.closing_quote_below(self.pos) {
            self.faults.tell(
                (start, start + 1),
                "a string in `\"` cannot go over the end of its line",
                "opened here, closed on a later line",
                "write `\"\"\"` and a new line before the text, and `\"\"\"` on a line of its own after it",
            );
            self.cooked.values.push_str(&self.text[start + 1..end]);
            self.pos = end + 1;
            return self.cooked_word(start, cooked);
        }
        self.tell_unclosed_string(start);
        self.stop_at_line_end(start + 1, cooked, start)
    }

    /// Ends a string that lacks its close at the end of this line, but before braces that end the line.
    pub fn stop_at_line_end(&mut self, text: usize, cooked: usize, start: usize) -> Word {
        let line = &self.text[text..self.pos];
        let brace = [" {", " }"].iter().filter_map(|sign| line.find(sign)).min();
        let kept = match brace {
            _ if line.starts_with("{ ") || line.trim_end() == "{" => "",
            Some(at) => line[..at].trim_end(),
            None => line.trim_end_matches(';'),
        };
        self.pos = text + kept.len();
        self.cooked.values.push_str(kept);
        self.cooked_word(start, cooked)
    }

    /// Where a string that seems to end before `end` must have ended, if its closing quote looks like the opening one
    /// of the next: `"a b="c"` holds a string without end and a property. Only asked when what follows is a fault.
    #[inline]
    pub fn earlier_end(&self, text: usize, end: usize) -> Option<usize> {
        if matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t' | b';' | b'=' | 0) {
            return None;
        }
        self.cut_before_next_string(text, end)
    }

    fn cut_before_next_string(&self, text: usize, end: usize) -> Option<usize> {
        let comment = self.peek() == b'/' && matches!(self.peek_at(1), b'/' | b'*');
        if comment || !is(self.peek(), WORD) && !matches!(self.peek(), b'#' | b'/' | b'[') {
            return None;
        }
        let held = &self.text[text..end];
        if !held.ends_with([' ', '\t', '=']) {
            return None;
        }
        let cuts = [" {", ";", " }", " //"].iter().filter_map(|sign| held.find(sign));
        let before_name = || held.trim_end().rfind(' ').filter(|_| held.ends_with('='));
        let cut = cuts.min().or_else(before_name).or((!held.ends_with('=')).then_some(held.len()))?;
        let kept = held[..cut].trim_end();
        (!kept.is_empty()).then_some(text + kept.len())
    }

    /// Tells a string that is not closed and ends it at `end`, on the same line.
    pub fn ends_early(&mut self, start: usize, end: usize) -> Word {
        self.tell_unclosed_string(start);
        let cooked = self.cooked.values.len();
        self.cooked.values.push_str(&self.text[start + 1..end]);
        self.pos = end;
        self.cooked_word(start, cooked)
    }

    fn tell_unclosed_string(&mut self, start: usize) {
        let (message, help) = ("a string is never closed", "write `\"` where the string ends");
        self.faults.tell((start, start + 1), message, "opened here", help);
    }

    /// A word right before a quote that closes nothing: it lacks the quote before it.
    pub fn lacks_opening_quote(&mut self, start: usize) -> Option<Word> {
        let after = self.peek_at(1);
        let closes = matches!(after, b' ' | b'\t' | b'\n' | b'\r' | b';' | b'}' | b'{' | b')' | 0);
        if self.peek() != b'"' || !closes {
            return None;
        }
        let word = self.word(start, Form::Bare);
        let written = clip(&self.text[start..self.pos]);
        let help = format!("write `\"{written}\"`");
        self.pos += 1;
        self.faults.tell((start, self.pos), "a string has no opening quote", "closed here", help);
        Some(word)
    }

    /// The quote that closes a string opened above: the first one below, when it stands as a closing one does, at
    /// the end of a word or alone on its line.
    fn closing_quote_below(&self, from: usize) -> Option<usize> {
        const FAR: usize = 4096;
        let far = self.bytes.len().min(from + FAR);
        let at = from + memchr::memchr(b'"', &self.bytes[from..far])?;
        let before = self.text[from..at].chars().next_back().unwrap_or(' ');
        let alone = self.text[from..at].trim_end_matches([' ', '\t']).ends_with(['\n', '\r']);
        let ends_word = !before.is_whitespace() && !matches!(before, '=' | '(' | ')' | '#');
        let followed =
            matches!(self.bytes.get(at + 1), None | Some(b' ' | b'\t' | b'\n' | b'\r' | b';' | b'{' | b'}'));
        (followed && (alone || ends_word)).then_some(at)
    }

    /// The quote with `hashes` hashes that closes a raw string opened above, when it is the first quote below.
    pub fn raw_close_below(&self, hashes: usize) -> Option<usize> {
        const FAR: usize = 4096;
        let far = self.bytes.len().min(self.pos + FAR);
        let mut quotes = memchr::memchr_iter(b'"', &self.bytes[self.pos..far]).map(|at| self.pos + at);
        // An opening quote would have a hash before it.
        let first = quotes.next()?;
        (self.hashes_at(first + 1) >= hashes && self.bytes[first - 1] != b'#').then_some(first)
    }

    /// A string that is never closed. It ends before the first line that is not indented deeper than the one it
    /// starts on, since that one looks like a node.
    pub fn open_multi_line(&mut self, start: usize, body: usize, cooked: usize) -> Word {
        self.faults.tell(
            (start, body),
            "a string over several lines is never closed",
            "opened here",
            format!("write `\"\"\"{}` on a line of its own after the text", &self.text[start..body - 3]),
        );
        self.open_strings += 1;
        let line = self.line_start(start);
        let indent = self.indent(line);
        // Each such string has cost a search up to the end of the text.
        let mut end = if self.open_strings > OPEN_STRINGS { self.bytes.len() } else { self.line_end(body) };
        while end < self.bytes.len() {
            let next = (end + newline_len(&self.text[end..])).min(self.bytes.len());
            let blank = next == self.line_end(next);
            if next >= self.bytes.len() || !blank && self.indent(next) <= indent {
                break;
            }
            end = self.line_end(next);
        }
        self.swallowed |= end >= self.bytes.len();
        self.pos = end;
        self.cooked.values.push_str(&self.text[body..end]);
        self.cooked_word(start, cooked)
    }

    /// Place of the newline that ends the line of `at`, or the end of the text.
    fn line_end(&self, at: usize) -> usize {
        let found = memchr::memchr2(b'\n', b'\r', &self.bytes[at..]);
        found.map_or(self.bytes.len(), |found| at + found)
    }

    /// Bytes of whitespace at the start of the line that starts at `line`.
    fn indent(&self, line: usize) -> usize {
        self.bytes[line..].iter().take_while(|&&byte| byte == b' ' || byte == b'\t').count()
    }

    /// Place of the first byte of the line of `at`.
    fn line_start(&self, at: usize) -> usize {
        memchr::memrchr2(b'\n', b'\r', &self.bytes[..at]).map_or(0, |found| found + 1)
    }

    /// Whether the quotes at `end` look as if they opened the next string: after text, at the end of a line that is
    /// not indented deeper than the one this string starts on.
    pub fn opens_another(&self, start: usize, end: usize) -> bool {
        let Some(newline) = memchr::memrchr2(b'\n', b'\r', &self.bytes[start..end]) else { return false };
        let last = start + newline + 1;
        let before = &self.text[last..end];
        before.ends_with([' ', '\t', '='])
            && before.contains(char::is_alphanumeric)
            && newline_len(&self.text[(end + 3).min(self.text.len())..]) > 0
            && self.indent(last) <= self.indent(self.line_start(start))
    }
}
