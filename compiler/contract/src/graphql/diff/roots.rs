//! The schema itself: its root types, its words, its directives.

use super::super::schema::{Name, OPERATIONS};
use super::Diff;
use crate::{Direction, Subject, place};

impl Diff<'_, '_> {
    /// Compares what stands in `schema { … }` or follows from the names of the types.
    pub(super) fn roots(&mut self) {
        let (old, new) = (self.old, self.new);
        for (at, operation) in OPERATIONS.into_iter().enumerate() {
            self.root(operation, old.roots[at], new.roots[at]);
        }
        let subject = Subject::new("schema", Direction::Both);
        self.description(&subject, old.description.as_ref(), new.description.as_ref());
        self.usages(&subject, None, &old.usages, &new.usages);
    }

    fn root(&mut self, operation: &'static str, old: Option<Name<'_>>, new: Option<Name<'_>>) {
        let subject = Subject::new(format!("schema.{operation}"), Direction::Both);
        let side = |name: Option<Name<'_>>| name.and_then(|name| place(name.span, name.text));
        let sides = (side(old), side(new));
        match (old, new) {
            (Some(old), Some(new)) if old.text == new.text => self.compared += 1,
            (Some(old), Some(new)) => {
                let message =
                    format!("{operation} operations start at `{}`, no longer at `{}`", new.text, old.text);
                self.note("graphql/root-type-changed", &subject, sides, message);
            }
            (Some(old), None) => {
                let message =
                    format!("there are no {operation} operations any more; they started at `{}`", old.text);
                self.note("graphql/root-type-removed", &subject, sides, message);
            }
            (None, Some(new)) => {
                let message = format!("{operation} operations start at `{}`; there were none", new.text);
                self.note("graphql/root-type-added", &subject, sides, message);
            }
            (None, None) => {}
        }
    }
}
