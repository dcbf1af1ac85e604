//! Facts of schemas to changes: what narrows breaks who sends, what widens breaks who receives.

use super::Diff;
use super::parameter::direction;
use super::rows::kinds::{KINDS, Kind, Ways};
use super::rows::{property, words};
use crate::schema::{Fact, Reading, What};
use crate::value::Value;
use crate::{Bump, Change, Row};

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// All differences of two schemas at a path.
    pub(super) fn facts(&mut self, old: &'s Value<'a>, new: &'s Value<'a>, path: &str, reading: Reading) {
        for fact in self.judge.compare(old, new, reading).iter() {
            let (row, bump) = self.weigh(fact, reading);
            let path = if fact.path.is_empty() { path.to_owned() } else { format!("{path} ${}", fact.path) };
            let mut change = Change::new(row, direction(reading), path, fact.message.clone()).at(bump);
            (change.old, change.new) = (fact.old.clone(), fact.new.clone());
            self.out.push(change);
        }
    }

    /// The row of a fact, and what it takes here.
    fn weigh(&self, fact: &Fact, reading: Reading) -> (&'static Row, Bump) {
        if let Some(row) = plain(fact, reading) {
            let strict = self.options.strict && fact.widens && row.name == property::RESPONSE_ADDED.name;
            return (row, if strict { Bump::Major } else { row.bump });
        }
        let Some(kind) = KINDS.iter().find(|kind| kind.what == fact.what) else {
            return (&words::CHANGED, Bump::Patch);
        };
        let row = row(kind, fact, reading);
        let breaks = if reading == Reading::Response { fact.widens } else { fact.narrows };
        let bump = match (breaks, fact.narrows || fact.widens) {
            (true, _) => Bump::Major,
            (false, true) => Bump::Minor,
            (false, false) => Bump::Patch,
        };
        (row, bump)
    }
}

/// The row of a fact whose weight is not a matter of narrowing and widening alone.
fn plain(fact: &Fact, reading: Reading) -> Option<&'static Row> {
    let response = reading == Reading::Response;
    let way = |ours: (&'static Row, &'static Row)| if response { ours.1 } else { ours.0 };
    // A property that goes from a request is refused only where nothing but what is declared is let through.
    let gone = if fact.narrows { &property::REQUEST_REFUSED } else { &property::REQUEST_REMOVED };
    Some(match fact.what {
        What::Words => &words::CHANGED,
        What::Deprecated => &words::SCHEMA_DEPRECATED,
        What::Undeprecated => &words::SCHEMA_REVIVED,
        What::Access => &words::ACCESS,
        What::OpenValueAdded => way((&property::REQUEST_OPEN_ADDED, &property::RESPONSE_OPEN_ADDED)),
        What::OpenValueRemoved => way((&property::REQUEST_OPEN_REMOVED, &property::RESPONSE_OPEN_REMOVED)),
        What::Default => way((&property::REQUEST_DEFAULT, &property::RESPONSE_DEFAULT)),
        What::PropertyAddedOptional => way((&property::REQUEST_ADDED, &property::RESPONSE_ADDED)),
        What::PropertyAddedRequired => way((&property::REQUEST_ADDED_REQUIRED, &property::RESPONSE_ADDED)),
        What::PropertyRemovedOptional => way((gone, &property::RESPONSE_REMOVED)),
        What::PropertyRemovedRequired => way((gone, &property::RESPONSE_REMOVED_REQUIRED)),
        What::Discriminator => way((&property::REQUEST_DISCRIMINATOR, &property::RESPONSE_DISCRIMINATOR)),
        _ => return None,
    })
}

fn row(kind: &Kind, fact: &Fact, reading: Reading) -> &'static Row {
    let ways: &Ways = match (fact.narrows, fact.widens) {
        (true, false) => &kind.narrowed,
        (false, true) => &kind.widened,
        _ => kind.changed.as_ref().unwrap_or(match reading {
            Reading::Response => &kind.widened,
            _ => &kind.narrowed,
        }),
    };
    if reading == Reading::Response { ways.response } else { ways.request }
}
