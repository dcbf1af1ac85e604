//! Strings in quotes: on one line, over several lines, raw. Escapes stand in `escape.rs`, dedenting in `multiline.rs`.

use super::class::{FORBIDDEN, NEWLINE, STRING_STOP, is};
use super::document::{Form, Word};
use super::faults::VERSION_1;
use super::lexer::Lexer;
use bastide_report::finding::Finding;

impl Lexer<'_> {
    /// The string whose opening quote is here.
    pub fn quoted(&mut self) -> Word {
        if self.bytes[self.pos..].starts_with(b"\"\"\"") {
            return self.multi_line(self.pos, 0);
        }
        let start = self.pos;
        let cooked = self.cooked.values.len();
        let mut flushed = start + 1;
        self.pos += 1;
        loop {
            while !self.at_end() && !is(self.peek(), STRING_STOP) {
                self.pos += 1;
            }
            match self.peek() {
                b'"' => break,
                b'\\' => {
                    self.cooked.values.push_str(&self.text[flushed..self.pos]);
                    self.escape();
                    flushed = self.pos;
                }
                _ => match self.classify(self.pos) {
                    (0, 0) | (NEWLINE, _) => return self.unterminated(start, cooked),
                    (FORBIDDEN, _) => self.skip_forbidden(),
                    (_, len) => self.pos += len,
                },
            }
        }
        let end = self.pos;
        self.pos += 1;
        if flushed == start + 1 {
            if let Some(early) = self.earlier_end(start + 1, end) {
                return self.ends_early(start, early);
            }
            return self.word(start, Form::Quoted);
        }
        self.cooked.values.push_str(&self.text[flushed..end]);
        self.cooked_word(start, cooked)
    }

    /// The word from `start` to here.
    #[inline(always)]
    pub fn word(&self, start: usize, form: Form) -> Word {
        Word { start: start as u32, end: self.pos as u32, form }
    }

    /// The word from `start` to here, whose value is what was cooked since `from`.
    pub fn cooked_word(&mut self, start: usize, from: usize) -> Word {
        self.cooked.places.push((start as u32, from as u32, self.cooked.values.len() as u32));
        self.word(start, Form::Cooked)
    }

    /// Whether a raw string starts here: hashes, then a quote.
    pub fn at_raw(&self) -> bool {
        let hashes = self.bytes[self.pos..].iter().take_while(|&&byte| byte == b'#').count();
        hashes > 0 && self.peek_at(hashes) == b'"'
    }

    /// The raw string whose first hash is here.
    pub fn raw(&mut self) -> Word {
        let start = self.pos;
        let hashes = self.bytes[start..].iter().take_while(|&&byte| byte == b'#').count();
        self.pos += hashes;
        if self.bytes[self.pos..].starts_with(b"\"\"\"") {
            return self.multi_line(start, hashes);
        }
        let opened = self.pos;
        self.pos += 1;
        if self.raw_close(hashes) {
            return self.word(start, Form::Raw);
        }
        let close = format!("\"{}", "#".repeat(hashes.min(8)));
        self.faults.tell(
            (start, opened + 1),
            "a raw string is never closed on its line",
            "opened here",
            format!("write `{close}` where the string ends"),
        );
        let cooked = self.cooked.values.len();
        if let Some(below) = self.raw_close_below(hashes) {
            self.cooked.values.push_str(&self.text[opened + 1..below]);
            self.pos = below + 1 + hashes;
            return self.cooked_word(start, cooked);
        }
        self.stop_at_line_end(opened + 1, cooked, start)
    }

    /// Goes past the quote and `hashes` hashes that close a raw string on this line; stays at the line's end otherwise.
    fn raw_close(&mut self, hashes: usize) -> bool {
        while !self.at_end() {
            let byte = self.peek();
            if byte == b'"' && self.hashes_at(self.pos + 1) >= hashes {
                self.pos += 1 + hashes;
                return true;
            }
            if !is(byte, STRING_STOP) || matches!(byte, b'"' | b'\\') {
                self.pos += 1;
                continue;
            }
            match self.classify(self.pos) {
                (NEWLINE, _) => return false,
                (FORBIDDEN, _) => self.skip_forbidden(),
                (_, len) => self.pos += len,
            }
        }
        false
    }

    pub fn hashes_at(&self, at: usize) -> usize {
        self.bytes[at.min(self.bytes.len())..].iter().take_while(|&&byte| byte == b'#').count()
    }

    /// `r"…"` and `r#"…"#` of KDL 1; `r` is at `start`, the quote or hash after it is here.
    pub fn raw_of_version_1(&mut self, start: usize) -> Word {
        let hashes = self.hashes_at(self.pos);
        let text = self.pos + hashes + 1;
        self.pos = text;
        let close = format!("\"{}", "#".repeat(hashes));
        let found = self.text[text..].find(&close);
        let end = found.map_or(self.bytes.len(), |at| text + at);
        let cooked = self.cooked.values.len();
        self.cooked.values.push_str(&self.text[text..end]);
        self.pos = found.map_or(end, |_| end + close.len());
        self.swallowed |= found.is_none();
        let marks = "#".repeat(hashes.clamp(1, 5));
        let value = &self.text[text..end];
        let written = match value.len() <= 40 && hashes <= 4 && !value.contains(['\n', '\r']) {
            true => format!("write `{marks}\"{value}\"{marks}`"),
            false => format!("write `{marks}\"…\"{marks}`"),
        };
        let finding = Finding::new(VERSION_1, "a raw string is written as in KDL 1")
            .label(self.faults.span(start, self.pos), "`r` and a quote")
            .help(written);
        self.faults.push(finding);
        self.cooked_word(start, cooked)
    }
}
