//! Parameters and headers: what stands beside the body, either way.

use super::{Diff, Way};
use crate::openapi::model::{Operation, Parameter, ParameterKey};
use crate::place;
use crate::schema::Reading;
use crate::value::Value;
use std::collections::BTreeMap;

/// How the changes of parameters, or of headers, are called.
struct Names {
    /// An optional one is new.
    added: &'static str,
    /// One that is always there is new.
    added_required: &'static str,
    /// An optional one is gone.
    removed: &'static str,
    /// One that was always there is gone.
    removed_required: &'static str,
    /// It is always there now.
    required: &'static str,
    /// It can be absent now.
    optional: &'static str,
    /// It is written in another way.
    style: &'static str,
}

/// Parameters of requests.
const PARAMETER: Names = Names {
    added: "openapi/request-parameter-added",
    added_required: "openapi/request-parameter-added-required",
    removed: "openapi/request-parameter-removed",
    removed_required: "openapi/request-parameter-removed",
    required: "openapi/request-parameter-became-required",
    optional: "openapi/request-parameter-became-optional",
    style: "openapi/request-parameter-style-changed",
};

/// Headers of answers.
const HEADER: Names = Names {
    added: "openapi/response-header-added",
    added_required: "openapi/response-header-added",
    removed: "openapi/response-optional-header-removed",
    removed_required: "openapi/response-header-removed",
    required: "openapi/response-header-became-required",
    optional: "openapi/response-header-became-optional",
    style: "openapi/response-header-style-changed",
};

/// Parameters of webhooks and callbacks: the service sends them.
const CALLBACK_PARAMETER: Names = Names {
    added: "openapi/callback-parameter-added",
    added_required: "openapi/callback-parameter-added",
    removed: "openapi/callback-optional-parameter-removed",
    removed_required: "openapi/callback-parameter-removed",
    required: "openapi/callback-parameter-became-required",
    optional: "openapi/callback-parameter-became-optional",
    style: "openapi/callback-parameter-style-changed",
};

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
        let names = if way == Way::Call { &PARAMETER } else { &CALLBACK_PARAMETER };
        for (key, one) in &old.parameters {
            let path = format!("{} {} {}", new.name, key.place, one.name);
            match new.parameters.get(key) {
                Some(other) => self.field(one, other, &path, names, reading),
                None if self.moved(key, one, old, new, &at) => {}
                None => self.field_removed(one, &path, names, &at),
            }
        }
        for (key, one) in &new.parameters {
            if !old.parameters.contains_key(key) && !came(key, old, new) {
                let path = format!("{} {} {}", new.name, key.place, one.name);
                self.field_added(one, &path, names, &at);
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
        let names = if at.reading == Reading::Response { &HEADER } else { &PARAMETER };
        for (key, one) in old {
            let path = format!("{} header {}", at.path, one.name);
            match new.get(key) {
                Some(other) => self.field(one, other, &path, names, at.reading),
                None => self.field_removed(one, &path, names, at),
            }
        }
        for (_, one) in new.iter().filter(|(key, _)| !old.contains_key(*key)) {
            self.field_added(one, &format!("{} header {}", at.path, one.name), names, at);
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
        let Some((to, is)) = elsewhere(key, was, old, new) else { return false };
        let message = format!("`{}` moved from {} to {}", was.name, key.place, to.place);
        let path = format!("{} {} {}", new.name, to.place, is.name);
        let places = (place(was.at, &key.place), place(is.at, &to.place));
        self.note("openapi/request-parameter-moved", (&path, at.reading.direction()), places, message);
        true
    }

    fn field(
        &mut self,
        old: &Parameter<'s, 'a>,
        new: &Parameter<'s, 'a>,
        path: &str,
        names: &Names,
        reading: Reading,
    ) {
        self.compared += 1;
        let (name, direction) = (&new.name, reading.direction());
        if old.required != new.required {
            let kind = if new.required { names.required } else { names.optional };
            let message = format!("`{name}` became {}", need(new));
            self.note(kind, (path, direction), (place(old.at, need(old)), place(new.at, need(new))), message);
        }
        if !old.style.same(&new.style) {
            let message = format!("`{name}` was written as {} and is as {}", old.style, new.style);
            let places = (place(old.at, &old.style), place(new.at, &new.style));
            self.note(names.style, (path, direction), places, message);
        }
        self.empty(old, new, path, reading);
        self.parameter_words(old, new, path);
        if old.style.plain() && new.style.plain() && untyped(old.schema, new.schema) {
            let message = format!("`{name}` may be any text");
            let kind = if reading == Reading::Response {
                "openapi/response-header-text-given"
            } else {
                "openapi/request-parameter-text-accepted"
            };
            return self.note(kind, (path, direction), (place(old.at, ""), place(new.at, "string")), message);
        }
        self.schema((old.schema, old.at), (new.schema, new.at), path, reading);
    }

    /// `allowEmptyValue` of a query parameter.
    fn empty(&mut self, old: &Parameter, new: &Parameter, path: &str, reading: Reading) {
        let allowed = |one: &Parameter| one.value.get("allowEmptyValue").is_some_and(|value| value.is(true));
        let (kind, message) = match (allowed(old), allowed(new)) {
            (true, false) => {
                ("openapi/request-parameter-empty-refused", format!("`{}` must have a value", new.name))
            }
            (false, true) => {
                ("openapi/request-parameter-empty-allowed", format!("`{}` may be without a value", new.name))
            }
            _ => return,
        };
        self.note(kind, (path, reading.direction()), (place(old.at, ""), place(new.at, "")), message);
    }

    fn field_removed(&mut self, old: &Parameter, path: &str, names: &Names, at: &At) {
        let kind = if old.required { names.removed_required } else { names.removed };
        let message = format!("`{}` is gone", old.name);
        self.note(
            kind,
            (path, at.reading.direction()),
            (place(old.at, need(old)), place(at.place, "")),
            message,
        );
    }

    fn field_added(&mut self, new: &Parameter, path: &str, names: &Names, at: &At) {
        let kind = if new.required { names.added_required } else { names.added };
        let message = format!("{} `{}` is new", need(new), new.name);
        let places = (place(at.old_place, ""), place(new.at, need(new)));
        self.note(kind, (path, at.reading.direction()), places, message);
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
