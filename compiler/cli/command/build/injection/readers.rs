//! Readers of the small languages that stand in outputs: each gives the words of a text as its reader takes them. What is
//! syntax has a mark before it, so that no text of a word can be equal to it.

use std::iter::Peekable;
use std::str::Chars;

/// Stands before each sign that is syntax.
pub const MARK: char = '\u{1}';

type Words = Result<Vec<String>, String>;

/// What is put together of words and signs.
#[derive(Default)]
struct Out {
    words: Vec<String>,
    word: String,
    open: bool,
}

impl Out {
    fn push(&mut self, sign: char) {
        self.word.push(sign);
        self.open = true;
    }

    fn end(&mut self) {
        if std::mem::take(&mut self.open) {
            self.words.push(std::mem::take(&mut self.word));
        }
    }

    fn sign(&mut self, sign: char) {
        self.end();
        self.words.push(format!("{MARK}{sign}"));
    }

    fn done(mut self) -> Vec<String> {
        self.end();
        self.words
    }
}

/// What a shell is in the middle of.
#[derive(PartialEq)]
enum Open {
    Double,
    Command(usize),
}

/// A program of a shell: words without their quotes, without comments.
pub fn shell(text: &str) -> Words {
    let (mut out, mut open, mut signs) = (Out::default(), vec![Open::Command(0)], text.chars().peekable());
    while let Some(sign) = signs.next() {
        let double = open.last() == Some(&Open::Double);
        match sign {
            '$' if signs.next_if_eq(&'(').is_some() => {
                out.sign('$');
                open.push(Open::Command(0));
            }
            '$' | '`' => {
                out.push(MARK);
                out.push(sign);
            }
            '"' if double => drop(open.pop()),
            '"' => {
                out.open = true;
                open.push(Open::Double);
            }
            '\\' if double => match signs.next_if(|it| matches!(it, '$' | '`' | '"' | '\\' | '\n')) {
                Some('\n') => {}
                other => out.push(other.unwrap_or('\\')),
            },
            _ if double => out.push(sign),
            '\\' => signs.next().filter(|it| *it != '\n').into_iter().for_each(|it| out.push(it)),
            '\'' => {
                out.open = true;
                until(&mut signs, '\'', false)?.chars().for_each(|it| out.push(it));
            }
            '#' if !out.open => while signs.next_if(|it| *it != '\n').is_some() {},
            ')' if matches!(open.last(), Some(Open::Command(0))) && open.len() > 1 => {
                out.sign(sign);
                open.pop();
            }
            '(' | ')' => {
                out.sign(sign);
                if let Some(Open::Command(depth)) = open.last_mut() {
                    *depth = if sign == '(' { *depth + 1 } else { depth.saturating_sub(1) };
                }
            }
            ' ' | '\t' => out.end(),
            '\n' | ';' | '&' | '|' | '<' | '>' => out.sign(sign),
            '*' | '?' | '[' | ']' | '{' | '}' | '~' | '!' | '#' | '^' => {
                out.push(MARK);
                out.push(sign);
            }
            _ => out.push(sign),
        }
    }
    if open.len() > 1 { Err("the program is not at its end".into()) } else { Ok(out.done()) }
}

/// What stands before a closing quote; with escapes, decoded.
fn until(signs: &mut Peekable<Chars<'_>>, end: char, escapes: bool) -> Result<String, String> {
    let mut text = String::new();
    while let Some(sign) = signs.next() {
        match sign {
            '\\' if escapes => text.push(escaped(signs)?),
            sign if sign == end => return Ok(text),
            '\n' if escapes => break,
            sign => text.push(sign),
        }
    }
    Err(format!("no {end} closes {text:?}"))
}

/// The sign an escape of C, Go or JavaScript stands for.
fn escaped(signs: &mut Peekable<Chars<'_>>) -> Result<char, String> {
    let digits = |signs: &mut Peekable<Chars<'_>>, count: usize| {
        let text: String = signs.by_ref().take(count).collect();
        u32::from_str_radix(&text, 16).ok().and_then(char::from_u32).ok_or_else(|| format!("\\u{text}"))
    };
    match signs.next().ok_or("a text ends in an escape")? {
        'n' => Ok('\n'),
        't' => Ok('\t'),
        'r' => Ok('\r'),
        'u' => digits(signs, 4),
        'x' => digits(signs, 2),
        other => Ok(other),
    }
}

/// A language of names, signs and texts in quotes, such as PromQL, Lua or CEL.
pub fn code(text: &str, comment: &str) -> Words {
    let (mut out, mut bare) = (Out::default(), String::new());
    for line in text.split_inclusive('\n') {
        let mut signs = line.chars().peekable();
        loop {
            let rest: String = signs.clone().collect();
            if !comment.is_empty() && rest.starts_with(comment) {
                break;
            }
            match signs.next() {
                None => break,
                Some(quote @ ('"' | '\'' | '`')) => {
                    out.sign(quote);
                    let text = until(&mut signs, quote, quote != '`')?;
                    match bare.ends_with("=~") || bare.ends_with("!~") {
                        true => pattern(&text)?.iter().flat_map(|it| it.chars()).for_each(|it| out.push(it)),
                        false => text.chars().for_each(|it| out.push(it)),
                    }
                    out.sign(quote);
                    bare.clear();
                }
                Some(sign) if sign.is_ascii_alphanumeric() || "_.:/-".contains(sign) => out.push(sign),
                Some(sign) if sign.is_whitespace() => out.end(),
                Some(sign) => {
                    bare.push(sign);
                    out.sign(sign);
                }
            }
        }
    }
    Ok(out.done())
}

