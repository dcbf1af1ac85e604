//! Parameters and headers: what stands beside the body, either way.

use super::rows::parameter::{self as row, Fields};
use super::{Diff, Way};
use crate::openapi::model::{Operation, Parameter, ParameterKey};
use crate::schema::Reading;
use crate::value::Value;
use crate::{Change, Direction};
use std::collections::BTreeMap;

/// Where some fields stand, and how they travel.
pub(super) struct At<'p> {
    /// What their paths begin with.
    pub(super) path: &'p str,
    /// Where the new side lists them; what is gone is missed there.
    pub(super) place: bastide_report::source::Span,
    /// The same of the old side.
    pub(super) old_place: bastide_report::source::Span,
    /// How they travel.
    pub(super) reading: Reading,
}

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// All parameters of an operation.
    pub(super) fn parameters(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>, way: Way) {
        let reading = way.sent();
        let at = At { path: &new.name, place: new.at, old_place: old.at, reading };
        let rows = if way == Way::Call { &row::PARAMETERS } else { &row::CALLBACK_PARAMETERS };
        for (key, one) in &old.parameters {
            let path = format!("{} {} {}", new.name, key.place, one.name);
            match new.parameters.get(key) {
                Some(other) => self.field(one, other, &path, rows, reading),
                None if self.moved(key, one, old, new, &at) => {}
                None => self.field_removed(one, &path, rows, &at),
            }
        }
        for (key, one) in &new.parameters {
            if !old.parameters.contains_key(key) && !came(key, old, new) {
                let path = format!("{} {} {}", new.name, key.place, one.name);
                self.field_added(one, &path, rows, &at);
            }
        }
    }

    /// All headers of an answer.
    pub(super) fn headers(
        &mut self,
        old: &BTreeMap<String, Parameter<'s, 'a>>,
        new: &BTreeMap<String, Parameter<'s, 'a>>,
        at: &At,
    ) {
        let rows = if at.reading == Reading::Response { &row::HEADERS } else { &row::PARAMETERS };
        for (key, one) in old {
            let path = format!("{} header {}", at.path, one.name);
            match new.get(key) {
                Some(other) => self.field(one, other, &path, rows, at.reading),
                None => self.field_removed(one, &path, rows, at),
            }
        }
        for (_, one) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
            self.field_added(one, &format!("{} header {}", at.path, one.name), rows, at);
        }
    }

    /// A parameter that went from one place of the request to another.
    fn moved(
        &mut self,
        key: &ParameterKey,
        was: &Parameter<'s, 'a>,
        old: &Operation<'s, 'a>,
        new: &Operation<'s, 'a>,
        at: &At,
    ) -> bool {
        let Some((place, is)) = elsewhere(key, was, old, new) else { return false };
        let message = format!("`{}` moved from {} to {}", was.name, key.place, place.place);
        let path = format!("{} {} {}", new.name, place.place, is.name);
        let change = Change::new(&row::MOVED, direction(at.reading), path, message);
        self.out.push(change.was(was.at, key.place.as_str()).is(is.at, place.place.as_str()));
        true
    }

    fn field(
        &mut self,
        old: &Parameter<'s, 'a>,
        new: &Parameter<'s, 'a>,
        path: &str,
        rows: &Fields,
        reading: Reading,
    ) {
        self.compared += 1;
        let change = |row, message| Change::new(row, direction(reading), path.to_owned(), message);
        let name = &new.name;
        match (old.required, new.required) {
            (false, true) => {
                let change = change(rows.required, format!("`{name}` became required"));
                self.out.push(change.was(old.at, "optional").is(new.at, "required"));
            }
            (true, false) => {
                let change = change(rows.optional, format!("`{name}` became optional"));
                self.out.push(change.was(old.at, "required").is(new.at, "optional"));
            }
            _ => {}
        }
        if !old.style.same(&new.style) {
            let message = format!("`{name}` was written as {} and is as {}", old.style, new.style);
            let change = change(rows.style, message);
            self.out.push(change.was(old.at, old.style.to_string()).is(new.at, new.style.to_string()));
        }
        self.empty(old, new, path, reading);
        self.parameter_words(old, new, path);
        if old.style.plain() && new.style.plain() && untyped(old.schema, new.schema) {
            let message = format!("`{name}` may be any text");
            let row = if reading == Reading::Response { &row::TEXT_GIVEN } else { &row::TEXT_TAKEN };
            let change = Change::new(row, direction(reading), path.to_owned(), message);
            return self.out.push(change.was(old.at, "").is(new.at, "string"));
        }
        self.schema((old.schema, old.at), (new.schema, new.at), path, reading);
    }

    /// `allowEmptyValue` of a query parameter.
    fn empty(&mut self, old: &Parameter, new: &Parameter, path: &str, reading: Reading) {
        let allowed = |one: &Parameter| one.value.get("allowEmptyValue").is_some_and(|value| value.is(true));
        let (row, message) = match (allowed(old), allowed(new)) {
            (true, false) => (&row::EMPTY_REFUSED, format!("`{}` must have a value", new.name)),
            (false, true) => (&row::EMPTY_ALLOWED, format!("`{}` may be without a value", new.name)),
            _ => return,
        };
        let change = Change::new(row, direction(reading), path.to_owned(), message);
        self.out.push(change.was(old.at, "").is(new.at, ""));
    }

    fn field_removed(&mut self, old: &Parameter, path: &str, rows: &Fields, at: &At) {
        let row = if old.required { rows.removed_required } else { rows.removed };
        let message = format!("`{}` is gone", old.name);
        let change = Change::new(row, direction(at.reading), path.to_owned(), message);
        self.out.push(change.was(old.at, need(old)).is(at.place, ""));
    }

    fn field_added(&mut self, new: &Parameter, path: &str, rows: &Fields, at: &At) {
        let row = if new.required { rows.added_required } else { rows.added };
        let message = format!("{} `{}` is new", need(new), new.name);
        let change = Change::new(row, direction(at.reading), path.to_owned(), message);
        self.out.push(change.was(at.old_place, "").is(new.at, need(new)));
    }
}

