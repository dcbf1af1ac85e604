//! The spec as a tree of typed values: what was written, each value with the place it comes from.
//! One shape for all kinds, so that overlays, archetypes and defaults merge by one function.

mod mark;
mod name;
pub mod places;
mod said;
mod taken;

pub use name::is_within;
pub use taken::Taken;

use crate::form::command::COMMAND;
use crate::schema::Schema;
use bastide_report::source::Span;
use bastide_report::units::{Cpu, Date, Duration, Rate, Share, Size};
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// Which layer said a value. Later layers win.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// `defaults` of stdlib or of the project.
    Default,
    /// `defaults` of a resource type.
    Type,
    /// An archetype.
    Archetype,
    /// The spec.
    Spec,
    /// The overlay of an environment.
    Overlay,
    /// The compiler, by a rule of the language (a name made from another).
    Derived,
}

/// Where a value comes from: the layer and the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The layer.
    pub layer: Layer,
    /// The place.
    pub span: Span,
}

impl Origin {
    /// The same place, for a value the compiler made from what stands there.
    pub fn derived(self) -> Origin {
        Origin { layer: Layer::Derived, ..self }
    }
}

/// A value and where it comes from. It serialises as the bare value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub origin: Origin,
}

impl<T> At<T> {
    /// A value made from this one, with the same origin.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> At<U> {
        At { value: change(self.value), origin: self.origin }
    }

    /// The place, for labels.
    pub fn span(&self) -> Span {
        self.origin.span
    }
}

impl<T: Serialize> Serialize for At<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(to)
    }
}

/// A value of the language, parsed.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// `#null`: what earlier layers say is taken away. No merged tree holds one.
    Null,
    /// Text of any kind.
    Text(Box<str>),
    /// A whole number.
    Int(i64),
    /// A number with a fraction, as written.
    Number(Box<str>),
    /// Yes or no.
    Bool(bool),
    /// A duration.
    Duration(Duration),
    /// A size.
    Size(Size),
    /// Processor time.
    Cpu(Cpu),
    /// A rate.
    Rate(Rate),
    /// A share.
    Share(Share),
    /// A date.
    Date(Date),
}

impl Scalar {
    /// The value as one writes it.
    pub fn print(&self) -> String {
        match self {
            Scalar::Null => "#null".into(),
            Scalar::Text(text) | Scalar::Number(text) => String::from(&**text),
            Scalar::Int(number) => number.to_string(),
            Scalar::Bool(yes) => yes.to_string(),
            Scalar::Duration(it) => it.to_string(),
            Scalar::Size(it) => it.to_string(),
            Scalar::Cpu(it) => it.to_string(),
            Scalar::Rate(it) => it.to_string(),
            Scalar::Share(it) => it.to_string(),
            Scalar::Date(it) => it.to_string(),
        }
    }

    /// The same, of a text without a copy.
    pub fn words(&self) -> Cow<'_, str> {
        match self {
            Scalar::Text(text) | Scalar::Number(text) => Cow::Borrowed(text),
            other => Cow::Owned(other.print()),
        }
    }

    /// The value for templates: numbers and booleans as such, everything else as text.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Scalar::Null => serde_json::Value::Null,
            Scalar::Int(number) => (*number).into(),
            Scalar::Bool(yes) => (*yes).into(),
            Scalar::Number(text) => serde_json::from_str(text).unwrap_or_else(|_| text.to_string().into()),
            other => other.print().into(),
        }
    }
}

/// A value of the tree, and the values of earlier layers that it hides.
#[derive(Clone, Debug)]
pub struct Field {
    /// Property name; empty for an argument.
    pub name: &'static str,
    /// The value that counts.
    pub at: At<Scalar>,
    /// What it replaced, nearest first.
    pub hidden: Vec<At<Scalar>>,
}