/// A Jenkinsfile: Groovy, whose texts of several lines are one word each.
pub fn groovy(text: &str) -> Words {
    let mut words = vec![];
    for (at, part) in text.split("'''").enumerate() {
        match at % 2 {
            0 => words.extend(code(part, "//")?),
            _ => words.push(format!("{MARK}{part}")),
        }
    }
    Ok(words)
}

/// A pattern of RE2: what stands for itself, and what does not.
pub fn pattern(text: &str) -> Words {
    let (mut out, mut signs) = (String::new(), text.chars());
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => match signs.next() {
                Some(next) if next.is_ascii_alphanumeric() => out.extend([MARK, '\\', next]),
                Some(next) => out.push(next),
                None => return Err("a pattern ends in an escape".into()),
            },
            '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '^' | '$' => {
                out.extend([MARK, sign])
            }
            sign => out.push(sign),
        }
    }
    Ok(vec![out])
}

/// A page of Markdown: lines, what is markup in them, and what is not.
pub fn page(text: &str) -> Words {
    let (mut out, mut fence, mut span) = (Out::default(), false, false);
    for line in text.split('\n') {
        out.sign('\n');
        let mark = line.trim_start();
        if mark.starts_with("```") || mark.starts_with("~~~") {
            fence = !fence;
            out.sign('`');
        } else if fence {
            line.chars().for_each(|it| out.push(it));
        } else {
            let mut signs = line.chars().peekable();
            while let Some(sign) = signs.next() {
                match sign {
                    '`' => {
                        span = !span;
                        out.sign(sign);
                    }
                    _ if span => out.push(sign),
                    '\\' => out.push(signs.next_if(char::is_ascii_punctuation).unwrap_or('\\')),
                    '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' => out.sign(sign),
                    '-' | '+' | '=' if !out.open => out.sign(sign),
                    sign => out.push(sign),
                }
            }
        }
    }
    if fence || span { Err("code is not at its end".into()) } else { Ok(out.done()) }
}

/// Lines with tabs between their cells.
pub fn cells(text: &str) -> Words {
    let mut out = Out::default();
    let mut begins = true;
    for sign in text.chars() {
        match sign {
            '\n' | '\t' => out.sign(sign),
            '#' if begins => out.sign(sign),
            sign => out.push(sign),
        }
        begins = sign == '\n';
    }
    Ok(out.done())
}

/// Who fills in a text before anybody reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filler {
    /// Compose: `$$` is a dollar.
    Compose,
    /// The kubelet: `$(NAME)`, `$$(NAME)`.
    Kubelet,
    /// Go templates of Prometheus, Alertmanager and External Secrets.
    Go,
    /// Envoy: `%START_TIME%`, `%%`.
    Envoy,
    /// GitHub: `${{ a }}`.
    Github,
}

impl Filler {
    /// The text as it is after that; what is filled in has a mark.
    pub fn fill(self, text: &str) -> String {
        let (mut out, mut rest) = (String::new(), text);
        while let Some(sign) = rest.chars().next() {
            let (taken, put) = self.step(rest).unwrap_or_else(|| (sign.len_utf8(), sign.to_string()));
            out += &put;
            rest = &rest[taken..];
        }
        out
    }

    /// What begins here and means something else: how long it is, and what it means.
    fn step(self, rest: &str) -> Option<(usize, String)> {
        let marked = |sign: &str| rest.starts_with(sign).then(|| (sign.len(), format!("{MARK}{sign}")));
        let is = |sign: &str, means: &str| rest.starts_with(sign).then(|| (sign.len(), means.to_string()));
        match self {
            Filler::Compose | Filler::Kubelet if rest.starts_with("$$") => is("$$", "$"),
            Filler::Compose => {
                let name = |c: char| c == '{' || c == '_' || c.is_ascii_alphabetic();
                rest.strip_prefix('$').filter(|rest| rest.starts_with(name)).and_then(|_| marked("$"))
            }
            Filler::Kubelet => marked("$("),
            Filler::Envoy => is("%%", "%").or_else(|| marked("%")),
            Filler::Github => literal(rest, "${{ '", '\'').or_else(|| marked("${{")),
            Filler::Go => literal(rest, "{{ \"", '"')
                .or_else(|| literal(rest, "{{ `", '`'))
                .or_else(|| indexed(rest))
                .or_else(|| marked("{{")),
        }
    }
}

/// A template that is a text alone.
fn literal(rest: &str, open: &str, quote: char) -> Option<(usize, String)> {
    let mut signs = rest.strip_prefix(open)?.chars().peekable();
    let text = until(&mut signs, quote, quote == '"').ok()?;
    let left: String = signs.collect();
    left.starts_with(" }}").then(|| (rest.len() - left.len() + 3, text))
}

/// The other way to say `.NAME` in a Go template, of names that are no words.
fn indexed(rest: &str) -> Option<(usize, String)> {
    let (name, after) = rest.strip_prefix("{{ index . \"")?.split_once('"')?;
    Some((rest.len() - after.len(), format!("{MARK}{{{{ .{name}")))
}
