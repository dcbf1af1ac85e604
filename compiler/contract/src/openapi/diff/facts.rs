//! Facts of schemas to changes: what narrows breaks who sends, what widens breaks who receives.

use super::Diff;
use crate::openapi::kinds;
use crate::schema::{Fact, FactKind, Reading};
use crate::value::Value;
use crate::{Bump, Change, Subject};

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// All differences of two schemas at a path.
    pub(super) fn facts(&mut self, old: &'s Value<'a>, new: &'s Value<'a>, path: &str, reading: Reading) {
        for fact in self.judge.compare(old, new, reading).iter() {
            let path = if fact.path.is_empty() { path.to_owned() } else { format!("{path} ${}", fact.path) };
            let change = self.change(fact, Subject::new(path, reading.direction()), reading);
            self.out.push(change.between([fact.old.clone(), fact.new.clone()]));
        }
    }

    /// The kind of a fact, and what it takes here.
    fn change(&self, fact: &Fact, subject: Subject, reading: Reading) -> Change {
        let change = |name: &str| Change::new(name, subject, fact.message.clone());
        if let Some(name) = own(fact, reading == Reading::Response) {
            let closed = self.options.strict && fact.widens && name == "openapi/response-property-added";
            return if closed { change(name).at(Bump::Major) } else { change(name) };
        }
        match kinds::name(fact, reading) {
            Some(name) => change(&name).at(fact.bump(reading == Reading::Response)),
            None => change("openapi/words-changed"),
        }
    }
}

/// The kind of a fact whose weight is not a matter of narrowing and widening alone.
fn own(fact: &Fact, response: bool) -> Option<&'static str> {
    let way = |request, answer| if response { answer } else { request };
    // A property that goes from a request is refused only where nothing but what is declared is let through.
    let gone =
        if fact.narrows { "openapi/request-property-refused" } else { "openapi/request-property-removed" };
    Some(match fact.kind {
        FactKind::Words => "openapi/words-changed",
        FactKind::Deprecated => "openapi/schema-deprecated",
        FactKind::Undeprecated => "openapi/schema-undeprecated",
        FactKind::Access => "openapi/access-changed",
        FactKind::OpenValueAdded => {
            way("openapi/request-extensible-enum-value-added", "openapi/response-extensible-enum-value-added")
        }
        FactKind::OpenValueRemoved => way(
            "openapi/request-extensible-enum-value-removed",
            "openapi/response-extensible-enum-value-removed",
        ),
        FactKind::Default => way("openapi/request-default-changed", "openapi/response-default-changed"),
        FactKind::PropertyAddedOptional => {
            way("openapi/request-property-added", "openapi/response-property-added")
        }
        FactKind::PropertyAddedRequired => {
            way("openapi/request-property-added-required", "openapi/response-property-added")
        }
        FactKind::PropertyRemovedOptional => way(gone, "openapi/response-optional-property-removed"),
        FactKind::PropertyRemovedRequired => way(gone, "openapi/response-property-removed"),
        FactKind::Discriminator => {
            way("openapi/request-discriminator-changed", "openapi/response-discriminator-changed")
        }
        _ => return None,
    })
}
