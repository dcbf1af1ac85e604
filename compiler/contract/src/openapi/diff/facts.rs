//! Facts of schemas to changes: what narrows breaks who sends, what widens breaks who receives.

use super::Diff;
use crate::openapi::kinds;
use crate::schema::{Fact, FactKind, Reading, Wire};
use crate::value::Value;
use crate::{Bump, Change, Subject};

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// All differences of two schemas at a path.
    pub(super) fn facts(
        &mut self,
        old: &'s Value<'a>,
        new: &'s Value<'a>,
        path: &str,
        (reading, wire): (Reading, Wire),
    ) {
        for fact in self.judge.compare_on(wire, old, new, reading).iter() {
            let beside = fact.path.is_empty() && matches!(wire, Wire::Repeated | Wire::Joined);
            let path = if fact.path.is_empty() { path.to_owned() } else { format!("{path} ${}", fact.path) };
            let change = self.change(fact, Subject::new(path, reading.direction()), reading, beside);
            self.out.push(change.between([fact.old.clone(), fact.new.clone()]));
        }
    }

    /// The kind of a fact, and what it takes here; `beside` the body a number is a text already.
    fn change(&self, fact: &Fact, subject: Subject, reading: Reading, beside: bool) -> Change {
        let change = |name: &str| Change::new(name, subject, fact.message.clone());
        let text = wire_text(fact, reading).filter(|_| beside);
        if let Some(name) = text.map(Into::into).or_else(|| own(fact, reading)) {
            let closed = self.options.strict && fact.widens && name == "openapi/response-property-added";
            if fact.kind == FactKind::Discriminator {
                return change(&name).at(fact.bump(reading == Reading::Response));
            }
            return if closed { change(&name).at(Bump::Major) } else { change(&name) };
        }
        match kinds::name(fact, reading) {
            Some(name) => change(&name).at(fact.bump(reading == Reading::Response)),
            None => change("openapi/words-changed"),
        }
    }
}

/// The kind of a number or truth value that became any text, where it is written as one.
fn wire_text(fact: &Fact, reading: Reading) -> Option<&'static str> {
    let any = fact.new.as_ref().is_some_and(|new| new.text == "string");
    let widens = fact.kind == FactKind::Type && fact.widens && !fact.narrows && any;
    widens.then_some(match reading {
        Reading::Response => "openapi/response-header-text-given",
        _ => "openapi/request-parameter-text-accepted",
    })
}

/// The kind of a fact whose weight is not a matter of narrowing and widening alone. A property that goes from a request is
/// refused only where nothing but what is declared is let through.
fn own(fact: &Fact, reading: Reading) -> Option<String> {
    let (way, response) = (reading.way(), reading == Reading::Response);
    Some(match fact.kind {
        FactKind::Words => "openapi/words-changed".into(),
        FactKind::Deprecated => "openapi/schema-deprecated".into(),
        FactKind::Undeprecated => "openapi/schema-undeprecated".into(),
        FactKind::Access => "openapi/access-changed".into(),
        FactKind::OpenValueAdded => format!("openapi/{way}-extensible-enum-value-added"),
        FactKind::OpenValueRemoved => format!("openapi/{way}-extensible-enum-value-removed"),
        FactKind::Default => format!("openapi/{way}-default-changed"),
        FactKind::PropertyAddedRequired if !response && fact.narrows => {
            "openapi/request-property-added-required".into()
        }
        FactKind::PropertyAddedOptional | FactKind::PropertyAddedRequired => {
            format!("openapi/{way}-property-added")
        }
        FactKind::PropertyRemovedOptional if response => "openapi/response-optional-property-removed".into(),
        FactKind::PropertyRemovedOptional | FactKind::PropertyRemovedRequired => {
            let refused = !response && fact.narrows;
            format!("openapi/{way}-property-{}", if refused { "refused" } else { "removed" })
        }
        FactKind::Xml => format!("openapi/{way}-xml-changed"),
        FactKind::Discriminator => format!("openapi/{way}-discriminator-changed"),
        _ => return None,
    })
}
