//! Words for people: they take a patch number, and one change tells of all that stand together.

use super::{Diff, life};
use crate::openapi::model::{Answer, Contract, Operation, Parameter};
use crate::value::{Value, same};
use crate::{Changes, Direction, place};
use bastide_report::source::Span;

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// What is said of the whole.
    pub(super) fn contract_words(&mut self, old: &Contract<'s, 'a>, new: &Contract<'s, 'a>) {
        let keys = ["title", "summary", "description", "termsOfService", "contact", "license"];
        let none = (old.root, new.root);
        let info = old.root.get("info").zip(new.root.get("info")).unwrap_or(none);
        self.words([info.0, info.1], &keys, "info", [info.0.span, info.1.span]);
        self.words([old.root, new.root], &["tags", "externalDocs"], "info", [old.root.span, new.root.span]);
    }

    /// What is said of an operation and of its body.
    pub(super) fn operation_words(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>) {
        let keys = ["summary", "description", "tags", "externalDocs"];
        self.words([old.value, new.value], &keys, &new.name, [old.at, new.at]);
        if let (Some(was), Some(is)) = (&old.body, &new.body) {
            let path = format!("{} body", new.name);
            self.words([was.value, is.value], &["description"], &path, [was.at, is.at]);
        }
    }

    /// What is said of a parameter or header.
    pub(super) fn parameter_words(&mut self, old: &Parameter<'s, 'a>, new: &Parameter<'s, 'a>, path: &str) {
        let keys = ["description", "example", "examples"];
        self.words([old.value, new.value], &keys, path, [old.at, new.at]);
        if life::deprecated(old.value) != life::deprecated(new.value) {
            let word = if life::deprecated(new.value) { "is deprecated" } else { "is no longer deprecated" };
            let message = format!("`{}` {word}", new.name);
            let places = (place(old.at, ""), place(new.at, ""));
            self.note("openapi/parameter-deprecated", (path, Direction::Both), places, message);
        }
    }

    /// What is said of an answer.
    pub(super) fn answer_words(&mut self, old: &Answer<'s, 'a>, new: &Answer<'s, 'a>, path: &str) {
        let keys = ["description", "summary", "links"];
        self.words([old.value, new.value], &keys, path, [old.at, new.at]);
    }

    fn words(&mut self, [old, new]: [&'s Value<'a>; 2], keys: &[&str], path: &str, at: [Span; 2]) {
        let differs = |key: &&&str| !same(old.get(key), new.get(key));
        let changed: Vec<&str> = keys.iter().filter(differs).copied().collect();
        let Some(first) = changed.first() else { return };
        let side = |value: &Value, at| place(value.entry(first).map_or(at, |entry| entry.at), "");
        let places = (side(old, at[0]), side(new, at[1]));
        let message = format!("`{}` changed", changed.join("`, `"));
        self.note("openapi/words-changed", (path, Direction::Both), places, message);
    }
}
