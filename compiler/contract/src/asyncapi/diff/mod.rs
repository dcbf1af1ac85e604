//! The differences between two documents.

mod bindings;
mod channels;
mod messages;
mod operations;
mod pairing;
mod schemas;
mod servers;

use super::model::Api;
use crate::avro::words::short;
use crate::library::Library;
use crate::schema::{Dialect, Judge};
use crate::value::{Value, same};
use crate::{Change, Changes, Direction, Options, Skipped, Subject, place};
use bastide_report::finding::Finding;
use bastide_report::source::Span;
use bindings::Bound;
use std::collections::BTreeSet;

/// Two documents, and what was found between them.
pub(super) struct Diff<'s, 'a> {
    /// The old one, and where its references lead.
    pub old: (&'s Api<'s, 'a>, &'s Library<'a>),
    pub new: (&'s Api<'s, 'a>, &'s Library<'a>),
    /// A schema that takes everything.
    pub anything: &'s Value<'a>,
    /// What the user chose.
    pub options: &'s Options,
    /// What was found.
    pub changes: Vec<Change>,
    /// What stands on both sides.
    pub compared: usize,
    /// What was not judged.
    pub skipped: Vec<Skipped>,
    /// What is wrong with the schemas.
    pub findings: Vec<Finding>,
    judges: Vec<([Dialect; 2], Judge<'s, 'a>)>,
}

impl<'s, 'a> Diff<'s, 'a> {
    /// Nothing looked at yet.
    pub(super) fn new(
        old: (&'s Api<'s, 'a>, &'s Library<'a>),
        new: (&'s Api<'s, 'a>, &'s Library<'a>),
        anything: &'s Value<'a>,
        options: &'s Options,
    ) -> Diff<'s, 'a> {
        let (changes, skipped, findings, judges) = (vec![], vec![], vec![], vec![]);
        Diff { old, new, anything, options, changes, compared: 0, skipped, findings, judges }
    }

    /// Compares everything.
    pub(super) fn run(&mut self) {
        let (old, new) = (self.old.0, self.new.0);
        self.compared += 1;
        if let (Some(old), Some(new)) = (old.root.get("info"), new.root.get("info")) {
            let subject = named("info", "");
            let keys =
                ["title", "description", "tags", "externalDocs", "contact", "license", "termsOfService"];
            self.words(&subject, [old, new], &keys);
        }
        self.servers();
        self.channels();
        for (_, judge) in &mut self.judges {
            self.compared += judge.compared;
            self.skipped.append(&mut judge.skipped);
            self.findings.append(&mut judge.findings);
        }
    }

    /// What values mean: themselves, or what their `$ref`s lead to.
    fn resolved(&self, [old, new]: [&'s Value<'a>; 2]) -> [&'s Value<'a>; 2] {
        [self.old.1.resolve(old).0, self.new.1.resolve(new).0]
    }

    /// Compares what all parts may say: bindings (see [`Diff::bindings`]) and words for people.
    fn written(&mut self, subject: &Subject, sides: [&'s Value<'a>; 2], bound: Bound) {
        self.bindings(subject, sides.map(|side| side.get("bindings")), bound);
        self.words(subject, sides, &["title", "summary", "description", "tags", "externalDocs"]);
    }

    /// Compares words for people under some keys; one change for each thing described.
    fn words(&mut self, subject: &Subject, [old, new]: [&Value<'a>; 2], keys: &[&str]) {
        let changed = keys.iter().find(|key| !same(old.get(key), new.get(key)));
        let Some(key) = changed else { return };
        let side = |value: &Value<'_>| value.get(key).and_then(|value| place(value.span, short(value)));
        let message = format!("the {key} of `{}` is another one", subject.path);
        self.note("asyncapi/words-changed", subject, (side(old), side(new)), message);
    }

    /// Compares ways to be let in.
    fn security(&mut self, subject: &Subject, at: (Span, Span), old: &[String], new: &[String]) {
        let (was, is): (BTreeSet<_>, BTreeSet<_>) = (old.iter().collect(), new.iter().collect());
        let path = &subject.path;
        for way in was.difference(&is).filter(|_| !is.is_empty()) {
            let message = format!("`{path}` lets nobody in by `{way}` any more");
            self.note("asyncapi/security-removed", subject, (place(at.0, way), place(at.1, "")), message);
        }
        for way in is.difference(&was) {
            let kind = if was.is_empty() { "asyncapi/security-required" } else { "asyncapi/security-added" };
            let message = match was.is_empty() {
                true => format!("`{path}` asks for `{way}`; it let everybody in"),
                false => format!("`{path}` lets in by `{way}` besides"),
            };
            self.note(kind, subject, (place(at.0, ""), place(at.1, way)), message);
        }
        if is.is_empty() && !was.is_empty() {
            let message = format!("`{path}` lets everybody in");
            let ways = old.join(", ");
            self.note("asyncapi/security-lifted", subject, (place(at.0, ways), place(at.1, "")), message);
        }
    }
}

impl Changes for Diff<'_, '_> {
    fn push(&mut self, change: Change) {
        self.changes.push(change);
    }
}

/// A subject that people and consumers name differently.
fn named(path: impl Into<String>, element: &str) -> Subject {
    Subject { element: element.into(), ..Subject::new(path, Direction::Both) }
}

/// Which way data travels that is sent, received, or both.
fn travels(sent: bool, received: bool) -> Direction {
    match (sent, received) {
        (true, false) => Direction::Response,
        (false, true) => Direction::Request,
        _ => Direction::Both,
    }
}
