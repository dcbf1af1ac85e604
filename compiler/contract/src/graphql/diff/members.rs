//! Fields of objects and interfaces: what clients ask for.

use super::super::rows::fields as rows;
use super::super::schema::{Member, Type};
use super::inputs::Where;
use super::shapes::{safe_to_read, same_but_null};
use super::{Diff, Subject, by_name, pair, place, shape_place};
use crate::Direction;

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
                    let sides = (shape_place(old.name.span, &old.shape), None);
                    self.note(
                        &rows::FIELD_REMOVED,
                        &subject,
                        sides,
                        format!("the field `{typ}.{name}` is gone"),
                    );
                }
                (None, Some(new)) => {
                    let sides = (None, shape_place(new.name.span, &new.shape));
                    self.note(
                        &rows::FIELD_ADDED,
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
        let arguments = subject.clone().towards(Direction::Request);
        self.arguments(&arguments, Where::Field, &old.arguments, &new.arguments);
        if old.shape == new.shape {
            return;
        }
        let row = match (safe_to_read(&old.shape, &new.shape), same_but_null(&old.shape, &new.shape)) {
            (true, _) => &rows::FIELD_BECAME_NON_NULL,
            (false, true) => &rows::FIELD_BECAME_NULLABLE,
            (false, false) => &rows::FIELD_TYPE_CHANGED,
        };
        let sides = (place(old.shape_at, &old.shape), place(new.shape_at, &new.shape));
        let message = format!("`{}` is `{}`, was `{}`", subject.path, new.shape, old.shape);
        self.note(row, subject, sides, message);
    }
}
