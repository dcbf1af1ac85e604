//! Texts with an inner form: lists, pairs, names, addresses, commands. Each is read whole, or refused at the sign that
//! does not fit: nothing of a text is ever dropped. The tables name a form, and who needs its parts takes them from here.

pub mod address;
pub mod command;
pub mod http;
pub mod image;
pub mod list;
pub mod machine;
pub mod name;
pub mod network;
pub mod path;

use std::fmt;
use std::ops::Range;

/// A form of a text.
#[derive(Clone, Copy, Debug)]
pub struct Form {
    /// What such a text looks like, for findings and the reference page; also what tells forms apart.
    pub looks_like: &'static str,
    /// How it is made of parts.
    pub shape: Shape,
    /// What a part must be; of a pair the right one.
    pub part: Check,
    /// What all parts must be together: which of them is wrong, and why.
    pub whole: fn(&[&str]) -> Result<(), Misfit>,
    /// What somebody meant who wrote it as another tool takes it; whoever asks tries it.
    pub meant: fn(&str) -> Option<String>,
    /// Texts of the form, from which tests make others.
    pub good: &'static [&'static str],
}

/// What looks at a text: nothing, or what is wrong with it and where.
pub type Check = fn(&str) -> Result<(), Wrong>;

/// Which of the parts does not fit the others, and why.
pub type Misfit = (usize, &'static str);

/// How a text is made of parts.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// It is one part.
    One,
    /// Parts separated by spaces.
    List,
    /// Two parts with a sign between them; the first is looked at by this.
    Pair(char, Check),
    /// Words as a shell splits them.
    Command,
}

/// What is wrong with a text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The bytes that do not fit.
    pub at: Range<usize>,
    /// Why.
    pub why: String,
}

impl Wrong {
    /// Something is wrong with all of it.
    pub fn whole(text: &str, why: impl Into<String>) -> Wrong {
        Wrong { at: 0..text.len(), why: why.into() }
    }

    /// The same in a text that begins `by` bytes earlier.
    fn after(self, by: usize) -> Wrong {
        Wrong { at: self.at.start + by..self.at.end + by, ..self }
    }
}

/// The base of every form.
pub const BASE: Form = Form {
    looks_like: "text",
    shape: Shape::One,
    part: plain,
    whole: |_| Ok(()),
    meant: |_| None,
    good: &["some text"],
};

/// Any text.
pub const PLAIN: Form = BASE;

/// What a variable of the environment may hold.
pub const VALUE: Form = Form { looks_like: "text, a number or a boolean", ..BASE };

/// A value in which nothing is filled in.
pub const LITERAL: Form = Form {
    looks_like: "text, a number or a boolean without `${…}`",
    part: |text| match text.find("${") {
        None => Ok(()),
        Some(at) => Err(Wrong { at: at..at + 2, why: "nothing is filled in here".into() }),
    },
    good: &["1024", "ssd"],
    ..BASE
};

impl PartialEq for Form {
    fn eq(&self, other: &Form) -> bool {
        self.looks_like == other.looks_like
    }
}

impl Eq for Form {}

impl Form {
    /// Whether a text has the form.
    pub fn check(&self, text: &str) -> Result<(), Wrong> {
        match self.shape {
            Shape::One => (self.part)(text),
            _ => self.read(text).map(drop),
        }
    }

    /// The parts of a text that has the form.
    pub fn read(&self, text: &str) -> Result<Vec<String>, Wrong> {
        let owned = |parts: Vec<(usize, &str)>| parts.into_iter().map(|(_, part)| part.to_string()).collect();
        match self.shape {
            Shape::One => self.all(text, vec![(0, text)]).map(owned),
            Shape::List => self.all(text, words(text)).map(owned),
            Shape::Command => command::split(text),
            Shape::Pair(mark, left) => {
                let Some(at) = text.find(mark) else {
                    return Err(Wrong::whole(text, format!("there is no `{mark}` in it")));
                };
                let (from, name) = trimmed(&text[..at], 0);
                left(name).map_err(|wrong| wrong.after(from))?;
                let (from, value) = trimmed(&text[at + mark.len_utf8()..], at + mark.len_utf8());
                (self.part)(value).map_err(|wrong| wrong.after(from))?;
                Ok(vec![name.into(), value.into()])
            }
        }
    }

