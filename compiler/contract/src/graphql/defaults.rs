//! Default values as the server understands them: `1` for a list is `[1]`, an object has the defaults of its fields.

use super::schema::{Kind, Literal, Member, Schema, Shape};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// How deep defaults of input types are filled in; types can contain themselves.
const DEEPEST: usize = 16;

/// The default of an argument or input field; `None` if there is none, or it is not a value of the type: such a
/// default counts as none, as in graphql-js.
pub(super) fn default<'a>(schema: &Schema<'a>, member: &Member<'a>) -> Option<Literal<'a>> {
    coerce(schema, &member.shape, &member.default.as_ref()?.0, 0)
}

/// Whether something must be given.
pub(super) fn required<'a>(schema: &Schema<'a>, member: &Member<'a>) -> bool {
    member.shape.required() && default(schema, member).is_none()
}

fn coerce<'a>(
    schema: &Schema<'a>,
    shape: &Shape<'a>,
    literal: &Literal<'a>,
    depth: usize,
) -> Option<Literal<'a>> {
    match shape {
        Shape::NonNull(_) if *literal == Literal::Null => None,
        Shape::NonNull(inner) => coerce(schema, inner, literal, depth),
        _ if *literal == Literal::Null => Some(Literal::Null),
        Shape::List(inner) => {
            let items = match literal {
                Literal::List(items) => items.as_slice(),
                one => std::slice::from_ref(one),
            };
            items
                .iter()
                .map(|item| coerce(schema, inner, item, depth))
                .collect::<Option<_>>()
                .map(Literal::List)
        }
        Shape::Named(name) => named(schema, name, literal, depth),
    }
}

fn named<'a>(schema: &Schema<'a>, name: &str, literal: &Literal<'a>, depth: usize) -> Option<Literal<'a>> {
    match (name, literal) {
        ("Boolean", Literal::Bool(_)) | ("String" | "ID", Literal::Text(_)) => Some(literal.clone()),
        ("Int", Literal::Int(digits)) => digits.parse::<i32>().ok().map(|_| literal.clone()),
        ("ID", Literal::Int(digits)) => Some(Literal::Text(Cow::Borrowed(digits))),
        ("Float", Literal::Int(digits) | Literal::Float(digits)) => {
            let number = digits.parse::<f64>().ok()?;
            Some(Literal::Text(Cow::Owned(number.to_string())))
        }
        ("Boolean" | "String" | "ID" | "Int" | "Float", _) => None,
        _ => match schema.types.get(name).map(|typ| (typ.kind, &typ.members)) {
            Some((Kind::Enum, values)) => value(values, literal),
            Some((Kind::Input, fields)) => object(schema, fields, literal, depth),
            _ => Some(literal.clone()),
        },
    }
}

fn value<'a>(values: &[Member<'a>], literal: &Literal<'a>) -> Option<Literal<'a>> {
    let Literal::Enum(name) = literal else { return None };
    find(values, name).map(|_| literal.clone())
}

fn object<'a>(
    schema: &Schema<'a>,
    fields: &[Member<'a>],
    literal: &Literal<'a>,
    depth: usize,
) -> Option<Literal<'a>> {
    let Literal::Object(given) = literal else { return None };
    if depth == DEEPEST {
        return Some(literal.clone());
    }
    let mut whole = BTreeMap::new();
    for field in fields {
        let written = given.get(field.name.text).or(field.default.as_ref().map(|(literal, _)| literal));
        match written {
            Some(written) => whole.insert(field.name.text, coerce(schema, &field.shape, written, depth + 1)?),
            None if field.shape.required() => return None,
            None => None,
        };
    }
    Some(Literal::Object(whole))
}

/// The member with this name; members are sorted by name.
pub(super) fn find<'m, 'a>(members: &'m [Member<'a>], name: &str) -> Option<&'m Member<'a>> {
    members.binary_search_by(|member| member.name.text.cmp(name)).ok().map(|at| &members[at])
}
