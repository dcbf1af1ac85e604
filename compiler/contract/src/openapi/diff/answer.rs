//! Answers, by their status.

use super::parameter::At;
use super::{Diff, Way};
use crate::openapi::model::{Answer, Operation, Status};
use crate::{Changes, place};
use bastide_report::source::Span;
use std::collections::{BTreeMap, BTreeSet};

type Answers<'s, 'a> = BTreeMap<Status, Answer<'s, 'a>>;

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// All answers of an operation: each is compared with the entry that spoke for its status before, and with the one
    /// that does now.
    pub(super) fn answers(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>, way: Way) {
        let pairs = pairs(&old.answers, &new.answers);
        for (was, is) in &pairs {
            let path = format!("{} {}", new.name, is);
            // What carries no content never had that of the entry it is carved out of.
            let bare = was != is && (was.is_bare() || is.is_bare());
            self.answer(&old.answers[was], &new.answers[is], &path, way, bare);
        }
        for (&status, was) in &old.answers {
            if gone(status, &pairs, &new.answers, way) {
                let path = format!("{} {status}", new.name);
                let fails = status.fails(old.answers.keys().copied());
                self.answer_alone(status, kind_of(way, fails, true), way, &path, [was.at, new.at]);
            }
        }
        let met: BTreeSet<Status> = pairs.iter().map(|(_, is)| *is).collect();
        for (&status, is) in new.answers.iter().filter(|(status, _)| !met.contains(status)) {
            let path = format!("{} {status}", new.name);
            let fails = status.fails(new.answers.keys().copied());
            self.answer_alone(status, kind_of(way, fails, false), way, &path, [old.at, is.at]);
        }
    }

    fn answer_alone(&mut self, status: Status, kind: &str, way: Way, path: &str, at: [Span; 2]) {
        let message =
            format!("answer `{status}` is {}", if kind.ends_with("removed") { "gone" } else { "new" });
        self.note(kind, (path, way.answered().direction()), at.map(|at| place(at, "")), message);
    }

    /// Two answers; `bare` where one of them has no content, as is right.
    pub(super) fn answer(
        &mut self,
        old: &Answer<'s, 'a>,
        new: &Answer<'s, 'a>,
        path: &str,
        way: Way,
        bare: bool,
    ) {
        self.compared += 1;
        let reading = way.answered();
        let at = At { path, place: new.at, old_place: old.at, reading };
        self.headers(&old.headers, &new.headers, &at);
        if !bare {
            self.media((&old.media, old.at), (&new.media, new.at), path, reading);
        }
        self.answer_words(old, new, path);
    }
}

/// The entries of both sides that speak for one status: the same, or on one side the wider one.
fn pairs(old: &Answers, new: &Answers) -> BTreeSet<(Status, Status)> {
    let speaks = |status: Status, all: &Answers| {
        let known = all.contains_key(&status).then_some(status);
        known.or_else(|| status.wider().find(|it| all.contains_key(it)))
    };
    let carved = new.keys().filter_map(|is| Some((speaks(*is, old)?, *is)));
    let fallen = old.keys().filter_map(|was| Some((*was, speaks(*was, new)?)));
    carved.chain(fallen).collect()
}

/// Whether an old entry is gone. What the service no longer answers is missed only if nothing of it is left; what the
/// client may no longer answer, in a callback, also if only some of it is.
fn gone(status: Status, pairs: &BTreeSet<(Status, Status)>, new: &Answers, way: Way) -> bool {
    let whole = new.contains_key(&status) || status.wider().any(|it| new.contains_key(&it));
    match way {
        Way::Call => !pairs.iter().any(|(was, _)| *was == status),
        Way::Callback => !whole,
    }
}

fn kind_of(way: Way, fails: bool, gone: bool) -> &'static str {
    match (way, fails, gone) {
        (Way::Call, false, true) => "openapi/response-removed",
        (Way::Call, false, false) => "openapi/response-added",
        (Way::Call, true, true) => "openapi/error-response-removed",
        (Way::Call, true, false) => "openapi/error-response-added",
        (Way::Callback, false, true) => "openapi/callback-response-removed",
        (Way::Callback, _, false) => "openapi/callback-response-added",
        (Way::Callback, true, true) => "openapi/callback-error-response-removed",
    }
}
