//! A protobuf file as declared: flat lists, parents before children, each part with its place.

use super::features::Features;
use bastide_report::source::Span;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

/// The comment before and the comment behind a declaration, as written.
pub type Docs<'a> = [&'a str; 2];

/// A name and where it stands.
#[derive(Clone, Debug, Default)]
pub struct Name<'a> {
    /// The name.
    pub text: Cow<'a, str>,
    /// Its place.
    pub at: Span,
}

/// The dialect of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Syntax {
    /// `proto2`, or nothing said.
    #[default]
    Proto2,
    Proto3,
    /// An edition, by its year.
    Edition(u16),
}

#[derive(Debug, Default)]
pub struct File<'a> {
    /// Path from the root of imports.
    pub path: String,
    /// It comes with every protobuf compiler: only its names are known.
    pub builtin: bool,
    /// The dialect.
    pub syntax: Syntax,
    /// Where that is said.
    pub syntax_at: Span,
    /// The package; empty if none.
    pub package: Name<'a>,
    pub imports: Vec<Import<'a>>,
    pub options: Vec<Choice<'a>>,
    /// All messages, nested ones too.
    pub messages: Vec<Message<'a>>,
    /// All enums, nested ones too.
    pub enums: Vec<Enum<'a>>,
    /// All extension fields, nested ones too.
    pub extensions: Vec<Field<'a>>,
    pub services: Vec<Service<'a>>,
    /// What the file as a whole resolves its features to.
    pub features: Features,
}

#[derive(Debug)]
pub struct Import<'a> {
    /// The path, as written.
    pub path: Name<'a>,
    /// Whoever imports this file sees that one too.
    pub public: bool,
}

/// An option: a name with dots, `(…)` round the names of extensions; blocks are taken apart into their leaves.
#[derive(Clone, Debug)]
pub struct Choice<'a> {
    pub name: Cow<'a, str>,
    pub value: Constant<'a>,
    /// Where both stand.
    pub at: Span,
}

/// The value of an option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Constant<'a> {
    /// A name: `true`, `SPEED`.
    Word(&'a str),
    /// A number, as written.
    Number(Cow<'a, str>),
    /// The bytes of a text.
    Text(Vec<u8>),
    /// A block with nothing in it.
    Empty,
}

#[derive(Debug, Default)]
pub struct Message<'a> {
    /// Its own name.
    pub name: Name<'a>,
    /// The whole of it.
    pub at: Span,
    /// The message it is nested in.
    pub parent: Option<usize>,
    /// Package, outer messages, name; made when linked.
    pub full: Rc<str>,
    /// For the entry of a map field: the name of that field.
    pub map: Option<&'a str>,
    /// Its fields; those of oneofs too.
    pub fields: Vec<Field<'a>>,
    /// The names of its oneofs.
    pub oneofs: Vec<(Name<'a>, Docs<'a>)>,
    /// Numbers and names not to be used.
    pub reserved: Reserved<'a>,
    /// Numbers left to extensions.
    pub extensions: Vec<Range>,
    pub options: Vec<Choice<'a>>,
    /// Its comments.
    pub docs: Docs<'a>,
    /// What it resolves its features to.
    pub features: Features,
}

/// Reserved numbers and names.
#[derive(Debug, Default)]
pub struct Reserved<'a> {
    /// Numbers.
    pub ranges: Vec<Range>,
    pub names: Vec<Name<'a>>,
    /// The numbers once more: of ranges that lie apart the first and the last.
    apart: BTreeMap<i64, i64>,
    known: BTreeSet<Cow<'a, str>>,
}

impl<'a> Reserved<'a> {
    /// Reserves these numbers.
    pub fn add_range(&mut self, range: Range) {
        self.ranges.push(range);
        let (mut first, mut last) = (range.first, range.last);
        let meets = |apart: &BTreeMap<i64, i64>, first, last| {
            apart.range(..=last).next_back().map(|(first, last)| (*first, *last)).filter(|it| it.1 >= first)
        };
        while let Some(other) = meets(&self.apart, first, last) {
            self.apart.remove(&other.0);
            (first, last) = (first.min(other.0), last.max(other.1));
        }
        self.apart.insert(first, last);
    }

    /// Reserves a name.
    pub fn add_name(&mut self, name: Name<'a>) {
        self.known.insert(name.text.clone());
        self.names.push(name);
    }

    /// Reserves what another one does, too.
    pub fn merge(&mut self, other: Reserved<'a>) {
        other.ranges.into_iter().for_each(|range| self.add_range(range));
        other.names.into_iter().for_each(|name| self.add_name(name));
    }

    /// Whether a number is reserved.
    pub fn number(&self, number: i64) -> bool {
        self.apart.range(..=number).next_back().is_some_and(|(_, last)| *last >= number)
    }

    /// Whether a name is reserved.
    pub fn name(&self, name: &str) -> bool {
        self.known.contains(name)
    }
}

/// Numbers from first to last, both in it.
#[derive(Clone, Copy, Debug)]
pub struct Range {
    pub first: i64,
    pub last: i64,
}

/// How often a field may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label {
    Optional,
    Required,
    /// `repeated`, and every map.
    Repeated,
}

