//! What clients send: arguments of fields and directives, fields of input types. The three differ in their rows only.

use super::super::defaults::{default, required};
use super::super::rows::directives::ARGUMENT as OF_DIRECTIVE;
use super::super::rows::inputs::{ARGUMENT as OF_FIELD, FIELD as OF_INPUT};
use super::super::schema::{Member, Type};
use super::shapes::safe_to_send;
use super::{Diff, Subject, by_name, pair, place, shape_place};
use crate::{Bump, Direction, Row};

/// The rows of one kind of input.
pub(in super::super) struct Rows {
    /// It is gone.
    pub removed: &'static Row,
    /// It is new and may be left out.
    pub added: &'static Row,
    /// It is new and must be given.
    pub required_added: &'static Row,
    /// What was sent is refused.
    pub type_changed: &'static Row,
    /// Null is accepted besides.
    pub became_nullable: &'static Row,
    /// Leaving it out means something else.
    pub default_changed: &'static Row,
    /// It could be left out and no longer can.
    pub became_required: &'static Row,
}

/// Whose arguments they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// Of a field.
    Field,
    /// Of a directive clients write.
    Executable,
    /// Of a directive that only schemas hold.
    TypeSystem,
}

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares the arguments of a field or a directive, sorted by name.
    pub(super) fn arguments(
        &mut self,
        whole: &Subject,
        of: Where,
        old: &'s [Member<'a>],
        new: &'s [Member<'a>],
    ) {
        let rows = if of == Where::Field { &OF_FIELD } else { &OF_DIRECTIVE };
        for arguments in pair(old, new, |left, right| by_name(&left.name, &right.name)) {
            let Some(name) = arguments.0.or(arguments.1).map(|argument| argument.name.text) else { continue };
            self.input(rows, &whole.part(format!("({name}:)")), of == Where::TypeSystem, arguments);
        }
    }

    /// Compares the fields of an input type.
    pub(super) fn input_fields(&mut self, old: &'s Type<'a>, new: &'s Type<'a>) {
        for fields in pair(&old.members, &new.members, |left, right| by_name(&left.name, &right.name)) {
            let Some(name) = fields.0.or(fields.1).map(|field| field.name.text) else { continue };
            let subject = Subject::new(format!("{}.{name}", old.name.text), Direction::Request);
            self.input(&OF_INPUT, &subject, false, fields);
        }
    }

    fn input(
        &mut self,
        rows: &Rows,
        subject: &Subject,
        unseen: bool,
        (old, new): (Option<&'s Member<'a>>, Option<&'s Member<'a>>),
    ) {
        let path = &subject.path;
        match (old, new) {
            (Some(old), Some(new)) => {
                self.compared += 1;
                self.documented(subject, old, new);
                self.usages(subject, None, &old.directives, &new.directives);
                self.accepted(rows, subject, unseen, old, new);
            }
            (Some(old), None) => {
                let sides = (shape_place(old.name.span, &old.shape), None);
                self.note(rows.removed, subject, sides, format!("`{path}` is gone"));
            }
            (None, Some(new)) => {
                let sides = (None, shape_place(new.name.span, &new.shape));
                match required(self.new, new) {
                    true => {
                        let message = format!("`{path}` is new and must be given: `{}`", new.shape);
                        self.note(rows.required_added, subject, sides, message);
                    }
                    false => {
                        self.note(rows.added, subject, sides, format!("`{path}` is new and may be left out"))
                    }
                }
            }
            (None, None) => {}
        }
    }

    fn accepted(
        &mut self,
        rows: &Rows,
        subject: &Subject,
        unseen: bool,
        old: &'s Member<'a>,
        new: &'s Member<'a>,
    ) {
        let path = &subject.path;
        let sides = (place(old.shape_at, &old.shape), place(new.shape_at, &new.shape));
        let safe = safe_to_send(&old.shape, &new.shape);
        if old.shape != new.shape {
            let row = if safe { rows.became_nullable } else { rows.type_changed };
            let bump = if unseen { Bump::Minor } else { row.bump };
            let message = format!("`{path}` is `{}`, was `{}`", new.shape, old.shape);
            self.note_as(row, bump, subject, sides, message);
        }
        let (was, is) = (default(self.old, old), default(self.new, new));
        if was == is {
            return;
        }
        let side = |member: &Member<'_>| match &member.default {
            Some((literal, span)) => place(*span, literal),
            None => shape_place(member.shape_at, &member.shape),
        };
        let sides = (side(old), side(new));
        if safe && required(self.new, new) {
            let message = format!("`{path}` must be given: its default is gone");
            let bump = if unseen { Bump::Minor } else { Bump::Major };
            self.note_as(rows.became_required, bump, subject, sides, message);
        } else {
            let message = match (&old.default, &new.default) {
                (None, _) => format!("`{path}` has a default, which it had not"),
                (_, None) => format!("`{path}` has no default any more"),
                _ => format!("the default of `{path}` is another one"),
            };
            self.note(rows.default_changed, subject, sides, message);
        }
    }
}
