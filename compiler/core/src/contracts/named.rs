//! The contracts that a spec names.

use crate::schema::Type;
use crate::spec::Spec;
use crate::tree::{Item, Scalar};
use bastide_report::source::Span;

/// A contract the spec names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Path from the project's root.
    pub path: String,
    /// Where it is named.
    pub span: Span,
    /// It is the schema of an event.
    pub event: bool,
}

/// All contracts the spec names, each path once, for the shell to read.
pub fn named(spec: &Spec) -> Vec<Named> {
    let mut found = vec![];
    spec.items.iter().for_each(|item| collect(item, &mut found));
    found.sort();
    found.dedup_by(|left, right| left.path == right.path);
    found
}

/// Contracts stand in the properties `contract` and `schema`.
fn collect(item: &Item, found: &mut Vec<Named>) {
    for field in item
        .fields
        .iter()
        .filter(|field| matches!(field.name, "contract" | "schema") && field.at.value != Scalar::Null)
    {
        if item.schema.prop(field.name).is_some_and(|prop| prop.ty == Type::File) {
            let event = field.name == "schema";
            found.push(Named { path: field.at.value.print(), span: field.at.span(), event });
        }
    }
    item.parts.iter().for_each(|part| collect(part, found));
}

/// Whether a caller says what it reads of a contract.
pub fn read(spec: &Spec) -> bool {
    fn reads(item: &Item) -> bool {
        item.schema.node == "reads" || item.parts.iter().any(reads)
    }
    spec.items.iter().any(reads)
}
