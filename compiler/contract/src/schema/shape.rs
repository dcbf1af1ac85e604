//! What a schema accepts, put in one form: kind by kind of JSON value, everything that must hold of it. `allOf`, `$ref`,
//! `nullable`, choices of one branch and lists of types leave no trace here, so that equal meaning is equal shape.

use super::literal::Literal;
use super::term::TermId;
use crate::value::Value;
use bastide_report::source::Span;
use bastide_report::units::decimal::Decimal;
use std::rc::Rc;

/// `null` is accepted.
pub const NULL: u8 = 1;
/// `true` is accepted.
pub const TRUE: u8 = 2;
/// `false` is accepted.
pub const FALSE: u8 = 4;

/// What is accepted.
#[derive(Clone, Debug, Default)]
pub struct Shape<'s, 'a> {
    /// Where the schema stands.
    pub span: Option<Span>,
    /// Which of `null`, `true` and `false`.
    pub constants: u8,
    /// A `oneOf` is in it: which of the constants two branches accept, which refuses them.
    pub twice: Option<u8>,
    /// Which numbers.
    pub number: Option<Rc<Class<'s, 'a, Numbers<'s>>>>,
    /// Which texts.
    pub text: Option<Rc<Class<'s, 'a, Texts<'s, 'a>>>>,
    /// Which lists.
    pub list: Option<Rc<Class<'s, 'a, Lists<'s, 'a>>>>,
    /// Which maps.
    pub map: Option<Rc<Class<'s, 'a, Maps<'s, 'a>>>>,
    /// What is said besides.
    pub words: Words<'s, 'a>,
    /// The schema whose `discriminator` says that it stands for all that take it in.
    pub parent: Option<&'s Value<'a>>,
    /// Too deep to be looked into: compared as it is written.
    pub opaque: Option<TermId>,
}

/// All values of one kind that are accepted. With literals, the rest is empty: they are the whole set.
#[derive(Clone, Debug, Default)]
pub struct Class<'s, 'a, F> {
    /// Only these.
    pub literals: Option<Vec<Literal<'s, 'a>>>,
    /// They are those of a `oneOf`: which of them two branches list.
    pub twice: Option<Vec<String>>,
    /// Bounds of this kind.
    pub facets: F,
    /// For each of these, one branch must accept.
    pub choices: Vec<Choice<'s, 'a>>,
    /// None of these may accept.
    pub nots: Vec<At<TermId>>,
    /// `if`, `then`, `else`.
    pub conditions: Vec<Condition>,
}

/// Something and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// What.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// A choice of several branches that accept values of the kind.
#[derive(Clone, Debug)]
pub struct Choice<'s, 'a> {
    /// Where it stands.
    pub span: Span,
    /// Just one branch may accept (`oneOf`).
    pub one: bool,
    pub branches: Vec<Branch>,
    /// The schema that says what tells the branches apart, if it is written down.
    pub discriminator: Option<&'s Value<'a>>,
}

#[derive(Clone, Debug)]
pub struct Branch {
    /// What it accepts.
    pub term: TermId,
    /// The last part of its `$ref`, its title, or nothing.
    pub name: String,
    /// Where it stands.
    pub span: Span,
}

/// A condition that could not be resolved for the kind.
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    /// Where it stands.
    pub span: Span,
    /// What decides.
    pub when: TermId,
    /// What must hold then.
    pub then: TermId,
    /// What must hold else.
    pub other: TermId,
}

/// A bound of numbers.
#[derive(Clone, Copy, Debug)]
pub struct Limit {
    /// Where it stands.
    pub span: Span,
    /// The bound.
    pub value: Decimal,
    /// The bound itself is not in.
    pub exclusive: bool,
}

/// Bounds of numbers.
#[derive(Clone, Debug, Default)]
pub struct Numbers<'s> {
    /// No fractions.
    pub whole: Option<Span>,
    pub least: Option<Limit>,
    pub greatest: Option<Limit>,
    /// All divide the number.
    pub multiples: Vec<At<Decimal>>,
    pub formats: Vec<At<&'s str>>,
}

