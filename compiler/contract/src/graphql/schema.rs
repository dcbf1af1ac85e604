//! What an SDL text declares, extensions merged in.

use bastide_report::source::Span;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{Display, Formatter, Result};

/// A name and its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    /// The word.
    pub text: &'a str,
    /// Where it stands.
    pub span: Span,
}

/// Words for people, and where they stand.
#[derive(Clone, Debug)]
pub struct Description<'a> {
    /// What they say, layout taken off.
    pub text: Cow<'a, str>,
    /// Where they stand.
    pub span: Span,
}

/// What kind of type it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Scalar,
    /// `type`.
    Object,
    Interface,
    Union,
    Enum,
    Input,
}

impl Kind {
    /// As the schema language writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Scalar => "scalar",
            Kind::Object => "type",
            Kind::Interface => "interface",
            Kind::Union => "union",
            Kind::Enum => "enum",
            Kind::Input => "input",
        }
    }

    /// The kind a word means.
    pub fn from_word(word: &str) -> Option<Kind> {
        [Kind::Scalar, Kind::Object, Kind::Interface, Kind::Union, Kind::Enum, Kind::Input]
            .into_iter()
            .find(|kind| kind.as_str() == word)
    }
}

/// A type as a field or an argument names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape<'a> {
    /// `Order`.
    Named(&'a str),
    /// `[…]`.
    List(Box<Shape<'a>>),
    /// `…!`.
    NonNull(Box<Shape<'a>>),
}

impl<'a> Shape<'a> {
    /// The named type within.
    pub fn named(&self) -> &'a str {
        match self {
            Shape::Named(name) => name,
            Shape::List(inner) | Shape::NonNull(inner) => inner.named(),
        }
    }

    /// Whether null is not among its values.
    pub fn required(&self) -> bool {
        matches!(self, Shape::NonNull(_))
    }
}

impl Display for Shape<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self {
            Shape::Named(name) => out.write_str(name),
            Shape::List(inner) => write!(out, "[{inner}]"),
            Shape::NonNull(inner) => write!(out, "{inner}!"),
        }
    }
}

/// A value written in SDL. Equal values are equal however they are quoted.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal<'a> {
    /// A whole number, as written.
    Int(&'a str),
    /// Another number, as written.
    Float(&'a str),
    Text(Cow<'a, str>),
    /// `true` or `false`.
    Bool(bool),
    Null,
    /// A value of an enum.
    Enum(&'a str),
    List(Vec<Literal<'a>>),
    /// An object, by name of its fields.
    Object(BTreeMap<&'a str, Literal<'a>>),
}

impl Display for Literal<'_> {
    fn fmt(&self, out: &mut Formatter<'_>) -> Result {
        match self {
            Literal::Int(word) | Literal::Float(word) | Literal::Enum(word) => out.write_str(word),
            Literal::Text(text) => write!(out, "{text:?}"),
            Literal::Bool(truth) => write!(out, "{truth}"),
            Literal::Null => out.write_str("null"),
            Literal::List(items) => {
                out.write_str("[")?;
                items.iter().enumerate().try_for_each(|(at, item)| write!(out, "{}{item}", comma(at)))?;
                out.write_str("]")
            }
            Literal::Object(fields) => {
                out.write_str("{")?;
                let mut fields = fields.iter().enumerate();
                fields.try_for_each(|(at, (name, value))| write!(out, "{}{name}: {value}", comma(at)))?;
                out.write_str("}")
            }
        }
    }
}

fn comma(at: usize) -> &'static str {
    if at == 0 { "" } else { ", " }
}

/// A directive where it is used.
#[derive(Clone, Debug)]
pub struct Usage<'a> {
    /// Its name, without `@`.
    pub name: Name<'a>,
    /// What it is given, by name.
    pub arguments: BTreeMap<&'a str, Literal<'a>>,
    /// From `@` to the last bracket.
    pub span: Span,
}

/// A field, an argument, a field of an input type, or a value of an enum (whose shape is the enum).
#[derive(Clone, Debug)]
pub struct Member<'a> {
    pub name: Name<'a>,
    /// Words about it.
    pub description: Option<Description<'a>>,
    /// Arguments of a field, by name.
    pub arguments: Vec<Member<'a>>,
    /// Its type.
    pub shape: Shape<'a>,
    /// Where the type stands.
    pub shape_at: Span,
    /// What it is if nothing is given, and where that stands.
    pub default: Option<(Literal<'a>, Span)>,
    /// Directives on it.
    pub directives: Vec<Usage<'a>>,
}

#[derive(Clone, Debug)]
pub struct Type<'a> {
    pub kind: Kind,
    pub name: Name<'a>,
    /// Words about it.
    pub description: Option<Description<'a>>,
    /// Interfaces it implements, or members of a union.
    pub names: Vec<Name<'a>>,
    /// Its fields or values, each name once, by name.
    pub members: Vec<Member<'a>>,
    /// Directives on it.
    pub directives: Vec<Usage<'a>>,
}

/// A directive's definition.
#[derive(Clone, Debug)]
pub struct Directive<'a> {
    /// Its name, without `@`.
    pub name: Name<'a>,
    /// Words about it.
    pub description: Option<Description<'a>>,
    /// Its arguments, by name.
    pub arguments: Vec<Member<'a>>,
    /// Where `repeatable` stands.
    pub repeatable: Option<Span>,
    /// Where it may be used.
    pub locations: Vec<Name<'a>>,
}

/// The kinds of operation, in the order in which a schema names them.
pub const OPERATIONS: [&str; 3] = ["query", "mutation", "subscription"];

/// All that one side declares.
#[derive(Clone, Debug, Default)]
pub struct Schema<'a> {
    /// Types by name; those built into the language are not among them.
    pub types: BTreeMap<&'a str, Type<'a>>,
    /// Directives by name.
    pub directives: BTreeMap<&'a str, Directive<'a>>,
    /// The type of each of [`OPERATIONS`].
    pub roots: [Option<Name<'a>>; 3],
    /// Words about the schema.
    pub description: Option<Description<'a>>,
    /// Directives on the schema.
    pub usages: Vec<Usage<'a>>,
}

/// The scalars every schema has.
pub const BUILT_IN: [&str; 5] = ["Boolean", "Float", "ID", "Int", "String"];

/// The directives every schema has.
pub const STANDARD: [&str; 5] = ["deprecated", "include", "oneOf", "skip", "specifiedBy"];
