//! From tokens to declarations. A fault is a finding; reading goes on behind the next `;` or block.

mod field;
mod file;
mod message;
mod option;
mod other;

use super::lexer::{Kind, Token, Tokens, lex};
use super::tree::{Docs, File, Name};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::{FileId, Source, Span};
use std::borrow::Cow;

/// Deepest nesting of messages and of option blocks.
const DEEPEST: usize = 100;

/// Faults told per file; a text that is no protobuf would give one for each line.
const FAULTS: usize = 10;

/// Reads a file. `None` where it is none; why is in the report.
pub fn read<'a>(id: FileId, path: &str, source: &'a Source, report: &mut Report) -> Option<File<'a>> {
    let tokens = lex(id, &source.text, report)?;
    let mut parser = Parser { tokens, at: 0, faults: 0, depth: 0, report };
    let file = file::file(&mut parser, path);
    (parser.faults == 0).then_some(file)
}

pub(super) struct Parser<'a, 'r> {
    tokens: Tokens<'a>,
    at: usize,
    faults: usize,
    depth: usize,
    report: &'r mut Report,
}

impl<'a> Parser<'a, '_> {
    fn token(&self) -> Token {
        self.ahead(0)
    }

    fn ahead(&self, by: usize) -> Token {
        let last = self.tokens.tokens.len() - 1;
        self.tokens.tokens[(self.at + by).min(last)]
    }

    fn text_of(&self, token: Token) -> &'a str {
        &self.tokens.text[token.start as usize..token.end as usize]
    }

    fn span_of(&self, token: Token) -> Span {
        Span { file: self.tokens.file, start: token.start, end: token.end }
    }

    fn step(&mut self) -> Token {
        let token = self.token();
        if token.kind != Kind::End {
            self.at += 1;
        }
        token
    }

    fn here(&self) -> Span {
        self.span_of(self.token())
    }

    /// From a place to the end of the token read last.
    fn since(&self, start: Span) -> Span {
        let last = self.tokens.tokens[self.at.saturating_sub(1)];
        start.to(Span { start: start.start.max(last.start), end: start.end.max(last.end), ..start })
    }

    fn is(&self, sign: u8) -> bool {
        self.token().kind == Kind::Sign(sign)
    }

    fn eat(&mut self, sign: u8) -> bool {
        let is = self.is(sign);
        self.at += usize::from(is);
        is
    }

    fn expect(&mut self, sign: u8) -> Option<()> {
        if self.eat(sign) { Some(()) } else { self.fault(&format!("`{}`", sign as char)) }
    }

    /// The word here; nothing for anything else.
    fn word(&self) -> &'a str {
        self.word_ahead(0)
    }

    fn word_ahead(&self, by: usize) -> &'a str {
        let token = self.ahead(by);
        if token.kind == Kind::Word { self.text_of(token) } else { "" }
    }

    fn eat_word(&mut self, word: &str) -> bool {
        let is = self.word() == word;
        self.at += usize::from(is);
        is
    }

    fn name(&mut self) -> Option<Name<'a>> {
        if self.token().kind != Kind::Word {
            return self.fault("a name");
        }
        let token = self.step();
        Some(Name { text: Cow::Borrowed(self.text_of(token)), at: self.span_of(token) })
    }

    /// A name with dots, perhaps with one in front.
    fn path(&mut self) -> Option<Name<'a>> {
        let start = self.here();
        let mut text = String::new();
        if self.eat(b'.') {
            text.push('.');
        }
        loop {
            text.push_str(&self.name()?.text);
            if !self.eat(b'.') {
                break;
            }
            text.push('.');
        }
        let at = self.since(start);
        let written = &self.tokens.text[at.start as usize..at.end as usize];
        let text = if written == text { Cow::Borrowed(written) } else { Cow::Owned(text) };
        Some(Name { text, at })
    }

    /// A whole number, perhaps negative.
    fn number(&mut self) -> Option<(i64, Span)> {
        let start = self.here();
        let negative = self.eat(b'-');
        if self.token().kind != Kind::Int {
            return self.fault("a whole number");
        }
        let token = self.token();
        let Some(number) = whole(self.text_of(token)).and_then(|number| i64::try_from(number).ok()) else {
            return self.fault("a whole number");
        };
        self.step();
        Some((if negative { -number } else { number }, self.since(start)))
    }

    /// Texts side by side are one.
    fn bytes(&mut self) -> Option<Vec<u8>> {
        if self.token().kind != Kind::Text {
            return self.fault("a text in quotes");
        }
        let mut bytes = vec![];
        while self.token().kind == Kind::Text {
            let token = self.step();
            option::unescape(self.text_of(token), &mut bytes);
        }
        Some(bytes)
    }

    fn fault<T>(&mut self, wanted: &str) -> Option<T> {
        self.faults += 1;
        if self.faults <= FAULTS {
            let token = self.token();
            let found = match token.kind {
                Kind::End => "the end of the file".to_owned(),
                _ => format!("`{}`", self.text_of(token).chars().take(40).collect::<String>()),
            };
            let finding =
                Finding::new("contract-syntax", format!("{found} stands where {wanted} is expected"))
                    .label(self.span_of(token), format!("not {wanted}"))
                    .help("correct the text; this is the grammar of proto2, proto3 and editions");
            self.report.push(finding);
        }
        None
    }

    /// A fault of meaning, which does not stop reading.
    fn complain(&mut self, finding: Finding) {
        self.faults += 1;
        if self.faults <= FAULTS {
            self.report.push(finding);
        }
    }

    /// Reads statements up to the `}` that ends a block, or up to the end of the file.
    fn statements(&mut self, mut one: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        loop {
            if self.token().kind == Kind::End || self.is(b'}') {
                return Some(());
            }
            let start = self.at;
            if one(self).is_none() {
                self.skip(start);
            }
        }
    }

    /// A block in braces.
    fn block(&mut self, one: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.expect(b'{')?;
        if self.depth >= DEEPEST {
            return self.fault("less nesting");
        }
        self.depth += 1;
        let read = self.statements(one);
        self.depth -= 1;
        read?;
        self.expect(b'}')
    }

    /// Behind the next `;`, or behind the next block, whichever comes first; always forward.
    fn skip(&mut self, start: usize) {
        let mut depth = 0usize;
        loop {
            match self.token().kind {
                Kind::End => return,
                Kind::Sign(b';') if depth == 0 => {
                    self.at += 1;
                    return;
                }
                Kind::Sign(b'{') => depth += 1,
                Kind::Sign(b'}') if depth == 0 => {
                    self.at += usize::from(self.at == start);
                    return;
                }
                Kind::Sign(b'}') if depth == 1 => {
                    self.at += 1;
                    return;
                }
                Kind::Sign(b'}') => depth -= 1,
                _ => {}
            }
            self.at += 1;
        }
    }

    /// The comment right before the token at an index, with no empty line between.
    fn before(&self, token: usize) -> &'a str {
        let comments = &self.tokens.comments;
        let first = comments.partition_point(|comment| (comment.before as usize) < token);
        let last = comments.partition_point(|comment| comment.before as usize <= token);
        let previous = token.checked_sub(1).map_or(0, |at| self.tokens.tokens[at].end as usize);
        let mut start = self.tokens.tokens[token].start as usize;
        let end = last.checked_sub(1).filter(|at| *at >= first).map(|at| comments[at].end as usize);
        for comment in comments[first..last].iter().rev() {
            let between = &self.tokens.text[comment.end as usize..start];
            let gap = &self.tokens.text[previous..comment.start as usize];
            if between.matches('\n').count() > 1 || (token > 0 && !gap.contains('\n')) {
                break;
            }
            start = comment.start as usize;
        }
        end.and_then(|end| self.tokens.text.get(start..end)).unwrap_or("")
    }

    /// The comment behind the token read last, on its line.
    fn behind(&self) -> &'a str {
        let first = self.tokens.comments.partition_point(|comment| (comment.before as usize) < self.at);
        let Some(comment) = self.tokens.comments.get(first).filter(|it| it.before as usize == self.at) else {
            return "";
        };
        let end = self.tokens.tokens[self.at.saturating_sub(1)].end as usize;
        let gap = &self.tokens.text[end..comment.start as usize];
        if gap.contains('\n') { "" } else { &self.tokens.text[comment.start as usize..comment.end as usize] }
    }

    /// The comments of a declaration that began at a token and has ended.
    fn docs(&self, start: usize) -> Docs<'a> {
        [self.before(start), self.behind()]
    }
}

/// A whole number of the language.
pub fn whole(text: &str) -> Option<u64> {
    if let Some(hex) = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        return u64::from_str_radix(hex, 16).ok();
    }
    if text.len() > 1 && text.starts_with('0') {
        return u64::from_str_radix(text, 8).ok();
    }
    text.parse().ok()
}
