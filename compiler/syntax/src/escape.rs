//! Escapes in quoted strings.

use super::class::{NEWLINE, SPACE};
use super::lexer::Lexer;

/// What an escape with one letter stands for.
fn letter(byte: u8) -> Option<char> {
    Some(match byte {
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'\\' => '\\',
        b'"' => '"',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b's' => ' ',
        _ => return None,
    })
}

impl Lexer<'_> {
    /// Reads the escape here into the cooked text.
    pub fn escape(&mut self) {
        let start = self.pos;
        let next = self.peek_at(1);
        if let Some(char) = letter(next) {
            self.pos += 2;
            self.cooked.values.push(char);
        } else if next == b'u' {
            self.unicode_escape();
        } else if let Some(end) = self.blank_escape_end(start) {
            self.pos = end;
        } else {
            self.unknown_escape();
        }
    }

    /// The end of the whitespace that the `\` at `start` removes, if it is followed by any.
    pub fn blank_escape_end(&self, start: usize) -> Option<usize> {
        let mut end = start + 1;
        while let (SPACE | NEWLINE, len) = self.classify(end) {
            end += len;
        }
        (end > start + 1).then_some(end)
    }

    fn unknown_escape(&mut self) {
        let start = self.pos;
        let Some(char) = self.text[start + 1..].chars().next() else {
            // The end of the text; the open string is the fault.
            self.pos += 1;
            return;
        };
        self.pos += 1 + char.len_utf8();
        let help = match char {
            '/' => "write `/` alone".to_string(),
            '\'' => "write `'` alone".to_string(),
            '0' | 'x' => "write the code point as `\\u{…}`".to_string(),
            _ => format!("write `\\\\{char}` for a backslash, or the string as `#\"…\"#`"),
        };
        self.faults.tell((start, self.pos), format!("`\\{char}` is not an escape"), "in this string", help);
        self.cooked.values.push(char);
    }

    fn unicode_escape(&mut self) {
        let start = self.pos;
        self.pos += 2;
        let open = self.peek() == b'{';
        self.pos += usize::from(open);
        let digits = self.pos;
        while self.peek().is_ascii_hexdigit() {
            self.pos += 1;
        }
        let digits = &self.text[digits..self.pos];
        let closed = open && self.peek() == b'}';
        self.pos += usize::from(closed);
        let code = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() <= 6);
        if let (true, Some(char)) = (closed, code.and_then(char::from_u32)) {
            return self.cooked.values.push(char);
        }
        let help = match (closed, code) {
            (true, Some(_)) => "write a Unicode scalar value: up to 10ffff, but not d800 to dfff",
            _ => "write one to six hexadecimal digits between braces, such as `\\u{e9}`",
        };
        let written = &self.text[start..self.pos];
        let message = format!("`{written}` names no code point");
        self.faults.tell((start, self.pos), message, "this escape", help);
    }
}