/// A node of the spec, merged or as written.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its place in the language.
    pub schema: &'static Schema,
    /// Name or other key; empty if it has none.
    pub key: Box<str>,
    /// Where the node (its key, if it has one) stands in the layer that first said it.
    pub origin: Origin,
    /// Every layer that says something in this node, first to last; empty if that is `origin` alone.
    said: Vec<Origin>,
    /// Properties.
    pub fields: Vec<Field>,
    /// Arguments that are values, not keys.
    pub values: Vec<Field>,
    /// Children.
    pub parts: Vec<Item>,
    /// `node #null`: an overlay takes the node away.
    pub removed: bool,
    /// A value of it could not be read, which was reported.
    pub broken: bool,
    /// What was taken out of it by `#null`.
    pub taken: Option<Box<Taken>>,
}

impl Item {
    /// An empty node.
    pub fn new(schema: &'static Schema, key: &str, origin: Origin) -> Item {
        let (fields, values, parts) = (vec![], vec![], vec![]);
        Item {
            schema,
            key: key.into(),
            origin,
            said: vec![],
            fields,
            values,
            parts,
            removed: false,
            broken: false,
            taken: None,
        }
    }

    /// Gives back what its lists have to spare: a spec is mostly lists of one.
    pub fn shrink(&mut self) {
        self.fields.shrink_to_fit();
        self.values.shrink_to_fit();
        self.parts.shrink_to_fit();
    }

    /// Whether this is an entry with a name of the user's own (`LOG_LEVEL` in `env`).
    pub fn is_free(&self) -> bool {
        self.schema.node.is_empty()
    }

    /// The key with its origin, when it is a name.
    pub fn name(&self) -> At<String> {
        At { value: self.key_text(), origin: self.origin }
    }

    /// The key as text.
    pub fn key_text(&self) -> String {
        String::from(&*self.key)
    }

    /// A property.
    pub fn field(&self, name: &str) -> Option<&At<Scalar>> {
        let field = self.fields.iter().find(|field| field.name == name)?;
        Some(&field.at).filter(|at| at.value != Scalar::Null)
    }

    /// The node's own value.
    pub fn value(&self) -> Option<&At<Scalar>> {
        self.values.first().map(|field| &field.at)
    }

    /// The only child of this kind.
    pub fn part(&self, node: &str) -> Option<&Item> {
        self.parts.iter().find(|part| part.schema.node == node)
    }

    /// All children of this kind, in order.
    pub fn all<'a>(&'a self, node: &'a str) -> impl Iterator<Item = &'a Item> {
        self.parts.iter().filter(move |part| part.schema.node == node)
    }

    /// A property as text.
    pub fn text(&self, name: &str) -> Option<String> {
        self.field(name).map(|at| at.value.print())
    }

    /// A property as text, with its origin.
    pub fn text_at(&self, name: &str) -> Option<At<String>> {
        self.field(name).map(|at| At { value: at.value.print(), origin: at.origin })
    }

    /// A property that is a whole number.
    pub fn int(&self, name: &str) -> Option<At<i64>> {
        self.field(name).and_then(|at| match at.value {
            Scalar::Int(value) => Some(At { value, origin: at.origin }),
            _ => None,
        })
    }

    /// A truth value and its place.
    pub fn bool_at(&self, name: &str) -> Option<At<bool>> {
        let at = self.field(name)?;
        matches!(at.value, Scalar::Bool(_)).then(|| At { value: self.is(name), origin: at.origin })
    }

    /// A property that is yes or no; absent means no.
    pub fn is(&self, name: &str) -> bool {
        matches!(self.field(name), Some(At { value: Scalar::Bool(true), .. }))
    }

    /// A property that is a duration.
    pub fn duration(&self, name: &str) -> Option<At<Duration>> {
        self.field(name).and_then(as_duration)
    }

    /// A property that is a share.
    pub fn share(&self, name: &str) -> Option<At<Share>> {
        self.field(name).and_then(|at| match at.value {
            Scalar::Share(value) => Some(At { value, origin: at.origin }),
            _ => None,
        })
    }

