//! Two contracts to changes.

mod answer;
mod body;
mod encoding;
mod facts;
mod life;
mod operation;
mod out;
mod parameter;
mod security;
mod server;
mod shared;
mod words;

use super::model::{Contract, Operation, Route};
use crate::schema::{Judge, Reading};
use crate::{Change, Changes, Comparison, Options};
use out::Out;
use std::collections::BTreeMap;

/// What all parts of the diff need.
struct Diff<'s, 'a, 'o> {
    judge: Judge<'s, 'a>,
    options: &'o Options,
    schemes: security::Renamed<'s>,
    out: Out,
    compared: usize,
}

/// Who speaks first. Webhooks and callbacks turn the directions round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// The client calls the service.
    Call,
    /// The service calls the client.
    Callback,
}

impl Way {
    /// How what is sent with the call travels.
    fn sent(self) -> Reading {
        match self {
            Way::Call => Reading::Request,
            Way::Callback => Reading::Response,
        }
    }

    /// How the answer travels.
    fn answered(self) -> Reading {
        match self {
            Way::Call => Reading::Response,
            Way::Callback => Reading::Request,
        }
    }
}

/// Compares two contracts; the changes go into `comparison`.
pub(super) fn contracts<'s, 'a>(
    old: &Contract<'s, 'a>,
    new: &Contract<'s, 'a>,
    judge: Judge<'s, 'a>,
    options: &Options,
    comparison: &mut Comparison,
) {
    let mut diff =
        Diff { judge, options, schemes: security::Renamed::of(old, new), out: Out::default(), compared: 0 };
    if !old.root.entries().is_empty() && !new.root.entries().is_empty() {
        diff.contract_words(old, new);
    }
    diff.operations(&old.operations, &new.operations, Way::Call);
    diff.operations(&old.webhooks, &new.webhooks, Way::Callback);
    if [old, new].iter().all(|it| it.operations.is_empty() && it.webhooks.is_empty()) {
        diff.shared(old, new);
    }
    comparison.compared += diff.compared + diff.judge.compared;
    comparison.skipped.append(&mut diff.judge.skipped);
    comparison.findings.append(&mut diff.judge.findings);
    comparison.changes.extend(diff.out.changes());
}

impl Changes for Diff<'_, '_, '_> {
    fn push(&mut self, change: Change) {
        self.out.push(change);
    }
}

type Operations<'s, 'a> = BTreeMap<Route, Operation<'s, 'a>>;

impl<'s, 'a> Diff<'s, 'a, '_> {
    fn operations(&mut self, old: &Operations<'s, 'a>, new: &Operations<'s, 'a>, way: Way) {
        let moved = server::moved(old, new, way);
        for (route, old) in old {
            match new.get(route).or_else(|| new.get(*moved.get(route)?)) {
                Some(new) => self.operation(old, new, way),
                None => self.operation_removed(old, new, route, way),
            }
        }
        let came = |route: &&Route| !old.contains_key(*route) && !moved.values().any(|is| is == route);
        for new in new.iter().filter(|(route, _)| came(route)).map(|(_, new)| new) {
            self.operation_added(new, way);
        }
    }
}
