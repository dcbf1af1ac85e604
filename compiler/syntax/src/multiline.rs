//! Strings over several lines: the indentation of the closing line is taken from every other line.

use super::class::{FORBIDDEN, SUSPECT, is, is_blank, newline_len};
use super::document::Word;
use super::faults::SYNTAX;
use super::lexer::Lexer;
use bastide_report::finding::Finding;

/// Lines of a string as pieces of the text: whitespace escapes part the pieces, and join lines.
struct Lines {
    pieces: Vec<(usize, usize)>,
    /// Index of the first piece of each line.
    starts: Vec<usize>,
}

impl Lines {
    fn line(&self, index: usize) -> &[(usize, usize)] {
        let end = self.starts.get(index + 1).copied().unwrap_or(self.pieces.len());
        &self.pieces[self.starts[index]..end]
    }
}

impl Lexer<'_> {
    /// The string over several lines whose `"""` is here; it starts with `hashes` hashes at `start`.
    pub fn multi_line(&mut self, start: usize, hashes: usize) -> Word {
        let body = start + hashes + 3;
        let cooked = self.cooked.values.len();
        let Some(end) = self.find_close(body, hashes) else {
            return self.open_multi_line(start, body, cooked);
        };
        let first = newline_len(&self.text[body..end]);
        let lines = self.lines(body + first, end, hashes > 0);
        let last = lines.line(lines.starts.len() - 1);
        let prefix: String = last.iter().map(|&(from, to)| &self.text[from..to]).collect();
        if first > 0 && !is_blank(&prefix) && self.opens_another(start, end) {
            return self.open_multi_line(start, body, cooked);
        }
        self.tell_forbidden(body, end);
        let close = end + 3 + hashes;
        if first == 0 {
            self.tell_text_after_quotes(start, body, end);
            self.cooked.values.push_str(&self.text[body..end]);
        } else if !is_blank(&prefix) {
            self.tell_text_before_quotes(end, close);
            self.cooked.values.push_str(&self.text[body..end]);
        } else {
            self.dedent(&lines, &prefix, (end, close), hashes > 0);
        }
        self.pos = close;
        self.cooked_word(start, cooked)
    }

    /// Place of the closing `"""` with its hashes.
    fn find_close(&self, body: usize, hashes: usize) -> Option<usize> {
        let mut at = body;
        loop {
            at += match hashes {
                0 => memchr::memchr2(b'"', b'\\', &self.bytes[at..])?,
                _ => memchr::memchr(b'"', &self.bytes[at..])?,
            };
            if self.bytes[at] == b'\\' {
                at = (at + 2).min(self.bytes.len());
            } else if self.bytes[at..].starts_with(b"\"\"\"") && self.hashes_at(at + 3) >= hashes {
                return Some(at);
            } else {
                at += 1;
            }
        }
    }

    fn tell_forbidden(&mut self, from: usize, to: usize) {
        self.pos = from;
        while self.pos < to {
            if !is(self.peek(), SUSPECT) {
                self.pos += 1;
                continue;
            }
            match self.classify(self.pos) {
                (FORBIDDEN, _) => self.skip_forbidden(),
                (_, len) => self.pos += len,
            }
        }
    }

    /// Cuts the text from `from` to the closing quotes into lines.
    fn lines(&self, from: usize, end: usize, raw: bool) -> Lines {
        let mut lines = Lines { pieces: vec![], starts: vec![0] };
        let (mut at, mut piece) = (from, from);
        while at < end {
            let byte = self.bytes[at];
            if byte == b'\\' && !raw {
                let after = self.blank_escape_end(at);
                if let Some(after) = after {
                    lines.pieces.push((piece, at));
                    at = after.min(end);
                    piece = at;
                } else {
                    at = (at + 2).min(end);
                }
                continue;
            }
            let newline = if is(byte, SUSPECT) { newline_len(&self.text[at..end]) } else { 0 };
            if newline > 0 {
                lines.pieces.push((piece, at));
                lines.starts.push(lines.pieces.len());
                piece = at + newline;
            }
            at += newline.max(1);
            while !self.text.is_char_boundary(at) {
                at += 1;
            }
        }
        lines.pieces.push((piece.min(end), end));
        lines
    }

    /// Writes the lines without the indentation of the last one.
    fn dedent(&mut self, lines: &Lines, prefix: &str, close: (usize, usize), raw: bool) {
        let last = lines.starts.len() - 1;
        let mut shallow = vec![];
        for index in 0..last {
            if index > 0 {
                self.cooked.values.push('\n');
            }
            let line = lines.line(index);
            if line.iter().all(|&(from, to)| is_blank(&self.text[from..to])) {
                continue;
            }
            let mut rest = prefix;
            let mut agrees = true;
            for &(from, to) in line {
                let after = if agrees { self.take_prefix(&mut rest, from, to) } else { from };
                // A piece that ends early leaves the prefix to the next one; one that differs ends the agreement.
                agrees &= after == to || rest.is_empty();
                self.write_piece(after, to, raw);
            }
            if !rest.is_empty() {
                shallow.push(line[0].0);
            }
        }
        if !shallow.is_empty() {
            self.tell_shallow(&shallow, close);
        }
    }

    /// Takes what is left of the prefix from the piece, as far as they agree; the place after it.
    fn take_prefix(&self, rest: &mut &str, from: usize, to: usize) -> usize {
        let mut at = from;
        for char in self.text[from..to].chars() {
            if !rest.starts_with(char) {
                break;
            }
            *rest = &rest[char.len_utf8()..];
            at += char.len_utf8();
        }
        at
    }

    fn write_piece(&mut self, from: usize, to: usize, raw: bool) {
        if raw {
            return self.cooked.values.push_str(&self.text[from..to]);
        }
        let mut flushed = from;
        while let Some(found) = memchr::memchr(b'\\', &self.bytes[flushed..to]) {
            self.cooked.values.push_str(&self.text[flushed..flushed + found]);
            self.pos = flushed + found;
            self.escape();
            flushed = self.pos.min(to);
        }
        self.cooked.values.push_str(&self.text[flushed..to]);
    }

    fn tell_shallow(&mut self, lines: &[usize], (end, close): (usize, usize)) {
        const SHOWN: usize = 8;
        let mut finding =
            Finding::new(SYNTAX, "a line of a string is indented less than its closing `\"\"\"`");
        for &line in lines.iter().take(SHOWN) {
            let text = &self.text[line..end];
            let blank: usize = text
                .chars()
                .take_while(|&char| is_blank(char.encode_utf8(&mut [0; 4])))
                .map(char::len_utf8)
                .sum();
            finding = finding.label(self.faults.span(line, line + blank), "this indentation");
        }
        let finding = finding.label(self.faults.span(end, close), "sets the indentation of all lines").help(
            "indent the line with the same spaces and tabs as the closing `\"\"\"`, or indent that one less",
        );
        self.faults.push(finding);
    }

    fn tell_text_before_quotes(&mut self, end: usize, close: usize) {
        self.faults.tell(
            (end, close),
            "text stands before the closing `\"\"\"`",
            "must be alone on its line",
            "move `\"\"\"` to a line of its own",
        );
    }

    fn tell_text_after_quotes(&mut self, start: usize, body: usize, end: usize) {
        let one_line = !self.text[body..end].contains(['\n', '\r']);
        let marks = &self.text[start..body - 3];
        let text = &self.text[body..end];
        let help = match one_line && text.len() <= 40 && !text.contains('"') {
            true => format!("write `{marks}\"{text}\"{marks}`, or start the text on a new line"),
            false => "start the text on a new line after `\"\"\"`".to_string(),
        };
        self.faults.tell(
            (start, body),
            "text stands on the line of the opening `\"\"\"`",
            "opened here",
            help,
        );
    }
}
