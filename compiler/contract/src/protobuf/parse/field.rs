//! Fields, maps and groups.

use super::super::lexer::Kind;
use super::super::tree::{Field, File, Label, Name};
use super::Parser;
use super::message::add;
use bastide_report::source::Span;
use std::borrow::Cow;

impl<'a> Parser<'a, '_> {
    /// `optional string email = 3 [ … ];`, a map or a group. `scope` is the message it stands in.
    pub(super) fn field(&mut self, file: &mut File<'a>, scope: Option<usize>) -> Option<Field<'a>> {
        let (first, start) = (self.at, self.here());
        let label = self.label();
        let group = self.word() == "group"
            && self.ahead(1).kind == Kind::Word
            && self.ahead(2).kind == Kind::Sign(b'=')
            && self.word_ahead(1).starts_with(|letter: char| letter.is_ascii_uppercase());
        if group {
            return self.group(file, scope, label, first);
        }
        if self.word() == "map" && self.ahead(1).kind == Kind::Sign(b'<') {
            let Some(scope) = scope else { return self.fault("a field that is no map") };
            return self.map(file, scope, first);
        }
        let written = self.path()?;
        let name = self.name()?;
        let mut field = self.numbered(name, written, start)?;
        field.label = label;
        self.expect(b';')?;
        field.docs = self.docs(first);
        Some(field)
    }

    fn label(&mut self) -> Option<Label> {
        // `optional.Thing x = 1;` names a type.
        if self.ahead(1).kind == Kind::Sign(b'.') && self.ahead(1).start == self.token().end {
            return None;
        }
        let label = match self.word() {
            "optional" => Label::Optional,
            "required" => Label::Required,
            "repeated" => Label::Repeated,
            _ => return None,
        };
        self.step();
        Some(label)
    }

    /// `= 3 [ … ]`
    fn numbered(&mut self, name: Name<'a>, written: Name<'a>, start: Span) -> Option<Field<'a>> {
        self.expect(b'=')?;
        let (number, number_at) = self.number()?;
        let mut options = vec![];
        self.inline_options(&mut options)?;
        let at = self.since(start);
        Some(Field { name, number, number_at, written, options, at, ..Field::default() })
    }

    fn group(
        &mut self,
        file: &mut File<'a>,
        scope: Option<usize>,
        label: Option<Label>,
        first: usize,
    ) -> Option<Field<'a>> {
        let start = self.here();
        self.step();
        let name = self.name()?;
        let lower = Name { text: Cow::Owned(name.text.to_ascii_lowercase()), at: name.at };
        let docs = self.before(first);
        let index = add(file, name.clone(), scope, [docs, ""]);
        let mut field = self.numbered(lower, name, start)?;
        self.message_body(file, index)?;
        field.label = label;
        field.group = true;
        field.docs = [docs, ""];
        Some(field)
    }

    fn map(&mut self, file: &mut File<'a>, scope: usize, first: usize) -> Option<Field<'a>> {
        let start = self.here();
        self.step();
        self.expect(b'<')?;
        let key = self.path()?;
        self.expect(b',')?;
        let value = self.path()?;
        self.expect(b'>')?;
        let name = self.name()?;
        let Cow::Borrowed(map) = name.text else { return None };
        let entry = Name { text: Cow::Owned(entry_name(map)), at: name.at };
        let written = Name { text: entry.text.clone(), at: start.to(self.since(start)) };
        let index = add(file, entry, Some(scope), ["", ""]);
        file.messages[index].map = Some(map);
        let part = |text: &'static str, written: Name<'a>, number| {
            let name = Name { text: Cow::Borrowed(text), at: written.at };
            let (at, label) = (written.at, Some(Label::Optional));
            Field { name, at, number, number_at: at, label, written, ..Field::default() }
        };
        file.messages[index].fields = vec![part("key", key, 1), part("value", value, 2)];
        let mut field = self.numbered(name, written, start)?;
        field.label = Some(Label::Repeated);
        field.map = true;
        self.expect(b';')?;
        field.docs = self.docs(first);
        Some(field)
    }
}

/// The name every compiler gives the entry of a map field: `by_name` → `ByNameEntry`.
fn entry_name(field: &str) -> String {
    let parts = field.split('_').filter(|part| !part.is_empty());
    let mut name: String = parts
        .flat_map(|part| {
            let (head, tail) = part.split_at(1);
            [head.to_ascii_uppercase(), tail.to_owned()]
        })
        .collect();
    name.push_str("Entry");
    name
}
