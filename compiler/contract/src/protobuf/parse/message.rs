//! Messages, extensions, oneofs, reserved numbers.

use super::super::lexer::Kind;
use super::super::tree::{Docs, File, Message, Name, Range, Reserved};
use super::Parser;
use std::rc::Rc;

/// The greatest number of a field.
pub(super) const GREATEST_FIELD: i64 = 536_870_911;

impl<'a> Parser<'a, '_> {
    /// `message NAME { … }`, from the word `message`.
    pub(super) fn message(&mut self, file: &mut File<'a>, parent: Option<usize>) -> Option<()> {
        let (first, start) = (self.at, self.here());
        self.step();
        let name = self.name()?;
        let at = name.at;
        let docs = [self.before(first), ""];
        let index = add(file, name, parent, docs);
        self.message_body(file, index)?;
        file.messages[index].at = start.to(at);
        Some(())
    }

    pub(super) fn message_body(&mut self, file: &mut File<'a>, index: usize) -> Option<()> {
        self.block(|parser| {
            let behind = parser.opened();
            if let Some(behind) = behind {
                file.messages[index].docs[1] = behind;
            }
            parser.member(file, index)
        })
    }

    /// The comment behind the `{` just read, if that was the token before.
    pub(super) fn opened(&self) -> Option<&'a str> {
        let previous = self.at.checked_sub(1)?;
        (self.tokens.tokens[previous].kind == Kind::Sign(b'{')).then(|| self.behind())
    }

    fn member(&mut self, file: &mut File<'a>, index: usize) -> Option<()> {
        if self.eat(b';') {
            return Some(());
        }
        if matches!(self.word(), "export" | "local") && matches!(self.word_ahead(1), "message" | "enum") {
            self.step();
        }
        // A keyword with a dot behind it is the name of a type.
        let keyword = if self.ahead(1).kind == Kind::Sign(b'.') { "" } else { self.word() };
        match keyword {
            "message" => self.message(file, Some(index)),
            "enum" => self.enumeration(file, Some(index)),
            "extend" => self.extend(file, Some(index)),
            "option" => self.option(&mut file.messages[index].options),
            "oneof" => self.oneof(file, index),
            "reserved" => {
                let read = self.reserved(GREATEST_FIELD)?;
                file.messages[index].reserved.merge(read);
                Some(())
            }
            "extensions" => self.extensions(file, index),
            _ => {
                let field = self.field(file, Some(index))?;
                file.messages[index].fields.push(field);
                Some(())
            }
        }
    }

    fn oneof(&mut self, file: &mut File<'a>, index: usize) -> Option<()> {
        let first = self.at;
        self.step();
        let name = self.name()?;
        let docs = self.before(first);
        let oneof = file.messages[index].oneofs.len();
        file.messages[index].oneofs.push((name, [docs, ""]));
        self.block(|parser| {
            if parser.eat(b';') {
                return Some(());
            }
            if parser.word() == "option" && parser.ahead(1).kind != Kind::Sign(b'.') {
                return parser.option(&mut vec![]);
            }
            let mut field = parser.field(file, Some(index))?;
            field.oneof = Some(oneof);
            file.messages[index].fields.push(field);
            Some(())
        })
    }

    /// `extend MESSAGE { … }`, from the word `extend`.
    pub(super) fn extend(&mut self, file: &mut File<'a>, scope: Option<usize>) -> Option<()> {
        self.step();
        let extendee = self.path()?;
        self.block(|parser| {
            if parser.eat(b';') {
                return Some(());
            }
            let mut field = parser.field(file, scope)?;
            field.extendee = Some((extendee.clone(), Rc::from("")));
            field.scope = scope;
            file.extensions.push(field);
            Some(())
        })
    }

    fn extensions(&mut self, file: &mut File<'a>, index: usize) -> Option<()> {
        self.step();
        loop {
            let range = self.range(GREATEST_FIELD)?;
            file.messages[index].extensions.push(range);
            if !self.eat(b',') {
                break;
            }
        }
        self.inline_options(&mut vec![])?;
        self.expect(b';')
    }

    /// `reserved …;`, from the word `reserved`.
    pub(super) fn reserved(&mut self, greatest: i64) -> Option<Reserved<'a>> {
        self.step();
        let mut out = Reserved::default();
        loop {
            match self.token().kind {
                Kind::Text => {
                    let at = self.here();
                    let text = String::from_utf8_lossy(&self.bytes()?).into_owned().into();
                    out.add_name(Name { text, at: self.since(at) });
                }
                Kind::Word => out.add_name(self.name()?),
                _ => out.add_range(self.range(greatest)?),
            }
            if !self.eat(b',') {
                break;
            }
        }
        self.expect(b';')?;
        Some(out)
    }

    fn range(&mut self, greatest: i64) -> Option<Range> {
        let (first, _) = self.number()?;
        let mut last = first;
        if self.eat_word("to") {
            last = if self.eat_word("max") { greatest } else { self.number()?.0 };
        }
        if last < first {
            return self.fault("a range from less to more");
        }
        Some(Range { first, last })
    }
}

/// A new message without members; its index.
pub(super) fn add<'a>(file: &mut File<'a>, name: Name<'a>, parent: Option<usize>, docs: Docs<'a>) -> usize {
    let at = name.at;
    file.messages.push(Message { name, at, parent, docs, ..Message::default() });
    file.messages.len() - 1
}
