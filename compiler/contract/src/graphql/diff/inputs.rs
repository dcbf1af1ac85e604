//! What clients send: arguments of fields and directives, fields of input types. The three differ in their names only.

use super::super::defaults::{default, required};
use super::super::schema::{Member, Type};
use super::shapes::safe_to_send;
use super::{Diff, pair};
use crate::{Changes, Direction, Subject, place};

/// Whose arguments they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    Field,
    /// Of a directive clients write.
    Executable,
    /// Of a directive that only schemas hold.
    TypeSystem,
}

/// An argument or a field of an input type, on either side.
type Input<'s, 'a> = (Option<&'s Member<'a>>, Option<&'s Member<'a>>);

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares the arguments of a field or a directive, sorted by name.
    pub(super) fn arguments(&mut self, whole: &Subject, of: Where, [old, new]: [&'s [Member<'a>]; 2]) {
        let what = if of == Where::Field { "argument" } else { "directive-argument" };
        for (name, old, new) in pair(old, new) {
            self.input(what, &whole.part(format!("({name}:)")), of == Where::TypeSystem, (old, new));
        }
    }

    /// Compares the fields of an input type.
    pub(super) fn input_fields(&mut self, old: &'s Type<'a>, new: &'s Type<'a>) {
        for (name, was, is) in pair(&old.members, &new.members) {
            let subject = Subject::new(format!("{}.{name}", old.name.text), Direction::Request);
            self.input("input-field", &subject, false, (was, is));
        }
    }

    /// `what` it is, as kinds of change say it; `unseen`: clients never write it.
    fn input(&mut self, what: &str, subject: &Subject, unseen: bool, (old, new): Input<'s, 'a>) {
        let path = &subject.path;
        let (kind, message) = match (old, new) {
            (Some(old), Some(new)) => {
                self.compared += 1;
                self.documented(subject, old, new);
                self.usages(subject, None, [&old.directives, &new.directives]);
                return self.accepted(what, subject, unseen, [old, new]);
            }
            (_, None) => (format!("graphql/{what}-removed"), format!("`{path}` is gone")),
            (None, Some(new)) if required(self.new, new) => {
                let message = format!("`{path}` is new and must be given: `{}`", new.shape);
                (format!("graphql/required-{what}-added"), message)
            }
            _ => (format!("graphql/{what}-added"), format!("`{path}` is new and may be left out")),
        };
        let side = |member: Option<&Member<'_>>| member.and_then(|it| place(it.name.span, &it.shape));
        self.note(&kind, subject, (side(old), side(new)), message);
    }

    fn accepted(&mut self, what: &str, subject: &Subject, unseen: bool, [old, new]: [&'s Member<'a>; 2]) {
        let path = &subject.path;
        let sides = (place(old.shape_at, &old.shape), place(new.shape_at, &new.shape));
        let safe = safe_to_send(&old.shape, &new.shape);
        if old.shape != new.shape {
            let kind = if safe { "became-nullable" } else { "type-changed" };
            let message = format!("`{path}` is `{}`, was `{}`", new.shape, old.shape);
            self.note_if(!unseen && !safe, &format!("graphql/{what}-{kind}"), subject, sides, message);
        }
        let (was, is) = (default(self.old, old), default(self.new, new));
        if was == is {
            return;
        }
        let side = |member: &Member<'_>| match &member.default {
            Some((literal, span)) => place(*span, literal),
            None => place(member.shape_at, &member.shape),
        };
        let sides = (side(old), side(new));
        if safe && required(self.new, new) {
            let message = format!("`{path}` must be given: its default is gone");
            self.note_if(!unseen, &format!("graphql/{what}-became-required"), subject, sides, message);
        } else {
            let message = match (&old.default, &new.default) {
                (None, _) => format!("`{path}` has a default, which it had not"),
                (_, None) => format!("`{path}` has no default any more"),
                _ => format!("the default of `{path}` is another one"),
            };
            self.note(&format!("graphql/{what}-default-changed"), subject, sides, message);
        }
    }
}
