//! Type annotations.

use super::document::{Form, TypeRecord, Word};
use super::parser::Parser;

impl Parser<'_> {
    /// Reads `(type)` and the space after it; the annotation belongs to what comes next. Whether something can follow.
    pub(super) fn annotation(&mut self) -> bool {
        let open = self.lexer.pos;
        self.lexer.pos += 1;
        self.lexer.skip_space();
        if self.at_slashdash() {
            self.lexer.faults.tell(
                (self.lexer.pos, self.lexer.pos + 2),
                "`/-` stands inside a type annotation",
                "comments out nothing",
                "move `/-` before the `(`, or remove it",
            );
            self.lexer.pos += 2;
        }
        let before = self.lexer.faults.found.len();
        let mut name = self.lexer.value();
        if let Some(word) = name.filter(|word| !word.is_string()) {
            name = Some(self.lexer.not_a_name(word, "a type"));
        }
        self.lexer.skip_space();
        if !self.close_annotation(open, name, before) {
            return false;
        }
        self.lexer.skip_space();
        let owner = self.lexer.pos as u32;
        let empty = Word { start: open as u32 + 1, end: open as u32 + 1, form: Form::Bare };
        self.document.types.push(TypeRecord { owner, open: open as u32, name: name.unwrap_or(empty) });
        true
    }

    /// Makes a word the owner of the last annotation: a fault between the two may have moved the word.
    pub(super) fn own_annotation(&mut self, word: Word, typed: bool) {
        if let Some(record) = self.document.types.last_mut().filter(|_| typed) {
            record.owner = word.start;
        }
    }

    /// Goes past the `)`; tells an annotation that is empty or not closed.
    fn close_annotation(&mut self, open: usize, name: Option<Word>, before: usize) -> bool {
        if self.lexer.peek() == b')' {
            self.lexer.pos += 1;
            if name.is_none() && self.lexer.faults.found.len() == before {
                let place = (open, self.lexer.pos);
                let help = "write a type between the parentheses, or remove them";
                self.lexer.faults.tell(place, "a type annotation is empty", "no type here", help);
            }
            return true;
        }
        if self.lexer.faults.found.len() == before {
            self.lexer.faults.tell(
                (open, open + 1),
                "a type annotation is never closed",
                "opened here",
                "write `)` after one type, or quote the text if it is no type",
            );
        }
        // What stands up to a parenthesis on this line belongs to the annotation.
        const FAR: usize = 256;
        let start = self.lexer.pos;
        let near = &self.lexer.bytes[start..self.lexer.bytes.len().min(start + FAR)];
        if let Some(close) = memchr::memchr3(b')', b'\n', b'\r', near).filter(|&at| near[at] == b')') {
            self.lexer.pos += close + 1;
        } else if self.lexer.faults.found.len() == before + 1 {
            self.lexer.pos = open + 1;
        }
        false
    }

    /// Tells what stands where a value must, and goes past it.
    pub(super) fn no_value(&mut self, typed: bool) {
        let start = self.lexer.pos;
        if !typed {
            return self.unexpected();
        }
        if self.at_slashdash() {
            self.lexer.pos += 2;
            self.lexer.faults.tell(
                (start, start + 2),
                "`/-` stands between a type annotation and its value",
                "comments out nothing",
                "move `/-` before the `(`",
            );
            self.lexer.skip_space();
            self.lexer.value();
            return;
        }
        let open = self.document.types.last().map_or(start, |record| record.open as usize);
        let help = "write the value after `)`, or quote the text if it is no type";
        self.lexer.faults.tell(
            (open, start),
            "a type annotation has no value",
            "what it describes must follow",
            help,
        );
    }
}
