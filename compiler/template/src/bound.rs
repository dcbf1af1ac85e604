//! Bounds of what is written in templates, manifests and policies, looked at before it is parsed: minijinja goes down one
//! step for each operator, filter or attribute, and one for each `elif`. And where in an expression values can grow: there
//! the filters of [`super::held`] are put in.

use super::lex::{Kind, Piece, string_end};
use super::place::keyword;
use std::ops::Range;

/// Words and signs of one expression or tag. The longest of the packs has a quarter.
const TOKENS: usize = 800;
/// Brackets within one another.
const NESTED: usize = 40;
/// `elif`s of one `if`.
const BRANCHES: usize = 100;
/// Tags within one another.
const BLOCKS: usize = 60;

/// What a word or sign of an expression is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Is {
    /// A name, number or text.
    Operand,
    /// `and`, `or`, `not`, `if`, `else`, `is`, `in`.
    Word,
    Open,
    Close,
    /// Anything else.
    Sign,
}

#[derive(Clone, Debug)]
struct Token {
    is: Is,
    at: Range<usize>,
}

/// What may grow where, by the filter that looks at it.
const GROWS: [(&[&str], &str); 3] = [
    (&["~", "+"], "|_held"),
    (&["*", "**"], "|_number"),
    (&["==", "!=", "<", "<=", ">", ">="], "|_compared"),
];

/// Why an expression is too large to be parsed, if it is.
pub fn too_large(code: &str) -> Option<String> {
    let (mut depth, mut deepest, mut count) = (0usize, 0, 0);
    for token in (Tokens { code, at: 0 }) {
        count += 1;
        match token.is {
            Is::Open => depth += 1,
            Is::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    if count > TOKENS {
        return Some(format!("it has {count} words and signs, and may have {TOKENS}"));
    }
    (deepest > NESTED).then(|| format!("its brackets nest {deepest} deep, and may nest {NESTED}"))
}

/// The first piece of a template that is too much for the parser, and why.
pub(crate) fn excess<'p>(source: &str, pieces: &'p [Piece]) -> Option<(&'p Piece, String)> {
    let mut branches: Vec<usize> = vec![];
    for piece in pieces.iter().filter(|it| matches!(it.kind, Kind::Tag | Kind::Interpolation)) {
        let inner = &source[piece.inner.clone()];
        if let Some(why) = too_large(inner) {
            return Some((piece, why));
        }
        match keyword(inner) {
            _ if piece.kind != Kind::Tag => {}
            "if" | "for" | "with" | "filter" | "call" | "macro" | "block" | "autoescape" => branches.push(0),
            "elif" => branches.iter_mut().last().into_iter().for_each(|count| *count += 1),
            word if word.starts_with("end") => drop(branches.pop()),
            _ => {}
        }
        if branches.len() > BLOCKS {
            return Some((piece, format!("tags may nest {BLOCKS} deep")));
        }
        if branches.last().is_some_and(|count| *count > BRANCHES) {
            return Some((piece, format!("an `if` may have {BRANCHES} `elif`s")));
        }
    }
    None
}

/// What is to be put into an expression or tag so that no value grows unseen: places and filters, in order.
pub(crate) fn filters(code: &str) -> Vec<(usize, &'static str)> {
    let tokens: Vec<Token> = Tokens { code, at: 0 }.collect();
    let text = |at: usize| tokens.get(at).map_or("", |token| &code[token.at.clone()]);
    let ends = |at: usize| matches!(tokens[at].is, Is::Operand | Is::Close);
    // The first `in` of a loop is no search.
    let mut looped = keyword(code) == "for";
    let mut put: Vec<(usize, &'static str)> = vec![];
    for at in 0..tokens.len() {
        let behind = at > 0 && ends(at - 1);
        if tokens[at].is == Is::Open && !behind && text(at) != "(" {
            put.extend(operand(&tokens, code, at).map(|end| (end, "|_held")));
        }
        if text(at) == "in" && tokens[at].is == Is::Word {
            if !std::mem::take(&mut looped) {
                put.extend(operand(&tokens, code, at + 1).map(|end| (end, "|_searched")));
            }
            continue;
        }
        let filter = GROWS.iter().find(|(signs, _)| tokens[at].is == Is::Sign && signs.contains(&text(at)));
        if let Some((_, filter)) = filter.filter(|_| behind) {
            put.push((tokens[at - 1].at.end, filter));
            put.extend(operand(&tokens, code, at + 1).map(|end| (end, *filter)));
        }
    }
    put.sort_by_key(|(at, _)| *at);
    put.dedup();
    put
}

/// An expression with its filters put in.
pub fn guarded(code: &str) -> String {
    let mut out = String::with_capacity(code.len() * 2);
    let mut from = 0;
    for (at, filter) in filters(code) {
        out.push_str(&code[from..at]);
        out.push_str(filter);
        from = at;
    }
    out + &code[from..]
}

/// Where the operand that begins at a token ends, with its attributes, calls and filters.
fn operand(tokens: &[Token], code: &str, mut at: usize) -> Option<usize> {
    let text = |at: usize| tokens.get(at).map_or("", |token| &code[token.at.clone()]);
    while text(at) == "-" {
        at += 1;
    }
    at = group(tokens, at)?;
    loop {
        match text(at) {
            "." | "|" => at += 2,
            "(" | "[" => at = group(tokens, at)?,
            _ => break,
        }
    }
    tokens.get(at.checked_sub(1)?).map(|token| token.at.end)
}

/// The token behind one, or behind the brackets it opens.
fn group(tokens: &[Token], at: usize) -> Option<usize> {
    let mut depth = 0usize;
    for (step, token) in tokens.get(at..)?.iter().enumerate() {
        match token.is {
            Is::Open => depth += 1,
            Is::Close => depth = depth.checked_sub(1)?,
            _ => {}
        }
        if depth == 0 {
            return Some(at + step + 1);
        }
    }
    None
}

struct Tokens<'c> {
    code: &'c str,
    at: usize,
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let bytes = self.code.as_bytes();
        let letter = |at: usize| {
            bytes.get(at).is_some_and(|it| it.is_ascii_alphanumeric() || *it == b'_' || !it.is_ascii())
        };
        while bytes.get(self.at)?.is_ascii_whitespace() {
            self.at += 1;
        }
        let (start, first) = (self.at, bytes[self.at]);
        let (is, end) = match first {
            b'"' | b'\'' => (Is::Operand, (string_end(bytes, start, first) + 1).min(bytes.len())),
            b'(' | b'[' | b'{' => (Is::Open, start + 1),
            b')' | b']' | b'}' => (Is::Close, start + 1),
            _ if letter(start) => {
                let number = first.is_ascii_digit();
                let mut end = start + 1;
                while letter(end) || number && bytes.get(end) == Some(&b'.') && letter(end + 1) {
                    end += 1;
                }
                let word = ["and", "or", "not", "if", "else", "is", "in"].contains(&&self.code[start..end]);
                (if word { Is::Word } else { Is::Operand }, end)
            }
            _ => {
                let two =
                    ["**", "//", "==", "!=", "<=", ">="].iter().any(|it| self.code[start..].starts_with(it));
                (Is::Sign, start + if two { 2 } else { 1 })
            }
        };
        self.at = end;
        Some(Token { is, at: start..end })
    }
}
