//! Who wrote a value, and where a finding about it points.

use crate::tree::{At, Layer};
use bastide_report::source::Span;

/// Whether the user wrote the value or what it was made from, and it is no default of the language or of a type.
pub fn written<T>(at: &At<T>) -> bool {
    at.origin.layer >= Layer::Archetype
}

/// Whether the value stands in a file as it is, and was not made from another.
pub fn typed<T>(at: &At<T>) -> bool {
    written(at) && at.origin.layer != Layer::Derived
}

/// The place of a value; of what it belongs to, if the value is a default.
pub fn place<T>(at: &At<T>, owner: Span) -> Span {
    if written(at) { at.span() } else { owner }
}
