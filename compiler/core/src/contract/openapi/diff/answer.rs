//! Answers, by their status.

use super::parameter::{At, direction};
use super::rows::{answer as row, callback};
use super::{Diff, Way};
use crate::contract::openapi::model::{Answer, Operation, Status};
use crate::contract::{Change, Row};
use std::collections::BTreeMap;

type Answers<'s, 'a> = BTreeMap<Status, Answer<'s, 'a>>;

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// All answers of an operation.
    pub(super) fn answers(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>, way: Way) {
        for (&status, was) in &old.answers {
            let Some((now, is)) = partner(status, &new.answers) else {
                let row = row_of(status, &old.answers, way, true);
                let message = format!("answer `{status}` is gone");
                let path = format!("{} {status}", new.name);
                let change = Change::new(row, direction(way.answered()), path, message);
                self.out.push(change.was(was.at, "").is(new.at, ""));
                continue;
            };
            self.answer(was, is, &format!("{} {now}", new.name), way);
        }
        for (&status, is) in &new.answers {
            if old.answers.contains_key(&status) || old.answers.keys().any(|old| covers(status, *old)) {
                continue;
            }
            let row = row_of(status, &new.answers, way, false);
            let path = format!("{} {status}", new.name);
            let message = format!("answer `{status}` is new");
            let change = Change::new(row, direction(way.answered()), path, message);
            self.out.push(change.was(old.at, "").is(is.at, ""));
        }
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

/// The answer of the new side that stands for a status of the old: itself, else its whole hundred.
fn partner<'n, 's, 'a>(status: Status, new: &'n Answers<'s, 'a>) -> Option<(Status, &'n Answer<'s, 'a>)> {
    let class = match status {
        Status::Code(code) => Status::Class(code / 100),
        other => other,
    };
    [status, class].into_iter().find_map(|status| Some((status, new.get(&status)?)))
}

/// Whether a hundred has this code.
fn covers(class: Status, status: Status) -> bool {
    matches!((class, status), (Status::Class(class), Status::Code(code)) if code / 100 == class)
}

/// `default` is the success where no other is told.
fn row_of(status: Status, all: &Answers, way: Way, gone: bool) -> &'static Row {
    let alone = !all.keys().any(|status| status.is_success());
    let success = status.is_success() || (status == Status::Default && alone);
    match (way, success, gone) {
        (Way::Call, true, true) => &row::REMOVED,
        (Way::Call, true, false) => &row::ADDED,
        (Way::Call, false, true) => &row::ERROR_REMOVED,
        (Way::Call, false, false) => &row::ERROR_ADDED,
        (Way::Callback, true, true) => &callback::RESPONSE_REMOVED,
        (Way::Callback, _, false) => &callback::RESPONSE_ADDED,
        (Way::Callback, false, true) => &callback::ERROR_REMOVED,
    }
}
