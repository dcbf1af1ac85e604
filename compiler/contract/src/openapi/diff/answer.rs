//! Answers, by their status.

use super::parameter::At;
use super::{Diff, Way};
use crate::openapi::model::{Answer, Operation, Status};
use crate::{Changes, place};
use bastide_report::source::Span;
use std::collections::{BTreeMap, BTreeSet};

type Answers<'s, 'a> = BTreeMap<Status, Answer<'s, 'a>>;

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// All answers of an operation: what is given must be inside what was told of the same status.
    pub(super) fn answers(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>, way: Way) {
        let mut met = BTreeSet::new();
        for (&status, was) in &old.answers {
            let partners = partners(status, &old.answers, &new.answers);
            for now in &partners {
                self.answer(was, &new.answers[now], &format!("{} {now}", new.name), way);
            }
            if partners.is_empty() {
                let path = format!("{} {status}", new.name);
                self.answer_alone(status, way, &path, [was.at, new.at], true);
            }
            met.extend(partners);
        }
        for (&status, is) in new.answers.iter().filter(|(status, _)| !met.contains(status)) {
            let path = format!("{} {status}", new.name);
            self.answer_alone(status, way, &path, [old.at, is.at], false);
        }
    }

    fn answer_alone(&mut self, status: Status, way: Way, path: &str, at: [Span; 2], gone: bool) {
        let message = format!("answer `{status}` is {}", if gone { "gone" } else { "new" });
        let on = (path, way.answered().direction());
        self.note(kind_of(status, way, gone), on, at.map(|at| place(at, "")), message);
    }

    fn answer(&mut self, old: &Answer<'s, 'a>, new: &Answer<'s, 'a>, path: &str, way: Way) {
        self.compared += 1;
        let reading = way.answered();
        let at = At { path, place: new.at, old_place: old.at, reading };
        self.headers(&old.headers, &new.headers, &at);
        self.media((&old.media, old.at), (&new.media, new.at), path, reading);
        self.answer_words(old, new, path);
    }
}

/// The new answers that a status of the old side has become: itself, or its whole hundred; a hundred that is told code by
/// code; for `default` the successes, where the old side told of none besides.
fn partners(status: Status, old: &Answers, new: &Answers) -> Vec<Status> {
    if new.contains_key(&status) {
        return vec![status];
    }
    let fresh = |other: &&Status| !old.contains_key(*other);
    match status {
        Status::Code(code) => {
            let class = Status::Class(code / 100);
            new.contains_key(&class).then_some(class).into_iter().collect()
        }
        Status::Class(class) => {
            let within = |other: &&Status| matches!(other, Status::Code(code) if code / 100 == class);
            new.keys().filter(within).filter(fresh).copied().collect()
        }
        Status::Default if old.keys().any(|status| status.is_success()) => vec![],
        Status::Default => new.keys().filter(|status| status.is_success()).copied().collect(),
    }
}

fn kind_of(status: Status, way: Way, gone: bool) -> &'static str {
    match (way, status.is_success(), gone) {
        (Way::Call, true, true) => "openapi/response-removed",
        (Way::Call, true, false) => "openapi/response-added",
        (Way::Call, false, true) => "openapi/error-response-removed",
        (Way::Call, false, false) => "openapi/error-response-added",
        (Way::Callback, true, true) => "openapi/callback-response-removed",
        (Way::Callback, _, false) => "openapi/callback-response-added",
        (Way::Callback, false, true) => "openapi/callback-error-response-removed",
    }
}