/// Bounds of texts.
#[derive(Clone, Debug, Default)]
pub struct Texts<'s, 'a> {
    /// Fewest characters.
    pub least: Option<At<u64>>,
    /// Most characters.
    pub most: Option<At<u64>>,
    /// All match.
    pub patterns: Vec<At<&'s str>>,
    pub formats: Vec<At<&'s str>>,
    /// `contentEncoding` and its like, each with its keyword.
    pub content: Vec<(&'s str, &'s Value<'a>)>,
}

/// Bounds of lists.
#[derive(Clone, Debug, Default)]
pub struct Lists<'s, 'a> {
    /// What the items are; all parts hold.
    pub parts: Vec<ListPart<'s, 'a>>,
    /// Fewest items.
    pub least: Option<At<u64>>,
    /// Most items.
    pub most: Option<At<u64>>,
    /// No two are equal.
    pub unique: Option<Span>,
    /// How many items must be like something.
    pub contains: Vec<Contains>,
    /// `unevaluatedItems`, where it is not resolved.
    pub opaque: Vec<&'s Value<'a>>,
}

/// What one schema says of the items.
#[derive(Clone, Debug)]
pub struct ListPart<'s, 'a> {
    /// The first items, one schema each.
    pub prefix: Vec<&'s Value<'a>>,
    /// Those after.
    pub rest: Option<&'s Value<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub struct Contains {
    /// Where it stands.
    pub span: Span,
    /// Like what.
    pub term: TermId,
    /// How many at least.
    pub least: u64,
    /// How many at most.
    pub most: Option<u64>,
}

/// Bounds of maps.
#[derive(Clone, Debug, Default)]
pub struct Maps<'s, 'a> {
    /// What the properties are; all parts hold.
    pub parts: Vec<Rc<MapPart<'s, 'a>>>,
    /// Names that must be there, sorted.
    pub required: Vec<(&'s str, Span)>,
    /// Names that do not count the way the data travels, whoever requires them.
    pub hidden: Vec<&'s str>,
    /// Fewest properties.
    pub least: Option<At<u64>>,
    /// Most properties.
    pub most: Option<At<u64>>,
    /// What the names are like.
    pub names: Vec<At<TermId>>,
    /// With the first name, the second must be there; sorted.
    pub needs: Vec<(&'s str, &'s str, Span)>,
    /// With the name, this must hold of the whole.
    pub depends: Vec<(&'s str, At<TermId>)>,
    /// `unevaluatedProperties`, where it is not resolved.
    pub opaque: Vec<&'s Value<'a>>,
}

/// What one schema says of the properties.
#[derive(Clone, Debug, Default)]
pub struct MapPart<'s, 'a> {
    /// Named properties, sorted by name.
    pub named: Vec<Property<'s, 'a>>,
    /// By pattern of the name.
    pub patterns: Vec<(&'s str, Span, &'s Value<'a>)>,
    pub others: Option<&'s Value<'a>>,
    /// The names and patterns only say what is looked at elsewhere (`unevaluatedProperties`): they bind nothing here.
    pub only_names: bool,
}

/// A named property.
#[derive(Clone, Copy, Debug)]
pub struct Property<'s, 'a> {
    pub name: &'s str,
    /// Where the name stands.
    pub span: Span,
    /// Its schema.
    pub value: &'s Value<'a>,
}

/// What is said besides what is accepted.
#[derive(Clone, Debug, Default)]
pub struct Words<'s, 'a> {
    /// Title, description, examples, extensions: keyword and value.
    pub texts: Vec<(&'s str, &'s Value<'a>)>,
    pub default: Option<&'s Value<'a>>,
    /// `deprecated: true`.
    pub deprecated: Option<Span>,
    /// `readOnly: true`.
    pub read_only: Option<Span>,
    /// `writeOnly: true`.
    pub write_only: Option<Span>,
}

impl<'s, 'a, F: Default> Class<'s, 'a, F> {
    /// Whether nothing is asked of it; the facets are the caller's to look at.
    pub fn bare(&self) -> bool {
        self.literals.is_none()
            && self.choices.is_empty()
            && self.nots.is_empty()
            && self.conditions.is_empty()
    }
}

impl Maps<'_, '_> {
    /// How many properties there can be at most, if that follows from the model being closed.
    pub fn room(&self) -> Option<u64> {
        let closed = |part: &&Rc<MapPart>| {
            part.patterns.is_empty() && part.others.is_some_and(|others| others.is(false))
        };
        self.parts.iter().filter(closed).map(|part| part.named.len() as u64).min()
    }
}

impl<'s, 'a> Shape<'s, 'a> {
    /// Everything.
    pub fn any() -> Shape<'s, 'a> {
        Shape {
            constants: NULL | TRUE | FALSE,
            number: Some(Rc::default()),
            text: Some(Rc::default()),
            list: Some(Rc::default()),
            map: Some(Rc::default()),
            ..Shape::default()
        }
    }

    /// Nothing is accepted, as far as that shows.
    pub fn empty(&self) -> bool {
        self.constants == 0 && self.kinds() == 0 && self.opaque.is_none()
    }

    /// The kinds besides `null`, as bits in the order of [`KINDS`]; `boolean` if it has one of its two.
    pub fn kinds(&self) -> u8 {
        let bits = [
            self.constants & (TRUE | FALSE) != 0,
            self.number.is_some(),
            self.text.is_some(),
            self.list.is_some(),
            self.map.is_some(),
        ];
        bits.iter().enumerate().map(|(at, is)| u8::from(*is) << at).sum()
    }
}

/// The kinds, in the order of [`Shape::kinds`].
pub const KINDS: [&str; 5] = ["boolean", "number", "string", "array", "object"];
/// The bit of numbers.
pub const NUMBER: u8 = 2;
/// The bit of texts.
pub const TEXT: u8 = 4;
/// The bit of lists.
pub const LIST: u8 = 8;
/// The bit of maps.
pub const MAP: u8 = 16;
