//! Strings that are never closed, or later than they may be: where they end for the reader.

use super::class::newline_len;
use super::document::Word;
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
        self.faults.tell(
            (start, start + 1),
            "a string is never closed",
            "opened here",
            "write `\"` where the string ends",
        );
        self.stop_at_line_end(start + 1, cooked, start)
    }

    /// Ends a string that lacks its close at the end of this line, but before braces that end the line.
    pub fn stop_at_line_end(&mut self, text: usize, cooked: usize, start: usize) -> Word {
        let line = &self.text[text..self.pos];
        let kept = line.trim_end_matches(['{', '}', ';', ' ', '\t']);
        let rest = &line[kept.len()..];
        let kept = if rest.contains(['{', '}', ';']) { kept } else { line };
        self.pos = text + kept.len();
        self.cooked.values.push_str(kept);
        self.cooked_word(start, cooked)
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
