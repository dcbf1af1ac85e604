//! Arguments and properties, with their type annotations.

use super::document::{EntryRecord, Form, NONE, Word};
use super::faults::clip;
use super::parser::Parser;

impl Parser<'_> {
    /// Reads the entry here, and the space after it. `dropped` when it is slashdashed. Whether there was space after it.
    pub(super) fn entry(&mut self, dropped: bool) -> bool {
        let types = self.document.types.len();
        let typed = self.lexer.peek() == b'(';
        if typed && !self.annotation() {
            self.lexer.skip_space();
            return true;
        }
        let Some(word) = self.lexer.value() else {
            self.no_value(typed);
            self.document.types.truncate(types);
            self.lexer.skip_space();
            return true;
        };
        let spaced = self.lexer.skip_space();
        if self.lexer.peek() == b'=' {
            let faults = self.lexer.faults.found.len();
            let name = self.property_name(word, typed);
            self.document.types.truncate(types);
            self.property(name, dropped, faults);
            return self.lexer.skip_space() || self.lexer.faults.found.len() > faults;
        }
        self.keep((NONE, NONE, Form::Bare), word, typed, dropped);
        spaced
    }

    /// The word before `=`, which must be a string without a type annotation.
    fn property_name(&mut self, word: Word, typed: bool) -> Word {
        if typed {
            let open = self.document.types.last().map_or(word.start, |record| record.open) as usize;
            let name = clip(&self.lexer.text[word.start as usize..word.end as usize]);
            let ty = clip(&self.lexer.text[open..word.start as usize]);
            let help = format!("write it after `=`: `{name}={}…`", ty.trim());
            self.lexer.faults.tell(
                (open, word.start as usize),
                format!("the name of property `{name}` has a type annotation"),
                "only a value has a type",
                help,
            );
        }
        match word.is_string() {
            true => word,
            false => self.lexer.not_a_name(word, "a property"),
        }
    }

    /// Reads `=` and the value of a property; `faults` is how many were told before its name.
    fn property(&mut self, name: Word, dropped: bool, faults: usize) {
        let equals = self.lexer.pos;
        self.lexer.pos += 1;
        let apart = self.lexer.skip_space();
        let Some(dropped) = self.misplaced_slashdash(dropped) else { return };
        let typed = self.lexer.peek() == b'(';
        if typed && !self.annotation() {
            return;
        }
        if self.lexer.peek() == b'=' {
            let end = self.lexer.pos + 1;
            let (message, help) = ("a second `=` stands before the value", "write one `=`");
            self.lexer.faults.tell((equals, end), message, "twice", help);
            self.lexer.pos = end;
            self.lexer.skip_space();
        }
        match self.lexer.value() {
            Some(word) if self.is_next_property(word, apart || typed) => {
                self.lexer.pos = word.start as usize;
                match typed {
                    true => self.no_value(typed),
                    false => self.no_property_value(name, equals, faults),
                }
                self.document.types.truncate(self.document.types.len() - usize::from(typed));
                return;
            }
            Some(word) => self.keep((name.start, name.end, name.form), word, typed, dropped),
            None if typed => self.no_value(typed),
            None => self.no_property_value(name, equals, faults),
        }
        self.second_equals();
    }

    /// `key=/-value`: takes it as if the whole property were slashdashed; `None` when nothing follows.
    fn misplaced_slashdash(&mut self, dropped: bool) -> Option<bool> {
        if !self.at_slashdash() {
            return Some(dropped);
        }
        let start = self.lexer.pos;
        self.lexer.pos += 2;
        self.lexer.faults.tell(
            (start, start + 2),
            "`/-` stands before the value of a property",
            "only the whole property can be commented out",
            "move `/-` before the name of the property",
        );
        self.lexer.skip_space();
        if self.lexer.at_line_end() { None } else { Some(true) }
    }

    /// Whether what was read as a value, and not right after `=`, is the name of the next property: `a= b=1`.
    fn is_next_property(&self, word: Word, apart: bool) -> bool {
        apart && self.lexer.peek() == b'=' && matches!(word.form, Form::Bare | Form::Quoted)
    }

    /// Tells a property without a value, unless its name is at fault already.
    fn no_property_value(&mut self, name: Word, equals: usize, faults: usize) {
        if self.lexer.faults.found.len() > faults {
            return;
        }
        let name = clip(&self.lexer.text[name.start as usize..name.end as usize]);
        let help = match self.lexer.peek() {
            b'{' => format!("write the value of `{name}` after `=`, or children without `=`"),
            _ => format!("write the value of `{name}` after `=`"),
        };
        let message = format!("property `{name}` has no value");
        self.lexer.faults.tell((equals, equals + 1), message, "a value must follow", help);
    }

    /// `a=b=c`: the value must be quoted.
    fn second_equals(&mut self) {
        if self.lexer.peek() != b'=' {
            return;
        }
        let start = self.lexer.pos;
        self.lexer.pos += 1;
        while self.lexer.peek() == b'=' || self.lexer.at_word() {
            self.lexer.pos += self.lexer.classify(self.lexer.pos).1;
        }
        self.lexer.faults.tell(
            (start, self.lexer.pos),
            "a second `=` follows the value of a property",
            "not part of the value",
            "quote the whole value, or put a space before the next property",
        );
    }

    fn keep(&mut self, name: (u32, u32, Form), value: Word, typed: bool, dropped: bool) {
        let value = match value.form {
            Form::Reserved => self.lexer.reserved_value(value),
            _ => value,
        };
        if dropped {
            self.document.types.truncate(self.document.types.len() - usize::from(typed));
            return;
        }
        self.own_annotation(value, typed);
        let (name_start, name_end, name_form) = name;
        self.document.entries.push(EntryRecord {
            name_start,
            name_end,
            value_start: value.start,
            value_end: value.end,
            name_form,
            value_form: value.form,
            typed,
        });
        self.end = value.end;
    }
}
