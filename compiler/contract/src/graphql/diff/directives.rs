//! Definitions of directives: what documents may say.

use super::super::schema::{Directive, STANDARD};
use super::inputs::Where;
use super::{Diff, by_name, pair};
use crate::{Direction, Subject, place};

/// The places that stand in documents of clients (GraphQL September 2025, section 3.13).
const EXECUTABLE: [&str; 8] = [
    "FIELD",
    "FRAGMENT_DEFINITION",
    "FRAGMENT_SPREAD",
    "INLINE_FRAGMENT",
    "MUTATION",
    "QUERY",
    "SUBSCRIPTION",
    "VARIABLE_DEFINITION",
];

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares all directives by name. The standard ones are there whether defined or not.
    pub(super) fn directives(&mut self) {
        let (old, new) = (self.old, self.new);
        for (name, directive) in &old.directives {
            match new.directives.get(name) {
                Some(other) => self.directive(directive, other),
                None if STANDARD.contains(name) => {}
                None => {
                    let sides = (place(directive.name.span, format!("@{name}")), None);
                    let message = format!("the directive `@{name}` is gone");
                    self.note("graphql/directive-removed", &subject(directive), sides, message);
                }
            }
        }
        for (name, directive) in new.directives.iter().filter(|(name, _)| !old.directives.contains_key(*name))
        {
            if !STANDARD.contains(name) {
                let sides = (None, place(directive.name.span, format!("@{name}")));
                let message = format!("the directive `@{name}` is new");
                self.note("graphql/directive-added", &subject(directive), sides, message);
            }
        }
    }

    fn directive(&mut self, old: &'s Directive<'a>, new: &'s Directive<'a>) {
        self.compared += 1;
        let subject = subject(old);
        let path = &subject.path;
        self.description(&subject, old.description.as_ref(), new.description.as_ref());
        let executable = old.locations.iter().any(|location| EXECUTABLE.contains(&location.text));
        let of = if executable { Where::Executable } else { Where::TypeSystem };
        self.arguments(&subject.towards(Direction::Request), of, &old.arguments, &new.arguments);
        match (old.repeatable, new.repeatable) {
            (Some(span), None) => {
                let sides = (place(span, "repeatable"), place(new.name.span, ""));
                let message = format!("`{path}` may stand only once at a place");
                self.note("graphql/directive-repeatable-removed", &subject, sides, message);
            }
            (None, Some(span)) => {
                let sides = (place(old.name.span, ""), place(span, "repeatable"));
                let message = format!("`{path}` may stand more than once at a place");
                self.note("graphql/directive-repeatable-added", &subject, sides, message);
            }
            _ => {}
        }
        for locations in pair(&old.locations, &new.locations, by_name) {
            match locations {
                (Some(location), None) => {
                    let message = format!("`{path}` may no longer stand on {}", location.text);
                    let subject = subject.part(format!(" on {}", location.text));
                    let sides = (place(location.span, location.text), None);
                    self.note("graphql/directive-location-removed", &subject, sides, message);
                }
                (None, Some(location)) => {
                    let message = format!("`{path}` may stand on {} besides", location.text);
                    let subject = subject.part(format!(" on {}", location.text));
                    let sides = (None, place(location.span, location.text));
                    self.note("graphql/directive-location-added", &subject, sides, message);
                }
                _ => self.compared += 1,
            }
        }
    }
}

fn subject(directive: &Directive<'_>) -> Subject {
    Subject::new(format!("@{}", directive.name.text), Direction::Both)
}
