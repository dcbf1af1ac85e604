//! Types: gone, new, of another kind; what they implement and consist of.

use super::super::schema::{Kind, Member, Name, Type};
use super::{Diff, pair};
use crate::{Changes, Direction, Subject, place};

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares all types by name.
    pub(super) fn types(&mut self) {
        let (old, new) = (self.old, self.new);
        let side = |typ: &Type<'_>| place(typ.name.span, typ.kind.as_str());
        let name = |typ: &Type<'_>| format!("the {} `{}`", typ.kind.as_str(), typ.name.text);
        for typ in old.types.values() {
            match new.types.get(typ.name.text) {
                Some(other) => self.typ(typ, other),
                None => self.alone("graphql/type", subject(typ), (side(typ), None), &name(typ)),
            }
        }
        for (_, typ) in new.types.iter().filter(|(name, _)| !old.types.contains_key(*name)) {
            self.alone("graphql/type", subject(typ), (None, side(typ)), &name(typ));
        }
    }

    fn typ(&mut self, old: &'s Type<'a>, new: &'s Type<'a>) {
        self.compared += 1;
        let subject = subject(old);
        let (was, is) = (old.kind.as_str(), new.kind.as_str());
        if was != is {
            let sides = (place(old.name.span, was), place(new.name.span, is));
            let message = format!("`{}` is `{is}`, was `{was}`", old.name.text);
            return self.note("graphql/type-kind-changed", &subject, sides, message);
        }
        self.description(&subject, [&old.description, &new.description]);
        self.usages(&subject, Some(old.kind), [&old.directives, &new.directives]);
        for (_, was, is) in pair(&old.names, &new.names) {
            match (old.kind, was, is) {
                (_, Some(_), Some(_)) => self.compared += 1,
                (Kind::Union, ..) => self.member(old, was, is),
                _ => self.interface(old, was, is),
            }
        }
        match old.kind {
            Kind::Enum => self.values(old, new),
            Kind::Input => self.input_fields(old, new),
            _ => self.fields(old, new),
        }
    }

    fn member(&mut self, union: &Type<'_>, gone: Option<&Name<'_>>, come: Option<&Name<'_>>) {
        let union = union.name.text;
        let subject = |name: &Name<'_>| Subject::new(format!("{union}.{}", name.text), Direction::Response);
        if let Some(name) = gone {
            let message = format!("`{}` is no longer a member of the union `{union}`", name.text);
            let sides = (place(name.span, name.text), None);
            self.note("graphql/union-member-removed", subject(name), sides, message);
        }
        if let Some(name) = come {
            let message = format!("`{}` is a new member of the union `{union}`", name.text);
            let sides = (None, place(name.span, name.text));
            self.note_if(self.strict, "graphql/union-member-added", subject(name), sides, message);
        }
    }

    fn interface(&mut self, typ: &Type<'_>, gone: Option<&Name<'_>>, come: Option<&Name<'_>>) {
        let name = typ.name.text;
        let subject = |it: &Name<'_>| subject(typ).part(format!(" implements {}", it.text));
        if let Some(it) = gone {
            let message = format!("`{name}` no longer implements `{}`", it.text);
            self.note("graphql/interface-removed", subject(it), (place(it.span, it.text), None), message);
        }
        if let Some(it) = come {
            let message = format!("`{name}` implements `{}`, which it did not", it.text);
            let sides = (None, place(it.span, it.text));
            self.note_if(self.strict, "graphql/interface-added", subject(it), sides, message);
        }
    }

    fn values(&mut self, old: &'s Type<'a>, new: &'s Type<'a>) {
        let enumeration = old.name.text;
        for (name, was, is) in pair(&old.members, &new.members) {
            let subject = subject(old).member(name);
            let side = |value: Option<&Member<'_>>| value.and_then(|it| place(it.name.span, name));
            let sides = (side(was), side(is));
            match (was, is) {
                (Some(value), Some(other)) => {
                    self.compared += 1;
                    self.documented(&subject, value, other);
                    self.usages(&subject, None, [&value.directives, &other.directives]);
                }
                (_, None) => {
                    let message = format!("`{name}` is no longer a value of `{enumeration}`");
                    self.note("graphql/enum-value-removed", &subject, sides, message);
                }
                (None, _) => {
                    let closed = self.strict && self.answers.contains(enumeration);
                    let message = format!("`{name}` is a new value of `{enumeration}`");
                    self.note_if(closed, "graphql/enum-value-added", &subject, sides, message);
                }
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
