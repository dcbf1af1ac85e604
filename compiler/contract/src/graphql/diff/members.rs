//! Fields of objects and interfaces: what clients ask for.

use super::super::schema::{Member, Type};
use super::inputs::Where;
use super::shapes::{safe_to_read, same_but_null};
use super::{Diff, pair};
use crate::{Changes, Direction, Subject, place};

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares the fields of an object or interface.
    pub(super) fn fields(&mut self, old: &'s Type<'a>, new: &'s Type<'a>) {
        let typ = old.name.text;
        for (name, old, new) in pair(&old.members, &new.members) {
            let subject = Subject::new(format!("{typ}.{name}"), Direction::Response);
            if let (Some(old), Some(new)) = (old, new) {
                self.field(&subject, old, new);
                continue;
            }
            let side = |field: Option<&Member<'_>>| field.and_then(|it| place(it.name.span, &it.shape));
            let name = format!("the field `{}`", subject.path);
            self.alone("graphql/field", &subject, (side(old), side(new)), &name);
        }
    }

    fn field(&mut self, subject: &Subject, old: &'s Member<'a>, new: &'s Member<'a>) {
        self.compared += 1;
        self.documented(subject, old, new);
        self.usages(subject, None, [&old.directives, &new.directives]);
        let arguments = subject.towards(Direction::Request);
        self.arguments(&arguments, Where::Field, [&old.arguments, &new.arguments]);
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
