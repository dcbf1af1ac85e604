//! Reads the static text of a code-like template just closely enough to tell code, comments and quotes apart.

use super::format::Format;
use super::place::{Glue, Place, Places, Walk};

/// What opens comments and quotes in a format.
#[derive(Clone, Copy, Debug)]
struct Marks {
    line: &'static [&'static str],
    block: &'static [(&'static str, &'static str)],
    /// Longest first.
    quotes: &'static [&'static str],
}

/// What the scanner is in the middle of.
#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    Code,
    /// To the end of the line.
    Line,
    /// To this end mark.
    Until(&'static str),
    /// In quotes that this mark closes.
    Quote(&'static str),
    /// In a here-document that this word closes.
    Here(String),
}

/// The scanner.
#[derive(Clone, Debug)]
pub(crate) struct Code {
    format: Format,
    marks: Marks,
    state: State,
    before: char,
    interpolation: Option<usize>,
    /// The line so far and, in shell and HCL, the here-document it announces.
    line: String,
    pending: Option<String>,
}

const SLASHES: &[(&str, &str)] = &[("/*", "*/")];

fn marks(format: Format) -> Marks {
    let none = Marks { line: &[], block: &[], quotes: &[] };
    match format {
        Format::Toml => Marks { line: &["#"], quotes: &["\"\"\"", "'''", "\"", "'"], ..none },
        Format::Kdl => Marks { line: &["//"], block: SLASHES, quotes: &["\"\"\"", "\""] },
        Format::Nginx | Format::Dotenv => Marks { line: &["#"], quotes: &["\"", "'"], ..none },
        Format::Groovy => Marks { line: &["//"], block: SLASHES, quotes: &["\"\"\"", "'''", "\"", "'"] },
        Format::Hcl => Marks { line: &["#", "//"], block: SLASHES, quotes: &["\""] },
        Format::Shell => Marks { line: &["#"], quotes: &["\"", "'", "`"], ..none },
        Format::Promql => Marks { line: &["#"], quotes: &["\"", "'", "`"], ..none },
        Format::Markdown => Marks { block: &[("<!--", "-->")], quotes: &["```", "~~~", "``", "`"], ..none },
        Format::Html => {
            Marks { block: &[("<!--", "-->"), ("<script", "</script"), ("<style", "</style")], ..none }
        }
        Format::Text | Format::Yaml | Format::Filling(_) | Format::Json => none,
    }
}

impl Code {
    /// A scanner at the start of a text.
    pub(crate) fn new(format: Format) -> Self {
        Code {
            format,
            marks: marks(format),
            state: State::Code,
            before: '\n',
            interpolation: None,
            line: String::new(),
            pending: None,
        }
    }

    /// Consumes one mark or letter of `rest` and says how many bytes that was.
    fn step(&mut self, rest: &str) -> usize {
        let length = rest.chars().next().map_or(1, char::len_utf8);
        match &self.state {
            State::Code => self.code(rest).unwrap_or(length),
            State::Line => {
                if rest.starts_with('\n') {
                    self.state = State::Code;
                }
                length
            }
            State::Until(end) | State::Quote(end) => {
                let end = *end;
                let escapes = !(end.starts_with('`') || end == "'" && self.format == Format::Shell);
                if rest.starts_with('\\') && escapes && matches!(self.state, State::Quote(_)) {
                    return length + rest[length..].chars().next().map_or(0, char::len_utf8);
                }
                if rest.starts_with(end) {
                    self.state = State::Code;
                    return end.len();
                }
                length
            }
            State::Here(_) => length,
        }
    }

    /// In code: enters a comment or quotes if one begins here.
    fn code(&mut self, rest: &str) -> Option<usize> {
        if rest.starts_with('\\') && self.format != Format::Html {
            return Some(1 + rest[1..].chars().next().map_or(0, char::len_utf8));
        }
        let word = self.before.is_whitespace() || matches!(self.before, ';' | '(' | ')');
        if let Some(mark) = self.marks.line.iter().find(|mark| rest.starts_with(**mark))
            && (word || self.format != Format::Shell)
        {
            self.state = State::Line;
            return Some(mark.len());
        }
        if let Some((open, close)) = self.marks.block.iter().find(|(open, _)| starts(rest, open)) {
            self.state = State::Until(close);
            return Some(open.len());
        }
        let quote = *self.marks.quotes.iter().find(|mark| rest.starts_with(**mark))?;
        self.state = State::Quote(quote);
        Some(quote.len())
    }

    /// At the end of a line: enters or leaves a here-document.
    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        if let State::Here(word) = &self.state {
            if line.trim() == word {
                self.state = State::Code;
            }
            return;
        }
        if let Some(word) = self.pending.take() {
            self.state = State::Here(word);
        }
    }

    /// Notes a here-document that `rest` announces.
    fn announce(&mut self, rest: &str) {
        let here = matches!(self.format, Format::Shell | Format::Hcl) && self.state == State::Code;
        if let (true, Some(after)) = (here, rest.strip_prefix("<<")) {
            let word = after.trim_start_matches(['-', '~', ' ', '\'', '"', '\\', '<']);
            let end = word.find(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
            let word = &word[..end.unwrap_or(word.len())];
            if !word.is_empty() {
                self.pending = Some(word.to_string());
            }
        }
    }

    fn glue(&mut self, letter: char, found: &mut Places) {
        let Some(interpolation) = self.interpolation.take() else { return };
        if !letter.is_whitespace() && !matches!(letter, ',' | ']' | '}' | '.' | '=' | '#') {
            found.glued.push(Glue {
                interpolation,
                why: "an interpolation is a whole value, and this one has text behind it",
            });
        }
    }
}

/// Whether a text starts with a mark, whatever its case.
fn starts(text: &str, mark: &str) -> bool {
    text.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark))
}

