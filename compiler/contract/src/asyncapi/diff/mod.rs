//! The differences between two documents.

mod bindings;
mod channels;
mod messages;
mod operations;
mod pairing;
mod schemas;
mod servers;

use super::model::Api;
use super::rows::words as rows;
use crate::avro::words::{equal, short};
use crate::library::Library;
use crate::schema::{Dialect, Judge};
use crate::value::Value;
use crate::{Bump, Change, Direction, Options, Place, Row, Skipped};
use bastide_report::finding::Finding;
use bastide_report::source::Span;
use std::collections::BTreeSet;

/// Two documents, and what was found between them.
pub(super) struct Diff<'s, 'a> {
    /// The old one, and where its references lead.
    pub old: (&'s Api<'s, 'a>, &'s Library<'a>),
    /// The new one.
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
    judges: Vec<((Dialect, Dialect), Judge<'s, 'a>)>,
}

/// What a change is about.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// For people: `orders.placed send`.
    pub path: String,
    /// What a consumer names: `orders.placed`.
    pub element: String,
    /// Which way its data travels.
    pub direction: Direction,
}

impl Subject {
    fn new(path: impl Into<String>, element: impl Into<String>, direction: Direction) -> Subject {
        Subject { path: path.into(), element: element.into(), direction }
    }

    fn part(&self, path: &str) -> Subject {
        Subject { path: format!("{} {path}", self.path), ..self.clone() }
    }
}

type Sides = (Option<Place>, Option<Place>);

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
            let subject = Subject::new("info", "", Direction::Both);
            let keys =
                ["title", "description", "tags", "externalDocs", "contact", "license", "termsOfService"];
            self.words(&subject, old, new, &keys);
        }
        self.servers();
        self.channels();
        for (_, judge) in &mut self.judges {
            self.compared += judge.compared;
            self.skipped.append(&mut judge.skipped);
            self.findings.append(&mut judge.findings);
        }
    }

    fn note(&mut self, row: &'static Row, subject: &Subject, sides: Sides, message: String) {
        self.note_as(row, row.bump, subject, sides, message);
    }

    fn note_as(
        &mut self,
        row: &'static Row,
        bump: Bump,
        subject: &Subject,
        (old, new): Sides,
        message: String,
    ) {
        let Subject { path, element, direction } = subject.clone();
        self.changes.push(Change { row, bump, direction, path, element, old, new, message, also: vec![] });
    }

    /// Compares words for people under some keys; one change for each thing described.
    fn words(&mut self, subject: &Subject, old: &Value<'a>, new: &Value<'a>, keys: &[&str]) {
        let changed = keys.iter().find(|key| !alike(old.get(key), new.get(key)));
        let Some(key) = changed else { return };
        let side = |value: &Value<'_>| value.get(key).and_then(|value| place(value.span, short(value)));
        let message = format!("the {key} of `{}` is another one", subject.path);
        self.note(&rows::WORDS_CHANGED, subject, (side(old), side(new)), message);
    }

    /// Compares ways to be let in.
    fn security(&mut self, subject: &Subject, at: (Span, Span), old: &[String], new: &[String]) {
        let (was, is): (BTreeSet<_>, BTreeSet<_>) = (old.iter().collect(), new.iter().collect());
        let path = &subject.path;
        for way in was.difference(&is).filter(|_| !is.is_empty()) {
            let message = format!("`{path}` lets nobody in by `{way}` any more");
            self.note(&rows::SECURITY_REMOVED, subject, (place(at.0, way), place(at.1, "")), message);
        }
        for way in is.difference(&was) {
            let row = if was.is_empty() { &rows::SECURITY_REQUIRED } else { &rows::SECURITY_ADDED };
            let message = match was.is_empty() {
                true => format!("`{path}` asks for `{way}`; it let everybody in"),
                false => format!("`{path}` lets in by `{way}` besides"),
            };
            self.note(row, subject, (place(at.0, ""), place(at.1, way)), message);
        }
        if is.is_empty() && !was.is_empty() {
            let message = format!("`{path}` lets everybody in");
            let ways = old.join(", ");
            self.note(&rows::SECURITY_LIFTED, subject, (place(at.0, ways), place(at.1, "")), message);
        }
    }
}

fn place(span: Span, text: impl ToString) -> Option<Place> {
    Some(Place { span, text: text.to_string() })
}

/// Whether two values are the same; absent ones are.
fn alike(old: Option<&Value<'_>>, new: Option<&Value<'_>>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => equal(old, new),
        (old, new) => old.is_none() && new.is_none(),
    }
}

/// What a value means: itself, or what its `$ref` leads to.
fn follow<'s, 'a>(library: &'s Library<'a>, value: &'s Value<'a>) -> &'s Value<'a> {
    let mut value = value;
    for _ in 0..32 {
        let target = value.text_at("$ref").and_then(|to| library.follow(value.span.file, to).ok());
        match target {
            Some(target) => value = target,
            None => break,
        }
    }
    value
}
