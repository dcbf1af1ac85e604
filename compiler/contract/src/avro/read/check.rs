//! What can be checked once all names are known: branches of unions, defaults.

use super::fault;
use crate::avro::schema::{Id, Schema, Shape};
use crate::value::{Data, Value};
use bastide_report::finding::Finding;

/// Defaults of records can take in defaults of records; so deep they are looked at.
const DEEPEST: usize = 32;

/// Adds what is wrong with unions and defaults.
pub(super) fn check(schema: &Schema<'_>, findings: &mut Vec<Finding>) {
    for node in &schema.nodes {
        match &node.shape {
            Shape::Union(branches) => union(schema, node.at, branches, findings),
            Shape::Record(fields) => {
                for field in fields {
                    let Some(default) = field.default else { continue };
                    if !fits_field(schema, field.node, default) {
                        let message =
                            format!("the default of `{}` is no `{}`", field.name, schema.label(field.node));
                        let help = "write a value of the type, or put the type among the branches";
                        findings.push(fault(default.span, message, "this default", help));
                    }
                }
            }
            _ => {}
        }
    }
}

fn union(
    schema: &Schema<'_>,
    at: bastide_report::source::Span,
    branches: &[Id],
    findings: &mut Vec<Finding>,
) {
    let mut names: Vec<String> = branches.iter().map(|branch| schema.label(*branch)).collect();
    names.sort_unstable();
    if branches.iter().any(|branch| matches!(schema.node(*branch).shape, Shape::Union(_))) {
        findings.push(fault(
            at,
            "a union stands in a union",
            "not allowed",
            "list all branches in one union",
        ));
    } else if let Some(twice) = names.windows(2).find(|pair| pair[0] == pair[1]) {
        let message = format!("`{}` stands twice in a union", twice[0]);
        findings.push(fault(
            at,
            message,
            "readers could not tell them apart",
            "remove one, or give it a name",
        ));
    }
}

/// A default of a field: numbers with a fraction may be written as text, so that `NaN` can be.
fn fits_field(schema: &Schema<'_>, id: Id, default: &Value<'_>) -> bool {
    match (&schema.node(id).shape, &default.data) {
        (Shape::Primitive("float" | "double"), Data::Text(text)) => {
            let text = text.trim();
            let name = text.trim_start_matches(['+', '-']);
            matches!(name, "NaN" | "Infinity")
                || text.trim_end_matches(['f', 'F', 'd', 'D']).parse::<f64>().is_ok()
        }
        _ => fits(schema, id, default, 0),
    }
}

/// Whether a value is one of a type, as Java's `isValidDefault` sees it.
fn fits(schema: &Schema<'_>, id: Id, value: &Value<'_>, depth: usize) -> bool {
    if depth > DEEPEST {
        return true;
    }
    match (&schema.node(id).shape, &value.data) {
        (Shape::Primitive("string" | "bytes") | Shape::Enum { .. } | Shape::Fixed(_), data) => {
            matches!(data, Data::Text(_))
        }
        (Shape::Primitive("int"), Data::Number(digits)) => digits.parse::<i32>().is_ok(),
        (Shape::Primitive("long"), Data::Number(digits)) => digits.parse::<i64>().is_ok(),
        (Shape::Primitive("float" | "double"), data) => matches!(data, Data::Number(_)),
        (Shape::Primitive("boolean"), data) => matches!(data, Data::Bool(_)),
        (Shape::Primitive("null"), data) => *data == Data::Null,
        (Shape::Array(items), Data::List(values)) => {
            values.iter().all(|value| fits(schema, *items, value, depth + 1))
        }
        (Shape::Map(values), Data::Map(entries)) => {
            entries.iter().all(|entry| fits(schema, *values, &entry.value, depth + 1))
        }
        (Shape::Union(branches), _) => branches.iter().any(|branch| fits(schema, *branch, value, depth + 1)),
        (Shape::Record(fields), Data::Map(_)) => fields.iter().all(|field| {
            let given = value.get(field.name).or(field.default);
            given.is_some_and(|given| fits(schema, field.node, given, depth + 1))
        }),
        (Shape::Reference(..), _) => true,
        _ => false,
    }
}
