//! What clients send: arguments of fields and directives, fields of input types. The three differ in their names only.

use super::super::defaults::{default, required};
use super::super::schema::{Member, Type};
use super::shapes::safe_to_send;
use super::{Diff, by_name, pair};
use crate::{Bump, Direction, Subject, place};

/// How the changes of one kind of input are called.
struct Names {
    /// It is gone.
    removed: &'static str,
    /// It is new and may be left out.
    added: &'static str,
    /// It is new and must be given.
    required_added: &'static str,
    /// What was sent is refused.
    type_changed: &'static str,
    /// Null is accepted besides.
    became_nullable: &'static str,
    /// Leaving it out means something else.
    default_changed: &'static str,
    /// It could be left out and no longer can.
    became_required: &'static str,
}

/// Arguments of fields.
const ARGUMENT: Names = Names {
    removed: "graphql/argument-removed",
    added: "graphql/argument-added",
    required_added: "graphql/required-argument-added",
    type_changed: "graphql/argument-type-changed",
    became_nullable: "graphql/argument-became-nullable",
    default_changed: "graphql/argument-default-changed",
    became_required: "graphql/argument-became-required",
};

/// Arguments of directives.
const DIRECTIVE_ARGUMENT: Names = Names {
    removed: "graphql/directive-argument-removed",
    added: "graphql/directive-argument-added",
    required_added: "graphql/required-directive-argument-added",
    type_changed: "graphql/directive-argument-type-changed",
    became_nullable: "graphql/directive-argument-became-nullable",
    default_changed: "graphql/directive-argument-default-changed",
    became_required: "graphql/directive-argument-became-required",
};

/// Fields of input types.
const INPUT_FIELD: Names = Names {
    removed: "graphql/input-field-removed",
    added: "graphql/input-field-added",
    required_added: "graphql/required-input-field-added",
    type_changed: "graphql/input-field-type-changed",
    became_nullable: "graphql/input-field-became-nullable",
    default_changed: "graphql/input-field-default-changed",
    became_required: "graphql/input-field-became-required",
};

/// Whose arguments they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
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
        let names = if of == Where::Field { &ARGUMENT } else { &DIRECTIVE_ARGUMENT };
        for arguments in pair(old, new, |left, right| by_name(&left.name, &right.name)) {
            let Some(name) = arguments.0.or(arguments.1).map(|argument| argument.name.text) else { continue };
            self.input(names, &whole.part(format!("({name}:)")), of == Where::TypeSystem, arguments);
        }
    }

    /// Compares the fields of an input type.
    pub(super) fn input_fields(&mut self, old: &'s Type<'a>, new: &'s Type<'a>) {
        for fields in pair(&old.members, &new.members, |left, right| by_name(&left.name, &right.name)) {
            let Some(name) = fields.0.or(fields.1).map(|field| field.name.text) else { continue };
            let subject = Subject::new(format!("{}.{name}", old.name.text), Direction::Request);
            self.input(&INPUT_FIELD, &subject, false, fields);
        }
    }

    fn input(
        &mut self,
        names: &Names,
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
                self.accepted(names, subject, unseen, old, new);
            }
            (Some(old), None) => {
                let sides = (place(old.name.span, &old.shape), None);
                self.note(names.removed, subject, sides, format!("`{path}` is gone"));
            }
            (None, Some(new)) => {
                let sides = (None, place(new.name.span, &new.shape));
                match required(self.new, new) {
                    true => {
                        let message = format!("`{path}` is new and must be given: `{}`", new.shape);
                        self.note(names.required_added, subject, sides, message);
                    }
                    false => {
                        self.note(names.added, subject, sides, format!("`{path}` is new and may be left out"))
                    }
                }
            }
            (None, None) => {}
        }
    }

    fn accepted(
        &mut self,
        names: &Names,
        subject: &Subject,
        unseen: bool,
        old: &'s Member<'a>,
        new: &'s Member<'a>,
    ) {
        let path = &subject.path;
        let sides = (place(old.shape_at, &old.shape), place(new.shape_at, &new.shape));
        let safe = safe_to_send(&old.shape, &new.shape);
        if old.shape != new.shape {
            let kind = if safe { names.became_nullable } else { names.type_changed };
            let bump = if unseen || safe { Bump::Minor } else { Bump::Major };
            let message = format!("`{path}` is `{}`, was `{}`", new.shape, old.shape);
            self.note_as(kind, bump, subject, sides, message);
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
            let bump = if unseen { Bump::Minor } else { Bump::Major };
            self.note_as(names.became_required, bump, subject, sides, message);
        } else {
            let message = match (&old.default, &new.default) {
                (None, _) => format!("`{path}` has a default, which it had not"),
                (_, None) => format!("`{path}` has no default any more"),
                _ => format!("the default of `{path}` is another one"),
            };
            self.note(names.default_changed, subject, sides, message);
        }
    }
}
