//! Fields of objects and interfaces: what clients ask for.

use super::super::schema::{Member, Type};
use super::inputs::Where;
use super::shapes::{safe_to_read, same_but_null};
use super::{Diff, by_name, pair};
use crate::{Direction, Subject, place};

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares the fields of an object or interface.
    pub(super) fn fields(&mut self, old: &'s Type<'a>, new: &'s Type<'a>) {
        let typ = old.name.text;
        for fields in pair(&old.members, &new.members, |left, right| by_name(&left.name, &right.name)) {
            let Some(name) = fields.0.or(fields.1).map(|field| field.name.text) else { continue };
            let subject = Subject::new(format!("{typ}.{name}"), Direction::Response);
            match fields {
                (Some(old), Some(new)) => self.field(&subject, old, new),
                (Some(old), None) => {
                    let sides = (place(old.name.span, &old.shape), None);
                    self.note(
                        "graphql/field-removed",
                        &subject,
                        sides,
                        format!("the field `{typ}.{name}` is gone"),
                    );
                }
                (None, Some(new)) => {
                    let sides = (None, place(new.name.span, &new.shape));
                    self.note(
                        "graphql/field-added",
                        &subject,
                        sides,
                        format!("the field `{typ}.{name}` is new"),
                    );
                }
                (None, None) => {}
            }
        }
    }

    fn field(&mut self, subject: &Subject, old: &'s Member<'a>, new: &'s Member<'a>) {
        self.compared += 1;
        self.documented(subject, old, new);
        self.usages(subject, None, &old.directives, &new.directives);
        let arguments = subject.towards(Direction::Request);
        self.arguments(&arguments, Where::Field, &old.arguments, &new.arguments);
        if old.shape == new.shape {
            return;
        }
        let kind = match (safe_to_read(&old.shape, &new.shape), same_but_null(&old.shape, &new.shape)) {
            (true, _) => "graphql/field-became-non-null",
            (false, true) => "graphql/field-became-nullable",
            (false, false) => "graphql/field-type-changed",
        };
        let sides = (place(old.shape_at, &old.shape), place(new.shape_at, &new.shape));
        let message = format!("`{}` is `{}`, was `{}`", subject.path, new.shape, old.shape);
        self.note(kind, subject, sides, message);
    }
}
