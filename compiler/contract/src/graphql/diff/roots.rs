//! The schema itself: its root types, its words, its directives.

use super::super::schema::{Name, OPERATIONS};
use super::Diff;
use crate::{Changes, Direction, Subject, place};

impl Diff<'_, '_> {
    /// Compares what stands in `schema { … }` or follows from the names of the types.
    pub(super) fn roots(&mut self) {
        let (old, new) = (self.old, self.new);
        for (at, operation) in OPERATIONS.into_iter().enumerate() {
            self.root(operation, old.roots[at], new.roots[at]);
        }
        let subject = Subject::new("schema", Direction::Both);
        self.description(&subject, [&old.description, &new.description]);
        self.usages(&subject, None, [&old.usages, &new.usages]);
    }

    fn root(&mut self, operation: &'static str, old: Option<Name<'_>>, new: Option<Name<'_>>) {
        let subject = Subject::new(format!("schema.{operation}"), Direction::Both);
        let side = |name: Option<Name<'_>>| name.and_then(|name| place(name.span, name.text));
        let sides = (side(old), side(new));
        let (kind, message) = match (old.map(|name| name.text), new.map(|name| name.text)) {
            (Some(old), Some(new)) if old == new => return self.compared += 1,
            (Some(old), Some(new)) => {
                ("changed", format!("{operation} operations start at `{new}`, no longer at `{old}`"))
            }
            (Some(old), None) => {
                ("removed", format!("there are no {operation} operations any more; they started at `{old}`"))
            }
            (None, Some(new)) => {
                ("added", format!("{operation} operations start at `{new}`; there were none"))
            }
            (None, None) => return,
        };
        self.note(&format!("graphql/root-type-{kind}"), &subject, sides, message);
    }
}
