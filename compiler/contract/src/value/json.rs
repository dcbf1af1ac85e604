//! JSON (RFC 8259) with places. What test data and hand-written files add to it is read too: comments, trailing
//! commas, a byte order mark.

use super::fault::Faults;
use super::{DEEPEST, Data, Entry, Value, keys, string};
use bastide_report::finding::Report;
use bastide_report::source::{FileId, Span};
use std::borrow::Cow;

/// Reads a JSON text. Faults that leave a tree (a key twice, half a surrogate pair) are reported and read over; at any
/// other the reading ends.
pub fn read<'a>(file: FileId, text: &'a str, report: &mut Report) -> Option<Value<'a>> {
    let faults = Faults::new(file, report);
    let mut reader = Reader { text, at: 0, faults, entries: vec![], items: vec![] };
    if text.starts_with('\u{feff}') {
        reader.at = '\u{feff}'.len_utf8();
    }
    reader.gap()?;
    let value = reader.value(0)?;
    reader.gap()?;
    if reader.at < text.len() {
        return reader.broken("text after the end", "delete it; a file holds one value");
    }
    Some(value)
}

/// Entries and items wait on a stack of their own until their map or list ends, so that each gets a vector of just its
/// length: large specs are mostly maps of one to four entries.
struct Reader<'a, 'r> {
    text: &'a str,
    at: usize,
    faults: Faults<'r>,
    entries: Vec<Entry<'a>>,
    items: Vec<Value<'a>>,
}

impl<'a> Reader<'a, '_> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn span(&self, start: usize) -> Span {
        Span::new(self.faults.file, start, self.at)
    }

    fn value(&mut self, depth: usize) -> Option<Value<'a>> {
        let start = self.at;
        let data = match self.peek() {
            Some(b'{' | b'[') if depth == DEEPEST => return self.faults.deep(start),
            Some(b'{') => self.map(depth)?,
            Some(b'[') => self.list(depth)?,
            Some(b'"') => Data::Text(self.string()?),
            Some(b'-' | b'0'..=b'9') => Data::Number(Cow::Borrowed(self.number()?)),
            _ => self.word()?,
        };
        Some(Value { span: self.span(start), data })
    }

    fn map(&mut self, depth: usize) -> Option<Data<'a>> {
        let (open, first) = (self.at, self.entries.len());
        self.at += 1;
        loop {
            self.gap()?;
            let start = self.at;
            match self.peek() {
                Some(b'"') => {}
                Some(b'}') => break,
                None => return self.unclosed(open, "{"),
                _ => return self.broken("a key in quotes is missing here", "write `\"key\": value`"),
            }
            let key = self.string()?;
            let at = self.span(start);
            self.gap()?;
            if self.peek() != Some(b':') {
                return self.broken("`:` is missing here", "write `\"key\": value`");
            }
            self.at += 1;
            self.gap()?;
            let value = self.value(depth + 1)?;
            self.entries.push(Entry { key, at, value });
            if !self.more(b'}')? {
                break;
            }
        }
        self.at += 1;
        keys::unique(&self.entries[first..], &mut self.faults)?;
        Some(Data::Map(self.entries.drain(first..).collect()))
    }

    fn list(&mut self, depth: usize) -> Option<Data<'a>> {
        let (open, first) = (self.at, self.items.len());
        self.at += 1;
        loop {
            self.gap()?;
            match self.peek() {
                Some(b']') => break,
                None => return self.unclosed(open, "["),
                _ => {}
            }
            let value = self.value(depth + 1)?;
            self.items.push(value);
            if !self.more(b']')? {
                break;
            }
        }
        self.at += 1;
        Some(Data::List(self.items.drain(first..).collect()))
    }

    /// Whether a comma follows rather than the end.
    fn more(&mut self, end: u8) -> Option<bool> {
        self.gap()?;
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                Some(true)
            }
            Some(byte) if byte == end => Some(false),
            _ => {
                let end = char::from(end);
                self.broken(&format!("`,` or `{end}` is missing here"), "close it or go on")
            }
        }
    }

    /// Passes white space and comments.
    fn gap(&mut self) -> Option<()> {
        loop {
            match self.peek() {
                Some(b' ' | b'\n' | b'\r' | b'\t') => self.at += 1,
                Some(b'/') => self.comment()?,
                _ => return Some(()),
            }
        }
    }

    fn comment(&mut self) -> Option<()> {
        let rest = &self.text.as_bytes()[self.at..];
        let end = match rest.get(1) {
            Some(b'/') => Some(memchr::memchr(b'\n', rest).unwrap_or(rest.len())),
            Some(b'*') => memchr::memmem::find(&rest[2..], b"*/").map(|at| at + 4),
            _ => return self.broken("`/` begins nothing", "delete it"),
        };
        match end {
            Some(end) => self.at += end,
            None => return self.unclosed(self.at, "/*"),
        }
        Some(())
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        let start = self.at;
        let end = string::end(self.text, start);
        self.at = end.unwrap_or(self.text.len());
        match end {
            Some(end) => Some(string::plain(&self.text[start + 1..end - 1], start + 1, &mut self.faults)?),
            None => self.unclosed(start, "\""),
        }
    }

    fn number(&mut self) -> Option<&'a str> {
        let (start, bytes) = (self.at, self.text.as_bytes());
        let part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        self.at += bytes[start..].iter().take_while(|byte| part(byte)).count();
        let text = &self.text[start..self.at];
        if !super::number::is_json(text) {
            self.at = start;
            return self
                .broken(&format!("`{text}` is not a number"), "write it as JSON does: `-12`, `0.5`, `1e6`");
        }
        Some(text)
    }

    fn word(&mut self) -> Option<Data<'a>> {
        let rest = &self.text[self.at..];
        let words = [("true", Data::Bool(true)), ("false", Data::Bool(false)), ("null", Data::Null)];
        match words.into_iter().find(|(word, _)| rest.starts_with(word)) {
            Some((word, data)) => {
                self.at += word.len();
                Some(data)
            }
            None if rest.is_empty() => self.broken("the text ends where a value should be", "write the rest"),
            None => {
                self.broken("this is no JSON", "write a value: a text in quotes, a number, a list or a map")
            }
        }
    }

    fn broken<T>(&mut self, message: &str, help: &str) -> Option<T> {
        let width = self.text[self.at..].chars().next().map_or(0, char::len_utf8);
        self.faults.end(Span::new(self.faults.file, self.at, self.at + width), message, help)
    }

    fn unclosed<T>(&mut self, open: usize, what: &str) -> Option<T> {
        let span = Span::new(self.faults.file, open, open + what.len());
        self.faults.end(span, &format!("`{what}` is never closed"), "close it; the file may be cut off")
    }
}
