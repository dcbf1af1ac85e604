//! What the parts of a linked file mean on the wire, in JSON and in generated code.

use super::features::{CppString, Presence};
use super::parse::whole;
use super::set::Set;
use super::tree::{Constant, Enum, Field, File, Label, Message, Syntax, Target, choice, word};

/// How often a field may stand, and whether it knows that it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cardinality {
    /// At most once; unset differs from zero.
    Explicit,
    /// At most once; unset is zero.
    Implicit,
    /// Once.
    Required,
    /// Any number of times.
    Repeated,
    /// Any number of keys.
    Map,
}

impl Cardinality {
    /// As people say it.
    pub fn as_str(self) -> &'static str {
        match self {
            Cardinality::Explicit => "optional",
            Cardinality::Implicit => "singular without presence",
            Cardinality::Required => "required",
            Cardinality::Repeated => "repeated",
            Cardinality::Map => "map",
        }
    }

    /// Cardinalities of one group read each other's bytes.
    pub fn wire(self) -> u8 {
        match self {
            Cardinality::Explicit | Cardinality::Implicit => 1,
            Cardinality::Required => 2,
            Cardinality::Repeated | Cardinality::Map => 3,
        }
    }

    /// Cardinalities of one group read each other's bytes and JSON.
    pub fn json(self) -> u8 {
        if self == Cardinality::Map { 4 } else { self.wire() }
    }
}

/// The cardinality of a field.
pub fn cardinality(field: &Field<'_>) -> Cardinality {
    let message = matches!(field.target, Target::Message(_));
    match field.label {
        _ if field.map => Cardinality::Map,
        Some(Label::Repeated) => Cardinality::Repeated,
        Some(Label::Required) => Cardinality::Required,
        _ if field.features.presence == Presence::Required => Cardinality::Required,
        Some(Label::Optional) => Cardinality::Explicit,
        None if message || field.oneof.is_some() || field.extendee.is_some() => Cardinality::Explicit,
        None if field.features.presence == Presence::Explicit => Cardinality::Explicit,
        None => Cardinality::Implicit,
    }
}