#[derive(Debug, Default)]
pub struct Field<'a> {
    pub name: Name<'a>,
    /// The whole of it.
    pub at: Span,
    pub number: i64,
    /// Where that stands.
    pub number_at: Span,
    /// The label, if written.
    pub label: Option<Label>,
    /// The type as written.
    pub written: Name<'a>,
    /// It is a map; the type is its entry.
    pub map: bool,
    pub group: bool,
    /// What the type means; set when linked.
    pub target: Target,
    pub oneof: Option<usize>,
    /// For an extension: the message extended, as written, then in full.
    pub extendee: Option<(Name<'a>, Rc<str>)>,
    /// For an extension: the message it is declared in.
    pub scope: Option<usize>,
    pub options: Vec<Choice<'a>>,
    /// Its comments.
    pub docs: Docs<'a>,
    /// What it resolves its features to.
    pub features: Features,
}

/// What the type of a field means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Target {
    /// A type of the language.
    Scalar(&'static str),
    /// A message, by its full name.
    Message(Rc<str>),
    /// An enum, by its full name.
    Enum(Rc<str>),
    /// Not known.
    #[default]
    Unknown,
}

#[derive(Debug, Default)]
pub struct Enum<'a> {
    /// Its own name.
    pub name: Name<'a>,
    /// The whole of it.
    pub at: Span,
    /// The message it is nested in.
    pub parent: Option<usize>,
    /// Package, outer messages, name; made when linked.
    pub full: Rc<str>,
    pub values: Vec<EnumValue<'a>>,
    /// Numbers and names not to be used.
    pub reserved: Reserved<'a>,
    pub options: Vec<Choice<'a>>,
    /// Its comments.
    pub docs: Docs<'a>,
    /// What it resolves its features to.
    pub features: Features,
}

#[derive(Debug)]
pub struct EnumValue<'a> {
    pub name: Name<'a>,
    pub number: i64,
    pub options: Vec<Choice<'a>>,
    /// Its comments.
    pub docs: Docs<'a>,
}

#[derive(Debug, Default)]
pub struct Service<'a> {
    /// Its own name.
    pub name: Name<'a>,
    /// The whole of it.
    pub at: Span,
    /// Package and name; made when linked.
    pub full: Rc<str>,
    pub methods: Vec<Method<'a>>,
    pub options: Vec<Choice<'a>>,
    /// Its comments.
    pub docs: Docs<'a>,
}

#[derive(Debug)]
pub struct Method<'a> {
    pub name: Name<'a>,
    /// The whole of it.
    pub at: Span,
    /// What it takes.
    pub request: End<'a>,
    /// What it gives.
    pub response: End<'a>,
    pub options: Vec<Choice<'a>>,
    /// Its comments.
    pub docs: Docs<'a>,
}

/// One end of a method.
#[derive(Debug)]
pub struct End<'a> {
    /// The message, as written.
    pub written: Name<'a>,
    /// The message, in full; set when linked.
    pub full: Rc<str>,
    /// Any number of them.
    pub stream: bool,
}

/// The option with this name; the last one wins.
pub fn choice<'c, 'a>(options: &'c [Choice<'a>], name: &str) -> Option<&'c Choice<'a>> {
    options.iter().rev().find(|option| option.name == name)
}

/// The word an option is set to.
pub fn word<'a>(options: &[Choice<'a>], name: &str) -> Option<&'a str> {
    match choice(options, name)?.value {
        Constant::Word(word) => Some(word),
        _ => None,
    }
}

impl Constant<'_> {
    /// The value as people read it.
    pub fn show(&self) -> String {
        match self {
            Constant::Word(word) => (*word).into(),
            Constant::Number(number) => number.to_string(),
            Constant::Text(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Constant::Empty => "{}".into(),
        }
    }
}

impl File<'_> {
    /// The name of a message or enum without the package.
    pub fn nested<'s>(&self, full: &'s str) -> &'s str {
        if self.package.text.is_empty() {
            full
        } else {
            full.get(self.package.text.len() + 1..).unwrap_or(full)
        }
    }
}

#[cfg(test)]
#[allow(clippy::print_stdout, reason = "it says how much it tried")]
mod tests {
    use super::{Range, Reserved};

    #[test]
    fn a_number_is_reserved_if_a_range_holds_it() {
        let mut tried = 0;
        for seed in 0..500_u64 {
            let number = |at: u64| (seed.wrapping_mul(0x9e37_79b9).wrapping_add(at * 7919) >> 3) as i64 % 40;
            let ranges: Vec<Range> = (0..8)
                .map(|at| (number(2 * at), number(2 * at + 1) % 6))
                .map(|(first, more)| Range { first, last: first + more })
                .collect();
            let mut reserved = Reserved::default();
            ranges.iter().for_each(|range| reserved.add_range(*range));
            for number in -1..50 {
                let held = ranges.iter().any(|range| (range.first..=range.last).contains(&number));
                assert_eq!(reserved.number(number), held, "{number} of {ranges:?}");
                tried += 1;
            }
        }
        println!("{tried} numbers asked of ranges");
    }
}
