//! Types: gone, new, of another kind; what they implement and consist of.

use super::super::schema::{Kind, Name, Type};
use super::{Diff, by_name, pair};
use crate::{Bump, Direction, Subject, place};

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares all types by name.
    pub(super) fn types(&mut self) {
        let (old, new) = (self.old, self.new);
        for (name, typ) in &old.types {
            match new.types.get(name) {
                Some(other) => self.typ(typ, other),
                None => {
                    let message = format!("the {} `{name}` is gone", typ.kind.as_str());
                    let sides = (place(typ.name.span, typ.kind.as_str()), None);
                    self.note("graphql/type-removed", &subject(typ), sides, message);
                }
            }
        }
        for (name, typ) in new.types.iter().filter(|(name, _)| !old.types.contains_key(*name)) {
            let sides = (None, place(typ.name.span, typ.kind.as_str()));
            self.note(
                "graphql/type-added",
                &subject(typ),
                sides,
                format!("the {} `{name}` is new", typ.kind.as_str()),
            );
        }
    }

    fn typ(&mut self, old: &'s Type<'a>, new: &'s Type<'a>) {
        self.compared += 1;
        let subject = subject(old);
        if old.kind != new.kind {
            let sides = (place(old.name.span, old.kind.as_str()), place(new.name.span, new.kind.as_str()));
            let message =
                format!("`{}` is `{}`, was `{}`", old.name.text, new.kind.as_str(), old.kind.as_str());
            self.note("graphql/type-kind-changed", &subject, sides, message);
            return;
        }
        self.description(&subject, old.description.as_ref(), new.description.as_ref());
        self.usages(&subject, Some(old.kind), &old.directives, &new.directives);
        for names in pair(&old.names, &new.names, by_name) {
            match (old.kind, names) {
                (_, (Some(_), Some(_))) => self.compared += 1,
                (Kind::Union, (gone, come)) => self.member(old, gone, come),
                (_, (gone, come)) => self.interface(old, gone, come),
            }
        }
        match old.kind {
            Kind::Enum => self.values(old, new),
            Kind::Input => self.input_fields(old, new),
            _ => self.fields(old, new),
        }
    }

    fn member(&mut self, union: &Type<'_>, gone: Option<&Name<'_>>, come: Option<&Name<'_>>) {
        if let Some(name) = gone {
            let subject = Subject::new(format!("{}.{}", union.name.text, name.text), Direction::Response);
            let message = format!("`{}` is no longer a member of the union `{}`", name.text, union.name.text);
            self.note("graphql/union-member-removed", &subject, (place(name.span, name.text), None), message);
        }
        if let Some(name) = come {
            let subject = Subject::new(format!("{}.{}", union.name.text, name.text), Direction::Response);
            let message = format!("`{}` is a new member of the union `{}`", name.text, union.name.text);
            let bump = if self.strict { Bump::Major } else { Bump::Minor };
            let sides = (None, place(name.span, name.text));
            self.note_as("graphql/union-member-added", bump, &subject, sides, message);
        }
    }

    fn interface(&mut self, typ: &Type<'_>, gone: Option<&Name<'_>>, come: Option<&Name<'_>>) {
        let name = typ.name.text;
        if let Some(interface) = gone {
            let subject = subject(typ).part(format!(" implements {}", interface.text));
            let message = format!("`{name}` no longer implements `{}`", interface.text);
            let sides = (place(interface.span, interface.text), None);
            self.note("graphql/interface-removed", &subject, sides, message);
        }
        if let Some(interface) = come {
            let subject = subject(typ).part(format!(" implements {}", interface.text));
            let message = format!("`{name}` implements `{}`, which it did not", interface.text);
            let bump = if self.strict { Bump::Major } else { Bump::Minor };
            let sides = (None, place(interface.span, interface.text));
            self.note_as("graphql/interface-added", bump, &subject, sides, message);
        }
    }

    fn values(&mut self, old: &'s Type<'a>, new: &'s Type<'a>) {
        let name = old.name.text;
        for values in pair(&old.members, &new.members, |left, right| by_name(&left.name, &right.name)) {
            match values {
                (Some(value), Some(other)) => {
                    self.compared += 1;
                    let subject = subject(old).member(value.name.text);
                    self.documented(&subject, value, other);
                    self.usages(&subject, None, &value.directives, &other.directives);
                }
                (Some(value), None) => {
                    let message = format!("`{}` is no longer a value of `{name}`", value.name.text);
                    let sides = (place(value.name.span, value.name.text), None);
                    self.note(
                        "graphql/enum-value-removed",
                        &subject(old).member(value.name.text),
                        sides,
                        message,
                    );
                }
                (None, Some(value)) => {
                    let closed = self.strict && self.answers.contains(name);
                    let bump = if closed { Bump::Major } else { Bump::Minor };
                    let message = format!("`{}` is a new value of `{name}`", value.name.text);
                    let sides = (None, place(value.name.span, value.name.text));
                    let subject = subject(old).member(value.name.text);
                    self.note_as("graphql/enum-value-added", bump, &subject, sides, message);
                }
                (None, None) => {}
            }
        }
    }
}

/// A type, and which way its data travels.
fn subject(typ: &Type<'_>) -> Subject {
    let direction = match typ.kind {
        Kind::Scalar | Kind::Enum => Direction::Both,
        Kind::Object | Kind::Interface | Kind::Union => Direction::Response,
        Kind::Input => Direction::Request,
    };
    Subject::new(typ.name.text, direction)
}
