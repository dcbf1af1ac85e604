//! Values inside schemas: the members of `enum`, `const`, examples. Equal ones are equal texts.

use crate::value::{Data, Value};
use bastide_report::units::decimal::Decimal;
use std::fmt::Write;

/// A value that is allowed, with its canonical text.
#[derive(Clone, Debug)]
pub struct Literal<'s, 'a> {
    /// Equal for equal values, whatever the order of keys or the spelling of numbers.
    pub text: String,
    pub value: &'s Value<'a>,
}

impl<'s, 'a> Literal<'s, 'a> {
    /// The literal of a value.
    pub fn of(value: &'s Value<'a>) -> Literal<'s, 'a> {
        Literal { text: canonical(value), value }
    }
}

/// One text for all spellings of a value; readable, so that messages can show it.
pub fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    match &value.data {
        Data::Null => out.push_str("null"),
        Data::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Data::Number(text) => out.push_str(&number(text)),
        Data::Text(text) => {
            let _ = write!(out, "{text:?}");
        }
        Data::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at == 0 { "" } else { "," });
                write(item, out);
            }
            out.push(']');
        }
        Data::Map(entries) => {
            let mut sorted: Vec<_> = entries.iter().collect();
            sorted.sort_by(|left, right| left.key.cmp(&right.key));
            out.push('{');
            for (at, entry) in sorted.into_iter().enumerate() {
                let _ = write!(out, "{}{:?}:", if at == 0 { "" } else { "," }, entry.key);
                write(&entry.value, out);
            }
            out.push('}');
        }
    }
}

fn number(text: &str) -> String {
    Decimal::read(text).map_or_else(|| text.into(), digits)
}

/// A number as its canonical text.
pub fn digits(number: Decimal) -> String {
    number.small().map_or_else(|| number.to_string(), |number| number.to_string())
}

/// Whether two values are equal, whatever their places, order of keys or spelling of numbers.
pub fn same(left: &Value, right: &Value) -> bool {
    match (&left.data, &right.data) {
        (Data::Text(left), Data::Text(right)) => left == right,
        (Data::Number(left), Data::Number(right)) => left == right || number(left) == number(right),
        (Data::List(left), Data::List(right)) => {
            left.len() == right.len() && left.iter().zip(right).all(|(left, right)| same(left, right))
        }
        (Data::Map(left), Data::Map(right)) if left.len() != right.len() => false,
        (Data::Map(_), Data::Map(_)) => canonical(left) == canonical(right),
        _ => left.data == right.data,
    }
}
