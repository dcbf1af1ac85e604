//! Options: `name = value`, and blocks in the text format, taken apart into leaves.

use super::super::lexer::Kind;
use super::super::tree::{Choice, Constant};
use super::{DEEPEST, Parser};
use bastide_report::source::Span;
use std::borrow::Cow;

impl<'a> Parser<'a, '_> {
    /// `option NAME = VALUE;`, from the word `option`.
    pub(super) fn option(&mut self, out: &mut Vec<Choice<'a>>) -> Option<()> {
        self.step();
        self.assignment(out)?;
        self.expect(b';')
    }

    /// `[NAME = VALUE, …]`, if it is there.
    pub(super) fn inline_options(&mut self, out: &mut Vec<Choice<'a>>) -> Option<()> {
        if !self.eat(b'[') {
            return Some(());
        }
        loop {
            self.assignment(out)?;
            if !self.eat(b',') {
                return self.expect(b']');
            }
        }
    }

    fn assignment(&mut self, out: &mut Vec<Choice<'a>>) -> Option<()> {
        let start = self.here();
        let name = self.option_name(start)?;
        self.expect(b'=')?;
        self.value(name, start, 0, out)
    }

    fn option_name(&mut self, start: Span) -> Option<Cow<'a, str>> {
        let mut name = String::new();
        loop {
            if self.eat(b'(') {
                let extension = self.path()?;
                self.expect(b')')?;
                name.push('(');
                name.push_str(extension.text.trim_start_matches('.'));
                name.push(')');
            } else {
                name.push_str(&self.name()?.text);
            }
            if !self.eat(b'.') {
                break;
            }
            name.push('.');
        }
        let at = self.since(start);
        let written = &self.tokens.text[at.start as usize..at.end as usize];
        Some(if written == name { Cow::Borrowed(written) } else { Cow::Owned(name) })
    }

    fn value(
        &mut self,
        name: Cow<'a, str>,
        start: Span,
        depth: usize,
        out: &mut Vec<Choice<'a>>,
    ) -> Option<()> {
        if depth > DEEPEST {
            return self.fault("less nesting");
        }
        match self.token().kind {
            Kind::Sign(open @ (b'{' | b'<')) => return self.fields(&name, open, depth, out),
            Kind::Sign(b'[') => return self.list(&name, start, depth, out),
            _ => {}
        }
        let value = self.scalar()?;
        out.push(Choice { name, value, at: self.since(start) });
        Some(())
    }

    fn scalar(&mut self) -> Option<Constant<'a>> {
        let negative = self.eat(b'-');
        let plus = !negative && self.eat(b'+');
        let token = self.token();
        let text = self.text_of(token);
        let signed =
            |text: &'a str| if negative { Cow::Owned(format!("-{text}")) } else { Cow::Borrowed(text) };
        match token.kind {
            Kind::Word if negative || plus => {
                self.step();
                Some(Constant::Number(signed(text)))
            }
            Kind::Word => {
                Some(Constant::Word(&self.tokens.text[self.path()?.at.start as usize..][..text.len()]))
            }
            Kind::Int | Kind::Float => {
                self.step();
                Some(Constant::Number(signed(text)))
            }
            Kind::Text if !negative && !plus => Some(Constant::Text(self.bytes()?)),
            _ => self.fault("a value"),
        }
    }

    /// `{ a: 1, b { … } [ext.c]: 2 }`
    fn fields(&mut self, name: &str, open: u8, depth: usize, out: &mut Vec<Choice<'a>>) -> Option<()> {
        let start = self.here();
        self.step();
        let close = if open == b'{' { b'}' } else { b'>' };
        let before = out.len();
        while !self.eat(close) {
            let at = self.here();
            let field = format!("{name}.{}", self.field_name()?);
            let colon = self.eat(b':');
            if !colon && !self.is(b'{') && !self.is(b'<') {
                return self.fault("`:`");
            }
            self.value(Cow::Owned(field), at, depth + 1, out)?;
            let _separator = self.eat(b',') || self.eat(b';');
        }
        if out.len() == before {
            out.push(Choice { name: Cow::Owned(name.into()), value: Constant::Empty, at: self.since(start) });
        }
        Some(())
    }

    fn field_name(&mut self) -> Option<Cow<'a, str>> {
        if !self.eat(b'[') {
            return Some(self.name()?.text);
        }
        let mut name = String::from("(");
        while !self.eat(b']') {
            match self.token().kind {
                Kind::Word | Kind::Sign(b'.' | b'/') => {
                    let token = self.step();
                    name.push_str(self.text_of(token));
                }
                _ => return self.fault("the name of an extension"),
            }
        }
        name.push(')');
        Some(Cow::Owned(name))
    }

    fn list(&mut self, name: &str, start: Span, depth: usize, out: &mut Vec<Choice<'a>>) -> Option<()> {
        self.step();
        if self.eat(b']') {
            return Some(());
        }
        loop {
            self.value(Cow::Owned(name.into()), start, depth + 1, out)?;
            if !self.eat(b',') {
                return self.expect(b']');
            }
        }
    }
}

/// The bytes a text in quotes means.
pub(super) fn unescape(quoted: &str, out: &mut Vec<u8>) {
    let mut rest = quoted.get(1..quoted.len() - 1).unwrap_or("").as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        let Some((&escape, after)) = rest.split_first() else { return };
        rest = after;
        match escape {
            b'n' => out.push(b'\n'),
            b't' => out.push(b'\t'),
            b'r' => out.push(b'\r'),
            b'a' => out.push(7),
            b'b' => out.push(8),
            b'f' => out.push(12),
            b'v' => out.push(11),
            b'0'..=b'7' => {
                let more = rest.iter().take(2).take_while(|it| (b'0'..=b'7').contains(it)).count();
                let digits = rest[..more]
                    .iter()
                    .fold(u32::from(escape - b'0'), |sum, it| sum * 8 + u32::from(it - b'0'));
                out.push(digits as u8);
                rest = &rest[more..];
            }
            b'x' | b'X' => out.extend(digits(&mut rest, 2).map(|code| code as u8)),
            b'u' | b'U' => {
                let length = if escape == b'u' { 4 } else { 8 };
                let letter = digits(&mut rest, length).and_then(char::from_u32).unwrap_or('\u{fffd}');
                out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes());
            }
            other => out.push(other),
        }
    }
}

fn digits(rest: &mut &[u8], most: usize) -> Option<u32> {
    let length = rest.iter().take(most).take_while(|byte| byte.is_ascii_hexdigit()).count();
    let (digits, after) = rest.split_at(length);
    *rest = after;
    u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}
