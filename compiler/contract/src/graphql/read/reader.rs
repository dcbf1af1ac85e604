//! Reads the tokens of one text into definitions.

use super::lexer::{Kind as Token, Lexer, Token as Placed};
use super::text;
use crate::graphql::schema::{Description, Literal, Name, Shape, Usage};
use bastide_report::finding::Finding;
use bastide_report::source::{FileId, Span};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Deepest nesting of types and values that is read; deeper texts are a finding, not a recursion.
const DEEPEST: usize = 100;

/// What cannot be read, or what was.
pub(super) type Read<T> = Result<T, Box<Finding>>;

/// A text, and the next token of it.
pub(super) struct Reader<'a> {
    lexer: Lexer<'a>,
    token: Placed,
    last: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// At the first token of a text.
    pub(super) fn new(file: FileId, text: &'a str) -> Read<Reader<'a>> {
        let mut lexer = Lexer::new(file, text);
        let token = lexer.next()?;
        Ok(Reader { lexer, token, last: 0, depth: 0 })
    }

    /// Nothing more follows.
    pub(super) fn at_end(&self) -> bool {
        self.token.kind == Token::End
    }

    /// The next word, if it is one.
    pub(super) fn word(&self) -> Option<&'a str> {
        (self.token.kind == Token::Name).then(|| &self.lexer.text[self.token.start..self.token.end])
    }

    /// Whether this sign comes next.
    pub(super) fn at_sign(&self, sign: u8) -> bool {
        self.token.kind == Token::Sign(sign)
    }

    /// Where the next token stands.
    pub(super) fn span(&self) -> Span {
        Span::new(self.lexer.file, self.token.start, self.token.end)
    }

    /// From a place to the end of the last token taken.
    pub(super) fn since(&self, start: Span) -> Span {
        Span { end: start.end.max(self.last as u32), ..start }
    }

    /// Takes the next token.
    pub(super) fn step(&mut self) -> Read<()> {
        self.last = self.token.end;
        self.token = self.lexer.next()?;
        Ok(())
    }

    /// Takes the sign if it comes next.
    pub(super) fn take(&mut self, sign: u8) -> Read<bool> {
        let there = self.at_sign(sign);
        if there {
            self.step()?;
        }
        Ok(there)
    }

    /// Takes the word if it comes next.
    pub(super) fn take_word(&mut self, word: &str) -> Read<bool> {
        let there = self.word() == Some(word);
        if there {
            self.step()?;
        }
        Ok(there)
    }

    /// Takes the sign, which must come.
    pub(super) fn need(&mut self, sign: u8, wanted: &str) -> Read<()> {
        if self.take(sign)? { Ok(()) } else { Err(self.missing(wanted)) }
    }

    /// Takes a name, which must come.
    pub(super) fn name(&mut self, wanted: &str) -> Read<Name<'a>> {
        let span = self.span();
        let text = self.word().ok_or_else(|| self.missing(wanted))?;
        self.step()?;
        Ok(Name { text, span })
    }

    /// That something else was expected here.
    pub(super) fn missing(&self, wanted: &str) -> Box<Finding> {
        let found = match self.token.kind {
            Token::End => "the end of the text".to_string(),
            _ => format!("`{}`", clipped(&self.lexer.text[self.token.start..self.token.end])),
        };
        let finding = Finding::new("contract-syntax", format!("{wanted} was expected, not {found}"));
        Box::new(finding.label(self.span(), "found here").help(format!("write {wanted} here")))
    }

    /// Goes on where a line begins with a word or a quote: there the next definition begins.
    pub(super) fn recover(&mut self) {
        loop {
            self.lexer.skip_line();
            let token = match self.lexer.next() {
                Ok(token) => token,
                Err(_) => continue,
            };
            let begins = token.start == 0 || self.lexer.text.as_bytes()[token.start - 1] == b'\n';
            let definition = matches!(token.kind, Token::Name | Token::Text | Token::Block);
            if token.kind == Token::End || (begins && definition) {
                (self.token, self.depth) = (token, 0);
                return;
            }
        }
    }

    /// Words for people, if they come next.
    pub(super) fn description(&mut self) -> Read<Option<Description<'a>>> {
        let span = self.span();
        Ok(self.quoted()?.map(|text| Description { text, span }))
    }

    fn quoted(&mut self) -> Read<Option<Cow<'a, str>>> {
        let token = &self.lexer.text[self.token.start..self.token.end];
        let said = match self.token.kind {
            Token::Text => text::quoted(token),
            Token::Block => text::block(token),
            _ => return Ok(None),
        };
        self.step()?;
        Ok(Some(said))
    }

    /// The directives used here.
    pub(super) fn usages(&mut self) -> Read<Vec<Usage<'a>>> {
        let mut usages = vec![];
        while self.at_sign(b'@') {
            let start = self.span();
            self.step()?;
            let name = self.name("the name of a directive")?;
            let arguments = if self.take(b'(')? { self.fields(b')')? } else { BTreeMap::new() };
            usages.push(Usage { name, arguments, span: self.since(start) });
        }
        Ok(usages)
    }

    /// A type as a field names it.
    pub(super) fn shape(&mut self) -> Read<Shape<'a>> {
        self.deeper()?;
        let inner = if self.take(b'[')? {
            let inner = self.shape()?;
            self.need(b']', "`]`")?;
            Shape::List(Box::new(inner))
        } else {
            Shape::Named(self.name("a type")?.text)
        };
        self.depth -= 1;
        Ok(if self.take(b'!')? { Shape::NonNull(Box::new(inner)) } else { inner })
    }

    /// A value.
    pub(super) fn literal(&mut self) -> Read<Literal<'a>> {
        self.deeper()?;
        let token = &self.lexer.text[self.token.start..self.token.end];
        let literal = match self.token.kind {
            Token::Sign(b'[') => self.list()?,
            Token::Sign(b'{') => {
                self.step()?;
                Literal::Object(self.fields(b'}')?)
            }
            Token::Text | Token::Block => Literal::Text(self.quoted()?.unwrap_or_default()),
            Token::Name | Token::Int | Token::Float => {
                let literal = scalar(self.token.kind, token);
                self.step()?;
                literal
            }
            _ => return Err(self.missing("a value")),
        };
        self.depth -= 1;
        Ok(literal)
    }

    fn list(&mut self) -> Read<Literal<'a>> {
        self.step()?;
        let mut items = vec![];
        while !self.take(b']')? {
            items.push(self.literal()?);
        }
        Ok(Literal::List(items))
    }

    fn fields(&mut self, close: u8) -> Read<BTreeMap<&'a str, Literal<'a>>> {
        let mut fields = BTreeMap::new();
        while !self.take(close)? {
            let name = self.name("a name")?;
            self.need(b':', "`:`")?;
            fields.insert(name.text, self.literal()?);
        }
        Ok(fields)
    }

    fn deeper(&mut self) -> Read<()> {
        self.depth += 1;
        if self.depth <= DEEPEST {
            return Ok(());
        }
        let finding = Finding::new("contract-syntax", format!("nested more than {DEEPEST} deep"));
        Err(Box::new(finding.label(self.span(), "reading stops here").help("say it with less nesting")))
    }
}

fn scalar(kind: Token, token: &str) -> Literal<'_> {
    match (kind, token) {
        (Token::Int, _) => Literal::Int(token),
        (Token::Float, _) => Literal::Float(token),
        (_, "true") => Literal::Bool(true),
        (_, "false") => Literal::Bool(false),
        (_, "null") => Literal::Null,
        _ => Literal::Enum(token),
    }
}

/// The first letters of a token.
fn clipped(token: &str) -> String {
    let mut letters = token.chars();
    let start: String = letters.by_ref().take(24).collect();
    if letters.next().is_some() { format!("{start}…") } else { start }.replace('\n', " ")
}
