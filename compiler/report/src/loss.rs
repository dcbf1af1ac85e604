//! What is not carried out as it is said: a field, what becomes of it, and everybody who says it.

use crate::source::Span;

/// What becomes of a field, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// No target speaks of it.
    NotWritten,
    /// A target says that it cannot.
    Refused,
    /// A target says it in another way.
    Approximated,
}

/// A field that is said and not carried out as it is said: in one way, at all these places.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The field: `service.scale.min`.
    pub field: Box<str>,
    /// What becomes of it.
    pub outcome: Outcome,
    /// Why, or in which way instead; empty if nobody says.
    pub how: Box<str>,
    /// Each node that says it, such as `cart calls catalog`, and where.
    pub places: Vec<(Box<str>, Span)>,
}

impl Loss {
    /// The fact in one line.
    pub fn message(&self) -> String {
        let Loss { field, how, .. } = self;
        match self.outcome {
            Outcome::NotWritten => format!("`{field}` is not written: no target says it"),
            Outcome::Refused => format!("`{field}` is refused: {how}"),
            Outcome::Approximated => format!("`{field}` is approximated: {how}"),
        }
    }
}
