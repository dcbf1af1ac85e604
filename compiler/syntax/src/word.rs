//! Words without quotes: bare strings, numbers, keywords, and what only looks like one of them.

use super::class::{WORD, is, is_reserved};
use super::document::{Form, Word};
use super::faults::{VERSION_1, clip};
use super::lexer::Lexer;
use super::number::is_number;
use bastide_report::finding::Finding;

const KEYWORDS: [&str; 6] = ["#true", "#false", "#null", "#inf", "#-inf", "#nan"];

impl Lexer<'_> {
    /// The string, number or keyword here, or `None` when there is none; nothing is told or skipped then.
    #[inline]
    pub fn value(&mut self) -> Option<Word> {
        match self.peek() {
            b'"' => Some(self.quoted()),
            b'#' if self.at_raw() => Some(self.raw()),
            b'#' => Some(self.keyword()),
            b'0'..=b'9' => Some(self.number()),
            b'+' | b'-' | b'.' if self.at_number() => Some(self.number()),
            b'[' => Some(self.list()),
            b']' => Some(self.illegal_word(self.pos)),
            b'/' if !matches!(self.peek_at(1), b'/' | b'*' | b'-') => Some(self.illegal_word(self.pos)),
            b'\\' if self.peek_at(1) == b'"' => {
                let (place, message) = ((self.pos, self.pos + 1), "`\\` stands before a string");
                self.faults.tell(place, message, "only inside a string is it an escape", "remove it");
                self.pos += 1;
                Some(self.quoted())
            }
            b'\\' if is(self.peek_at(1), WORD) => Some(self.illegal_word(self.pos)),
            _ => self.bare(),
        }
    }

    #[inline]
    fn bare(&mut self) -> Option<Word> {
        let start = self.pos;
        self.skip_word();
        if self.pos == start {
            return None;
        }
        if matches!(self.peek(), b'[' | b']' | b'/' | b'\\' | b'#' | b'"') {
            if &self.text[start..self.pos] == "r" && (self.peek() == b'"' || self.at_raw()) {
                return Some(self.raw_of_version_1(start));
            }
            if let Some(word) = self.lacks_opening_quote(start) {
                return Some(word);
            }
            if self.goes_on_illegally() {
                return Some(self.illegal_word(start));
            }
        }
        let form = match self.bytes[start] {
            b't' | b'f' | b'n' | b'i' | b'-' if is_reserved(&self.text[start..self.pos]) => Form::Reserved,
            _ => Form::Bare,
        };
        Some(self.word(start, form))
    }

    /// Whether the sign here would have to be part of the word before it, which it cannot.
    fn goes_on_illegally(&self) -> bool {
        match self.peek() {
            b'[' | b']' => true,
            b'/' => !matches!(self.peek_at(1), b'/' | b'*' | b'-'),
            b'\\' => self.continuation_end(self.pos).is_none(),
            b'#' => !self.at_raw(),
            _ => false,
        }
    }

    /// Tells a word with signs that only a quoted string may hold, and takes it as that string.
    pub fn illegal_word(&mut self, start: usize) -> Word {
        let sign = self.pos;
        self.skip_illegal();
        if let Some(word) = self.lacks_opening_quote(start) {
            return word;
        }
        let char = self.text[sign..].chars().next().unwrap_or(' ');
        let written = clip(&self.text[start..self.pos]);
        let help = match written.contains('\\') {
            _ if written.len() == 1 => format!("remove it, or quote it: `\"{written}\"`"),
            true => format!("quote it: `#\"{written}\"#`"),
            false => format!("quote it: `\"{written}\"`"),
        };
        let message = format!("`{char}` cannot stand in a word without quotes");
        self.faults.tell((start, self.pos), message, "this word", help);
        self.word(start, Form::Bare)
    }

    /// Tells a list in brackets, and takes it as one string, up to its `]` when that is near.
    fn list(&mut self) -> Word {
        const FAR: usize = 256;
        let start = self.pos;
        let near = &self.bytes[start..self.bytes.len().min(start + FAR)];
        let Some(close) = memchr::memchr3(b']', b'\n', b'\r', near).filter(|&at| near[at] == b']') else {
            return self.illegal_word(start);
        };
        self.pos = start + close + 1;
        let values = clip(&self.text[start + 1..self.pos - 1]).replace(',', " ");
        let values = values.split_whitespace().collect::<Vec<_>>().join(" ");
        let help = match values.is_empty() {
            true => "remove the brackets".to_string(),
            false => format!("write the values one after the other: `{values}`"),
        };
        self.faults.tell((start, self.pos), "a list stands in brackets", "KDL has no such lists", help);
        self.skip_illegal();
        self.word(start, Form::Bare)
    }

    /// Skips word characters and those that would be part of the word if it were quoted.
    fn skip_illegal(&mut self) {
        loop {
            self.skip_word();
            let comment = self.peek() == b'/' && matches!(self.peek_at(1), b'*');
            let continued = self.peek() == b'\\' && self.continuation_end(self.pos).is_some();
            if comment || continued || !matches!(self.peek(), b'[' | b']' | b'/' | b'\\' | b'#') {
                return;
            }
            self.pos += 1;
        }
    }

    #[inline]
    fn number(&mut self) -> Word {
        let start = self.pos;
        self.skip_word();
        if matches!(self.peek(), b'[' | b']' | b'/' | b'\\' | b'#') && self.goes_on_illegally() {
            return self.illegal_word(start);
        }
        if let Some(word) = self.lacks_opening_quote(start) {
            return word;
        }
        if is_number(&self.bytes[start..self.pos]) {
            return self.word(start, Form::Number);
        }
        let word = clip(&self.text[start..self.pos]);
        if let Some(number) = word.strip_suffix(',').filter(|number| is_number(number.as_bytes())) {
            let (place, help) = ((self.pos - 1, self.pos), format!("write `{number}`"));
            self.faults.tell(place, "a comma stands after a value", "values are parted by spaces", help);
            return Word { end: self.pos as u32 - 1, ..self.word(start, Form::Number) };
        }
        let (message, help) = number_fault(&word);
        self.faults.tell((start, self.pos), message, "neither a number nor a bare word", help);
        self.word(start, Form::Bare)
    }

    /// `#true` and its like; the hash is here.
    fn keyword(&mut self) -> Word {
        let start = self.pos;
        self.pos += 1;
        self.skip_word();
        let form = match &self.text[start..self.pos] {
            "#true" => Form::True,
            "#false" => Form::False,
            "#null" => Form::Null,
            "#inf" | "#-inf" | "#nan" => Form::Number,
            _ => return self.unknown_keyword(start),
        };
        if self.goes_on_illegally() {
            return self.illegal_word(start);
        }
        self.word(start, form)
    }

    fn unknown_keyword(&mut self, start: usize) -> Word {
        self.skip_illegal();
        if let Some(word) = self.lacks_opening_quote(start) {
            return word;
        }
        let word = &*clip(&self.text[start..self.pos]);
        let meant = KEYWORDS.iter().find(|known| known.eq_ignore_ascii_case(word));
        let help = match meant {
            Some(meant) => format!("write `{meant}`"),
            None => format!("quote it: `\"{word}\"`"),
        };
        let message = match word {
            "#" => "`#` starts neither a keyword nor a raw string".to_string(),
            _ => format!("`{word}` is not a keyword"),
        };
        self.faults.tell((start, self.pos), message, "`#` starts a keyword or a raw string", help);
        self.word(start, Form::Bare)
    }

    /// Whether the `#` at the start of a node is meant to start a comment: no string and no keyword does.
    pub fn is_hash_comment(&self) -> bool {
        let rest = &self.text[self.pos..];
        let word = rest.split(|char: char| !char.is_ascii_alphabetic() && char != '#' && char != '-').next();
        !self.at_raw() && !KEYWORDS.contains(&word.unwrap_or(rest))
    }

    /// Tells a comment that starts with one `#` or `/`, and goes past it.
    pub fn foreign_comment(&mut self) {
        let at = self.pos;
        let message = format!("`{}` does not start a comment", self.peek() as char);
        self.line_comment();
        self.faults.tell((at, at + 1), message, "meant as a comment?", "write `//` instead");
    }

    /// Tells a bare `true`, `null`, `nan`, … that stands for a value, and gives it the meaning it must have had.
    pub fn reserved_value(&mut self, word: Word) -> Word {
        let (start, end) = (word.start as usize, word.end as usize);
        let written = &self.text[start..end];
        let form = match written {
            "true" => Form::True,
            "false" => Form::False,
            "null" => Form::Null,
            _ => {
                let help = format!("write `#{written}` for the number, or quote it: `\"{written}\"`");
                let message = format!("`{written}` cannot stand without `#` or quotes");
                self.faults.tell((start, end), message, "number or string?", help);
                return Word { form: Form::Bare, ..word };
            }
        };
        let finding = Finding::new(VERSION_1, format!("`{written}` is written as in KDL 1"))
            .label(self.faults.span(start, end), "a keyword without `#`")
            .help(format!("write `#{written}`"));
        self.faults.push(finding);
        Word { form, ..word }
    }

    /// Tells a word that is no string but stands where one must: as the name of `what`.
    pub fn not_a_name(&mut self, word: Word, what: &str) -> Word {
        let (start, end) = (word.start as usize, word.end as usize);
        let written = clip(&self.text[start..end]);
        let name = written.trim_start_matches('#');
        let message = format!("`{written}` cannot be the name of {what}");
        self.faults.tell((start, end), message, "must be a string", format!("quote it: `\"{name}\"`"));
        Word { form: Form::Bare, ..word }
    }

    /// Whether a word character is here.
    pub fn at_word(&self) -> bool {
        matches!(self.classify(self.pos), (WORD, _))
    }
}

