//! Changes, gathered: what one cause does to many operations is one change.

use crate::openapi::element;
use crate::{Bump, Change, Place};
use bastide_report::source::Span;
use std::collections::BTreeMap;

/// Paths kept for all changes together; a contract whose every schema changed under every operation has more.
const MOST: usize = 100_000;

/// What makes two changes one: the kind of change, the places it comes from, and what is said of it.
type Cause = (&'static str, Bump, Option<Span>, Option<Span>, String);

/// The changes of a run.
#[derive(Debug, Default)]
pub(super) struct Out {
    /// The operation at hand may break: nothing in it takes more than this.
    pub(super) most: Option<Bump>,
    causes: BTreeMap<Cause, (Change, usize)>,
    kept: usize,
}

impl Out {
    /// Adds a change, or a path to the change that has the same cause.
    pub(super) fn push(&mut self, mut change: Change) {
        change.bump = self.most.map_or(change.bump, |most| change.bump.min(most));
        let span = |place: &Option<Place>| place.as_ref().map(|place| place.span);
        let cause =
            (change.kind.name, change.bump, span(&change.old), span(&change.new), change.message.clone());
        let Some((first, more)) = self.causes.get_mut(&cause) else {
            change.element = element(&change.path);
            self.causes.insert(cause, (change, 0));
            return;
        };
        if first.path == change.path || first.also.last() == Some(&change.path) {
            return;
        }
        if self.kept == MOST {
            *more += 1;
        } else {
            self.kept += 1;
            first.also.push(change.path);
        }
    }

    /// All changes, by path.
    pub(super) fn changes(self) -> Vec<Change> {
        let closed = |(mut change, more): (Change, usize)| {
            change.also.extend((more > 0).then(|| format!("and {more} more")));
            change
        };
        let mut changes: Vec<Change> = self.causes.into_values().map(closed).collect();
        changes.sort_by(|left, right| left.path.cmp(&right.path).then(left.kind.name.cmp(right.kind.name)));
        changes
    }
}