/// A number or truth value became a text without any condition: on the wire each is a text already.
fn untyped(old: Option<&Value>, new: Option<&Value>) -> bool {
    let Some((old, new)) = old.zip(new) else { return false };
    let words = ["type", "description", "title", "example", "examples", "default", "nullable", "deprecated"];
    let free = new.entries().iter().all(|entry| words.contains(&entry.key.as_ref()));
    let was = old.text_at("type").is_some_and(|kind| matches!(kind, "integer" | "number" | "boolean"));
    was && free && new.text_at("type") == Some("string")
}

fn need(parameter: &Parameter) -> &'static str {
    if parameter.required { "required" } else { "optional" }
}

/// The way of a reading.
pub(super) fn direction(reading: Reading) -> Direction {
    match reading {
        Reading::Request => Direction::Request,
        Reading::Response => Direction::Response,
        Reading::Data => Direction::Both,
    }
}

/// The parameter of the same name that stands in another place, and only in the new text.
fn elsewhere<'o, 's, 'a>(
    key: &ParameterKey,
    was: &Parameter,
    old: &Operation,
    new: &'o Operation<'s, 'a>,
) -> Option<(&'o ParameterKey, &'o Parameter<'s, 'a>)> {
    let same = |(other, is): &(&ParameterKey, &Parameter)| {
        is.name.eq_ignore_ascii_case(&was.name)
            && other.place != key.place
            && !old.parameters.contains_key(other)
    };
    new.parameters.iter().find(same)
}

/// Whether a parameter only of the new text is one that moved.
fn came(key: &ParameterKey, old: &Operation, new: &Operation) -> bool {
    old.parameters
        .iter()
        .filter(|(key, _)| !new.parameters.contains_key(*key))
        .any(|(gone, was)| elsewhere(gone, was, old, new).is_some_and(|(place, _)| place == key))
}