    fn all<'t>(&self, text: &str, parts: Vec<(usize, &'t str)>) -> Result<Vec<(usize, &'t str)>, Wrong> {
        if parts.is_empty() {
            return Err(Wrong::whole(text, "it is empty"));
        }
        for (from, part) in &parts {
            (self.part)(part).map_err(|wrong| wrong.after(*from))?;
        }
        let bare: Vec<&str> = parts.iter().map(|(_, part)| *part).collect();
        match (self.whole)(&bare) {
            Ok(()) => Ok(parts),
            Err((at, why)) => Err(Wrong::whole(bare[at], why).after(parts[at].0)),
        }
    }

    /// The parts of a text that was read already.
    pub fn parts(&self, text: &str) -> Vec<String> {
        self.read(text).unwrap_or_default()
    }

    /// The two parts of a pair that was read already.
    pub fn pair(&self, text: &str) -> Option<(String, String)> {
        let mut parts = self.parts(text).into_iter();
        parts.next().zip(parts.next())
    }

    /// A text with these parts.
    pub fn print(&self, parts: &[String]) -> String {
        match self.shape {
            Shape::One => parts.concat(),
            Shape::List => parts.join(" "),
            Shape::Pair(mark, _) => parts.join(&mark.to_string()),
            Shape::Command => command::print(parts),
        }
    }
}

impl fmt::Display for Form {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.looks_like)
    }
}

/// The parts between spaces, and where each begins.
fn words(text: &str) -> Vec<(usize, &str)> {
    let begins = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split(' ').filter(|word| !word.is_empty()).map(|word| (begins(word), word)).collect()
}

/// A part without the spaces around it, and where it begins.
fn trimmed(text: &str, from: usize) -> (usize, &str) {
    let part = text.trim_start_matches(' ');
    (from + text.len() - part.len(), part.trim_end_matches(' '))
}

/// Any text, perhaps of several lines, without other control characters.
pub fn plain(text: &str) -> Result<(), Wrong> {
    let plain = |byte: u8| (b' '..=b'~').contains(&byte);
    if text.bytes().all(plain) {
        return Ok(());
    }
    let control = |c: char| c.is_control() && c != '\n' && c != '\t';
    match text.char_indices().find(|(_, c)| control(*c)) {
        None => Ok(()),
        Some((at, c)) => Err(Wrong { at: at..at + c.len_utf8(), why: control_name(c) }),
    }
}

fn control_name(c: char) -> String {
    match c {
        '\r' => "a carriage return".into(),
        c => format!("a control character (U+{:04X})", c as u32),
    }
}

/// Letters that are all good; the first that is not is what is wrong. The text must not be empty.
pub fn letters(text: &str, good: impl Fn(char) -> bool, takes: &str) -> Result<(), Wrong> {
    if text.is_empty() {
        return Err(Wrong::whole(text, "it is empty"));
    }
    match text.char_indices().find(|(_, c)| !good(*c)) {
        None => Ok(()),
        Some((at, c)) => {
            let sign = match c {
                ' ' => "a space".into(),
                c if c.is_control() => control_name(c),
                c => format!("`{c}`"),
            };
            Err(Wrong { at: at..at + c.len_utf8(), why: format!("{sign} is none of {takes}") })
        }
    }
}

/// At most so many bytes.
pub fn at_most(text: &str, most: usize) -> Result<(), Wrong> {
    match text.len() > most {
        true => Err(Wrong::whole(text, format!("it is longer than {most} characters"))),
        false => Ok(()),
    }
}

/// The first part that stands there before.
pub fn once(parts: &[&str]) -> Result<(), Misfit> {
    match (1..parts.len()).find(|at| parts[..*at].contains(&parts[*at])) {
        Some(at) => Err((at, "it stands there twice")),
        None => Ok(()),
    }
}

/// A list as other tools write it: with commas, in brackets, with quotes.
pub fn without_commas(text: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .map(|c| if matches!(c, ',' | ';' | '[' | ']' | '\'' | '"' | '|' | '\t' | '\n') { ' ' } else { c })
        .collect();
    Some(plain.split_whitespace().collect::<Vec<_>>().join(" "))
}
