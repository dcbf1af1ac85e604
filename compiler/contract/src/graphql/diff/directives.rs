//! Definitions of directives: what documents may say.

use super::super::schema::{Directive, Name, STANDARD};
use super::inputs::Where;
use super::{Diff, pair};
use crate::{Changes, Direction, Subject, place};

/// The places that stand in documents of clients (GraphQL September 2025, section 3.13).
const EXECUTABLE: &str = "FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT MUTATION QUERY SUBSCRIPTION \
    VARIABLE_DEFINITION";

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares all directives by name. The standard ones are there whether defined or not.
    pub(super) fn directives(&mut self) {
        let (old, new) = (self.old, self.new);
        for directive in old.directives.values() {
            match new.directives.get(directive.name.text) {
                Some(other) => self.directive(directive, other),
                None => self.directive_alone(directive, true),
            }
        }
        for (_, directive) in new.directives.iter().filter(|(name, _)| !old.directives.contains_key(*name)) {
            self.directive_alone(directive, false);
        }
    }

    fn directive_alone(&mut self, directive: &Directive<'_>, gone: bool) {
        if !STANDARD.contains(&directive.name.text) {
            let subject = subject(directive);
            let place = place(directive.name.span, &subject.path);
            let places = if gone { (place, None) } else { (None, place) };
            self.alone("graphql/directive", &subject, places, &format!("the directive `{}`", subject.path));
        }
    }

    fn directive(&mut self, old: &'s Directive<'a>, new: &'s Directive<'a>) {
        self.compared += 1;
        let subject = subject(old);
        let path = &subject.path;
        self.description(&subject, [&old.description, &new.description]);
        let executable =
            old.locations.iter().any(|location| EXECUTABLE.split(' ').any(|it| it == location.text));
        let of = if executable { Where::Executable } else { Where::TypeSystem };
        self.arguments(&subject.towards(Direction::Request), of, [&old.arguments, &new.arguments]);
        let side = |it: &Directive<'_>| match it.repeatable {
            Some(span) => place(span, "repeatable"),
            None => place(it.name.span, ""),
        };
        if old.repeatable.is_some() != new.repeatable.is_some() {
            let (kind, word) = match new.repeatable {
                Some(_) => ("graphql/directive-repeatable-added", "more than once"),
                None => ("graphql/directive-repeatable-removed", "only once"),
            };
            let message = format!("`{path}` may stand {word} at a place");
            self.note(kind, &subject, (side(old), side(new)), message);
        }
        for (name, was, is) in pair(&old.locations, &new.locations) {
            let (kind, message) = match (was, is) {
                (_, None) => ("removed", format!("`{path}` may no longer stand on {name}")),
                (None, _) => ("added", format!("`{path}` may stand on {name} besides")),
                _ => {
                    self.compared += 1;
                    continue;
                }
            };
            let side = |location: Option<&Name<'_>>| location.and_then(|it| place(it.span, name));
            let on = subject.part(format!(" on {name}"));
            self.note(&format!("graphql/directive-location-{kind}"), on, (side(was), side(is)), message);
        }
    }
}

fn subject(directive: &Directive<'_>) -> Subject {
    Subject::new(format!("@{}", directive.name.text), Direction::Both)
}
