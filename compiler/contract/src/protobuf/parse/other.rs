//! Enums and services.

use super::super::lexer::Kind;
use super::super::tree::{End, Enum, EnumValue, File, Method, Service};
use super::Parser;
use std::rc::Rc;

impl<'a> Parser<'a, '_> {
    /// `enum NAME { … }`, from the word `enum`.
    pub(super) fn enumeration(&mut self, file: &mut File<'a>, parent: Option<usize>) -> Option<()> {
        let (first, start) = (self.at, self.here());
        self.step();
        let name = self.name()?;
        let mut made =
            Enum { at: start.to(name.at), name, parent, docs: [self.before(first), ""], ..Enum::default() };
        self.block(|parser| {
            if let Some(behind) = parser.opened() {
                made.docs[1] = behind;
            }
            parser.enum_member(&mut made)
        })?;
        file.enums.push(made);
        Some(())
    }

    fn enum_member(&mut self, made: &mut Enum<'a>) -> Option<()> {
        if self.eat(b';') {
            return Some(());
        }
        let value = self.ahead(1).kind == Kind::Sign(b'=');
        match self.word() {
            "option" if !value => self.option(&mut made.options),
            "reserved" if !value => {
                let read = self.reserved(i64::from(i32::MAX))?;
                made.reserved.merge(read);
                Some(())
            }
            _ => {
                let first = self.at;
                let name = self.name()?;
                self.expect(b'=')?;
                let (number, _) = self.number()?;
                let mut options = vec![];
                self.inline_options(&mut options)?;
                self.expect(b';')?;
                made.values.push(EnumValue { name, number, options, docs: self.docs(first) });
                Some(())
            }
        }
    }

    /// `service NAME { … }`, from the word `service`.
    pub(super) fn service(&mut self, file: &mut File<'a>) -> Option<()> {
        let (first, start) = (self.at, self.here());
        self.step();
        let name = self.name()?;
        let mut made =
            Service { at: start.to(name.at), name, docs: [self.before(first), ""], ..Service::default() };
        self.block(|parser| {
            if let Some(behind) = parser.opened() {
                made.docs[1] = behind;
            }
            match parser.word() {
                "option" => parser.option(&mut made.options),
                "rpc" => {
                    let method = parser.method()?;
                    made.methods.push(method);
                    Some(())
                }
                _ if parser.eat(b';') => Some(()),
                _ => parser.fault("`rpc`"),
            }
        })?;
        file.services.push(made);
        Some(())
    }

    fn method(&mut self) -> Option<Method<'a>> {
        let (first, start) = (self.at, self.here());
        self.step();
        let name = self.name()?;
        let request = self.end()?;
        if !self.eat_word("returns") {
            return self.fault("`returns`");
        }
        let response = self.end()?;
        let at = self.since(start);
        let mut options = vec![];
        if self.is(b'{') {
            self.block(|parser| match parser.word() {
                "option" => parser.option(&mut options),
                _ if parser.eat(b';') => Some(()),
                _ => parser.fault("`option`"),
            })?;
        } else {
            self.expect(b';')?;
        }
        Some(Method { name, at, request, response, options, docs: self.docs(first) })
    }

    fn end(&mut self) -> Option<End<'a>> {
        self.expect(b'(')?;
        let named = matches!(self.ahead(1).kind, Kind::Word | Kind::Sign(b'.'));
        let stream = named && self.ahead(1).start > self.token().end && self.eat_word("stream");
        let written = self.path()?;
        self.expect(b')')?;
        Some(End { written, full: Rc::from(""), stream })
    }
}