    /// A property that is a size.
    pub fn size(&self, name: &str) -> Option<At<Size>> {
        self.field(name).and_then(as_size)
    }

    /// A property that is processor time.
    pub fn cpu(&self, name: &str) -> Option<At<Cpu>> {
        self.field(name).and_then(|at| match at.value {
            Scalar::Cpu(value) => Some(At { value, origin: at.origin }),
            _ => None,
        })
    }

    /// A property that is a rate.
    pub fn rate(&self, name: &str) -> Option<At<Rate>> {
        self.field(name).and_then(as_rate)
    }

    /// A property that is a date.
    pub fn date(&self, name: &str) -> Option<At<Date>> {
        self.field(name).and_then(|at| match at.value {
            Scalar::Date(value) => Some(At { value, origin: at.origin }),
            _ => None,
        })
    }

    /// The node's own value as text.
    pub fn value_text(&self) -> Option<String> {
        self.value().map(|at| at.value.print())
    }

    /// The node's own value as text, with its origin.
    pub fn value_at(&self) -> Option<At<String>> {
        self.value().map(|at| At { value: at.value.print(), origin: at.origin })
    }

    /// The node's own value, if it is a duration.
    pub fn value_duration(&self) -> Option<At<Duration>> {
        self.value().and_then(as_duration)
    }

    /// The node's own value, if it is a size.
    pub fn value_size(&self) -> Option<At<Size>> {
        self.value().and_then(as_size)
    }

    /// The node's own value, if it is a rate.
    pub fn value_rate(&self) -> Option<At<Rate>> {
        self.value().and_then(as_rate)
    }

    /// The node's own value, if it is a whole number.
    pub fn value_int(&self) -> Option<At<i64>> {
        self.value().and_then(|at| match at.value {
            Scalar::Int(value) => Some(At { value, origin: at.origin }),
            _ => None,
        })
    }

    /// All arguments as text, each with its origin.
    pub fn values_at(&self) -> Vec<At<String>> {
        self.values.iter().map(|it| At { value: it.at.value.print(), origin: it.at.origin }).collect()
    }

    /// The words of a property that is a command, with its origin.
    pub fn command(&self, name: &str) -> Vec<At<String>> {
        let Some(at) = self.field(name) else { return vec![] };
        let words = COMMAND.parts(&at.value.words());
        words.into_iter().map(|value| At { value, origin: at.origin }).collect()
    }

    /// All arguments as text.
    pub fn values_text(&self) -> Vec<String> {
        self.values.iter().map(|field| field.at.value.print()).collect()
    }

    /// Entries with names of the user's own.
    pub fn free_values(&self) -> std::collections::BTreeMap<String, serde_json::Value> {
        let entry = |part: &Item| Some((part.key_text(), part.value()?.value.to_json()));
        self.parts.iter().filter(|part| part.is_free()).filter_map(entry).collect()
    }

    /// Whether a flag child (`public`) stands here and says yes.
    pub fn flag(&self, node: &str) -> Option<At<bool>> {
        let part = self.part(node)?;
        let value = !matches!(part.value(), Some(At { value: Scalar::Bool(false), .. }));
        Some(At { value, origin: part.origin })
    }
}

fn as_duration(at: &At<Scalar>) -> Option<At<Duration>> {
    match at.value {
        Scalar::Duration(value) => Some(At { value, origin: at.origin }),
        _ => None,
    }
}

fn as_size(at: &At<Scalar>) -> Option<At<Size>> {
    match at.value {
        Scalar::Size(value) => Some(At { value, origin: at.origin }),
        _ => None,
    }
}

fn as_rate(at: &At<Scalar>) -> Option<At<Rate>> {
    match at.value {
        Scalar::Rate(value) => Some(At { value, origin: at.origin }),
        _ => None,
    }
}