/// The kind of a field's type: a scalar's name, `message`, `group` or `enum`. `entry`: the field is part of a map.
pub fn kind(field: &Field<'_>, entry: bool) -> &'static str {
    match field.target {
        Target::Scalar(name) => name,
        Target::Enum(_) => "enum",
        Target::Message(_) if field.group || (field.features.delimited && !field.map && !entry) => "group",
        Target::Message(_) | Target::Unknown => "message",
    }
}

/// The name of the message or enum a field holds.
pub fn named<'s>(field: &'s Field<'_>) -> Option<&'s str> {
    match &field.target {
        Target::Message(full) | Target::Enum(full) => Some(full),
        Target::Scalar(_) | Target::Unknown => None,
    }
}

/// The type as people read it; a map by its parts.
pub fn type_text(field: &Field<'_>, entry: Option<&Message<'_>>) -> String {
    match entry.map(|entry| entry.fields.as_slice()) {
        Some([key, value]) if field.map => {
            format!("map<{}, {}>", type_text(key, None), type_text(value, None))
        }
        _ => named(field).unwrap_or_else(|| kind(field, false)).into(),
    }
}

/// Kinds of one group read each other's bytes.
pub fn wire_group(kind: &str) -> u8 {
    match kind {
        "int32" | "int64" | "uint32" | "uint64" | "bool" => 1,
        "sint32" | "sint64" => 2,
        "string" => 3,
        "bytes" => 4,
        "fixed32" | "sfixed32" => 5,
        "fixed64" | "sfixed64" => 6,
        "double" => 7,
        "float" => 8,
        "group" => 9,
        "message" => 10,
        _ => 11,
    }
}

/// Kinds of one group read each other's bytes and each other's JSON.
pub fn json_group(kind: &str) -> u8 {
    match kind {
        "int32" | "uint32" => 21,
        "int64" | "uint64" => 22,
        "bool" => 23,
        "sint32" => 24,
        "sint64" => 25,
        other => wire_group(other),
    }
}

/// Whether a kind is an integer of 64 bits.
pub fn wide(kind: &str) -> bool {
    matches!(kind, "int64" | "sint64" | "uint64" | "fixed64" | "sfixed64")
}

/// The name of a field in JSON.
pub fn json_name(field: &Field<'_>) -> String {
    match choice(&field.options, "json_name").map(|option| &option.value) {
        Some(Constant::Text(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
        _ => camel(&field.name.text),
    }
}

fn camel(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut raise = false;
    for letter in name.chars() {
        match letter {
            '_' => raise = true,
            letter if raise => {
                out.push(letter.to_ascii_uppercase());
                raise = false;
            }
            letter => out.push(letter),
        }
    }
    out
}

/// Whether a repeated field is packed; `None` for what cannot be.
pub fn packed(field: &Field<'_>) -> Option<bool> {
    let kind = kind(field, false);
    let can =
        field.label == Some(Label::Repeated) && !matches!(kind, "string" | "bytes" | "message" | "group");
    let said = word(&field.options, "packed").map(|word| word == "true");
    can.then(|| said.unwrap_or(field.features.packed))
}

/// The class C++ holds a text in: the string type, and whether it is a `STRING_PIECE`.
pub fn cpp_string(file: &File<'_>, field: &Field<'_>) -> (CppString, bool) {
    let old = !matches!(file.syntax, Syntax::Edition(2024..));
    match word(&field.options, "ctype").filter(|_| old) {
        Some("CORD") => (CppString::Cord, false),
        Some("STRING_PIECE") => (CppString::String, true),
        Some(_) => (CppString::String, false),
        None => (field.features.cpp_string, false),
    }
}

/// Whether Java checks that a text is UTF-8.
pub fn java_utf8(file: &File<'_>, field: &Field<'_>) -> bool {
    let said = word(&file.options, "java_string_check_utf8");
    let by_file = said.is_some() || !matches!(file.syntax, Syntax::Edition(_));
    let checked = if by_file { said == Some("true") } else { field.features.java_utf8 };
    checked || field.features.utf8
}

/// The value a field has when it is not set.
#[derive(Clone, Debug)]
pub enum Default {
    /// The bytes of a text; the name of a value where an enum's numbers are not known.
    Text(Vec<u8>),
    /// A whole number, a truth value, the number of an enum's value.
    Whole(i128),
    Double(f64),
    Float(f32),
}

/// The default of a field; `None` for what cannot have one.
pub fn default(set: &Set<'_>, field: &Field<'_>) -> Option<Default> {
    if field.label == Some(Label::Repeated) || matches!(field.target, Target::Message(_) | Target::Unknown) {
        return None;
    }
    let said = choice(&field.options, "default");
    let kind = kind(field, false);
    let value = said.map(|option| &option.value);
    Some(match (kind, value) {
        ("string" | "bytes", Some(Constant::Text(bytes))) => Default::Text(bytes.clone()),
        ("string" | "bytes", _) => Default::Text(vec![]),
        ("double", value) => Default::Double(value.map_or(0.0, float)),
        ("float", value) => Default::Float(value.map_or(0.0, float) as f32),
        ("enum", value) => enum_default(set, field, value),
        (_, Some(Constant::Word(word))) => Default::Whole(i128::from(*word == "true")),
        (_, Some(Constant::Number(number))) => Default::Whole(whole_number(number)),
        _ => Default::Whole(0),
    })
}

fn enum_default(set: &Set<'_>, field: &Field<'_>, value: Option<&Constant<'_>>) -> Default {
    let found = named(field).and_then(|full| set.enums.get(full)).map(|at| set.enumeration(*at));
    let said = match value {
        Some(Constant::Word(word)) => *word,
        _ => "",
    };
    match found.filter(|found| !found.values.is_empty()) {
        None => Default::Text(said.into()),
        Some(found) => {
            let value = found.values.iter().find(|value| value.name.text == said).or(found.values.first());
            Default::Whole(value.map_or(0, |value| i128::from(value.number)))
        }
    }
}

fn float(value: &Constant<'_>) -> f64 {
    match value {
        Constant::Word("inf") => f64::INFINITY,
        Constant::Word("nan") => f64::NAN,
        Constant::Number(number) => match number.strip_prefix('-').unwrap_or(number) {
            "nan" => f64::NAN,
            digits if whole(digits).is_some() && number.parse::<f64>().is_err() => {
                whole_number(number) as f64
            }
            "inf" => number.parse().unwrap_or(f64::INFINITY),
            _ => number.trim_end_matches(['f', 'F']).parse().unwrap_or(0.0),
        },
        _ => 0.0,
    }
}

fn whole_number(text: &str) -> i128 {
    match text.strip_prefix('-') {
        Some(digits) => -whole(digits).map_or(0, i128::from),
        None => whole(text).map_or(0, i128::from),
    }
}

impl Default {
    /// Whether it is what the type has anyway.
    pub fn zero(&self) -> bool {
        match self {
            Default::Text(bytes) => bytes.is_empty(),
            Default::Whole(number) => *number == 0,
            Default::Double(number) => *number == 0.0,
            Default::Float(number) => *number == 0.0,
        }
    }

    /// Whether both mean the same value, whatever their types.
    pub fn same(&self, other: &Default) -> bool {
        match (self, other) {
            (Default::Text(left), Default::Text(right)) => left == right,
            (Default::Text(_), _) | (_, Default::Text(_)) => false,
            (Default::Whole(left), Default::Whole(right)) => left == right,
            (Default::Float(left), Default::Double(right))
            | (Default::Double(right), Default::Float(left)) => {
                *left == *right as f32 || (left.is_nan() && right.is_nan())
            }
            (left, right) => {
                let (left, right) = (left.number(), right.number());
                left == right || (left.is_nan() && right.is_nan())
            }
        }
    }

    fn number(&self) -> f64 {
        match self {
            Default::Text(_) => f64::NAN,
            Default::Whole(number) => *number as f64,
            Default::Double(number) => *number,
            Default::Float(number) => f64::from(*number),
        }
    }

    /// As people read it.
    pub fn show(&self) -> String {
        match self {
            Default::Text(bytes) => format!("\"{}\"", String::from_utf8_lossy(bytes)),
            Default::Whole(number) => number.to_string(),
            Default::Double(number) => number.to_string(),
            Default::Float(number) => number.to_string(),
        }
    }
}

/// Whether all values of an enum stand in another with the same numbers.
pub fn within(inner: &Enum<'_>, outer: &Enum<'_>) -> bool {
    let has =
        |name: &str, number: i64| outer.values.iter().any(|it| it.name.text == name && it.number == number);
    inner.values.iter().all(|value| has(&value.name.text, value.number))
}