impl Walk for Code {
    fn text(&mut self, text: &str, _: char, found: &mut Places) {
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let letter = rest.chars().next().unwrap_or('\n');
            self.glue(letter, found);
            self.announce(rest);
            let length = self.step(rest).min(rest.len());
            for letter in rest[..length].chars() {
                if letter == '\n' {
                    self.end_line();
                } else if self.line.len() < 200 {
                    self.line.push(letter);
                }
                self.before = letter;
            }
            at += length;
        }
    }

    fn interpolation(&mut self, found: &mut Places) {
        let interpolation = found.places.len();
        let toml = self.format == Format::Toml;
        let place = match &self.state {
            State::Code => Place::Block,
            State::Line => Place::Comment,
            State::Until("-->" | "*/") => Place::Comment,
            State::Until(_) => Place::Script,
            State::Quote(_) if self.format == Format::Markdown => Place::Code,
            State::Quote(_) | State::Here(_) => Place::Quoted,
        };
        let open = self.before.is_whitespace() || matches!(self.before, '=' | '[' | ',' | '{' | '.');
        if toml && place == Place::Quoted {
            found.glued.push(Glue {
                interpolation,
                why: "an interpolation is a whole value, and this one stands inside quotes",
            });
        } else if toml && place == Place::Block && !(open && self.interpolation.is_none()) {
            found.glued.push(Glue {
                interpolation,
                why: "an interpolation is a whole value, and this one has text before it",
            });
        }
        if self.format == Format::Html && place == Place::Block && self.before == '=' {
            found.glued.push(Glue { interpolation, why: "the value of an attribute stands in quotes" });
        }
        self.interpolation = (toml && place == Place::Block).then_some(interpolation);
        found.places.push(place);
        self.before = '\0';
        self.line.push('\0');
    }

    fn weight(&self) -> u8 {
        u8::from(self.state != State::Code) + 2 * u8::from(self.interpolation.is_some())
    }
}