/// What is wrong with a word that starts like a number, and the act.
fn number_fault(word: &str) -> (String, String) {
    let quote = format!("quote it: `\"{word}\"`");
    let sign_len = usize::from(word.starts_with(['+', '-']));
    let (sign, digits) = word.split_at(sign_len);
    if digits.starts_with('.') {
        let zero = format!("{sign}0{digits}");
        return match is_number(zero.as_bytes()) {
            true => (format!("`{word}` has no digit before the dot"), format!("write `{zero}`")),
            false => (format!("`{word}` starts like a number but is none"), quote),
        };
    }
    let radix = match digits.get(..2) {
        Some("0x" | "0X") => Some(("hexadecimal", 16)),
        Some("0o" | "0O") => Some(("octal", 8)),
        Some("0b" | "0B") => Some(("binary", 2)),
        _ => None,
    };
    match radix {
        Some((kind, radix)) => radix_fault(word, &digits[2..], kind, radix, quote),
        None => decimal_fault(word, quote),
    }
}

fn radix_fault(word: &str, digits: &str, kind: &str, radix: u32, quote: String) -> (String, String) {
    let lower = word.replacen(['X', 'O', 'B'], &word[word.len() - digits.len() - 1..][..1].to_lowercase(), 1);
    if lower != word && is_number(lower.as_bytes()) {
        return (format!("`{word}` has a capital letter after its 0"), format!("write `{lower}`"));
    }
    match digits.chars().find(|&char| char != '_' && !char.is_digit(radix)) {
        None if digits.is_empty() => {
            (format!("`{word}` has no digits"), format!("write {kind} digits after `{word}`, or {quote}"))
        }
        None => {
            (format!("`{word}` has `_` before its first digit"), format!("write `{}`", word.replace('_', "")))
        }
        Some(char) => {
            (format!("`{char}` is not a {kind} digit in `{word}`"), format!("correct it, or {quote}"))
        }
    }
}

fn decimal_fault(word: &str, quote: String) -> (String, String) {
    if word.ends_with('.') && is_number(&word.as_bytes()[..word.len() - 1]) {
        let whole = &word[..word.len() - 1];
        return (format!("`{word}` has no digit after the dot"), format!("write `{whole}` or `{word}0`"));
    }
    (format!("`{word}` starts like a number but is none"), quote)
}
