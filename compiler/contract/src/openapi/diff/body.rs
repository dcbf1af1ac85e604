//! Bodies and the media types in them.

use super::{Diff, Way};
use crate::openapi::model::{Body, Media, Operation};
use crate::place;
use crate::schema::Reading;
use crate::value::{Value, same};
use bastide_report::source::Span;

/// How the changes of bodies are called.
struct Names {
    /// An optional one is new.
    added: &'static str,
    /// One that is always there is new.
    added_required: &'static str,
    /// It is gone.
    removed: &'static str,
    /// It is always there now.
    required: &'static str,
    /// It can be absent now.
    optional: &'static str,
}

/// Bodies of requests.
const REQUEST_BODY: Names = Names {
    added: "openapi/request-body-added",
    added_required: "openapi/request-body-added-required",
    removed: "openapi/request-body-removed",
    required: "openapi/request-body-became-required",
    optional: "openapi/request-body-became-optional",
};

/// Bodies of webhooks and callbacks.
const CALLBACK_BODY: Names = Names {
    added: "openapi/callback-body-added",
    added_required: "openapi/callback-body-added",
    removed: "openapi/callback-body-removed",
    required: "openapi/callback-body-became-required",
    optional: "openapi/callback-body-became-optional",
};

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// What is sent with an operation.
    pub(super) fn bodies(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>, way: Way) {
        let reading = way.sent();
        let path = format!("{} body", new.name);
        let names = if way == Way::Call { &REQUEST_BODY } else { &CALLBACK_BODY };
        match (&old.body, &new.body) {
            (Some(was), Some(is)) => self.body(was, is, names, &path, reading),
            (Some(was), None) => {
                self.note(
                    names.removed,
                    (&path, reading.direction()),
                    (place(was.at, need(was)), place(new.at, "")),
                    "the body is gone".into(),
                );
            }
            (None, Some(is)) => {
                let kind = if is.required { names.added_required } else { names.added };
                self.note(
                    kind,
                    (&path, reading.direction()),
                    (place(old.at, ""), place(is.at, need(is))),
                    format!("the {} body is new", need(is)),
                );
            }
            (None, None) => {}
        }
    }

    fn body(&mut self, old: &Body<'s, 'a>, new: &Body<'s, 'a>, names: &Names, path: &str, reading: Reading) {
        if old.required != new.required {
            let kind = if new.required { names.required } else { names.optional };
            let message = format!("the body became {}", need(new));
            self.note(
                kind,
                (path, reading.direction()),
                (place(old.at, need(old)), place(new.at, need(new))),
                message,
            );
        }
        self.media((&old.media, old.at), (&new.media, new.at), path, reading);
    }

    /// The contents a body or an answer may have.
    pub(super) fn media(
        &mut self,
        (old, old_at): (&[Media<'s, 'a>], Span),
        (new, new_at): (&[Media<'s, 'a>], Span),
        path: &str,
        reading: Reading,
    ) {
        let (removed, added) = match reading {
            Reading::Response => ("openapi/response-media-type-removed", "openapi/response-media-type-added"),
            _ => ("openapi/request-media-type-removed", "openapi/request-media-type-added"),
        };
        for one in old {
            let Some(other) = partner(one, new, reading) else {
                let message = format!("`{}` is gone", one.kind);
                self.note(
                    removed,
                    (path, reading.direction()),
                    (place(one.at, &one.kind), place(new_at, "")),
                    message,
                );
                continue;
            };
            let path = format!("{path} {}", other.kind);
            self.encoding(one, other, &path, reading);
            self.schema((one.schema, one.at), (other.schema, other.at), &path, reading);
        }
        for one in new.iter().filter(|one| !old.iter().any(|other| other.kind == one.kind)) {
            if old.iter().any(|other| partner(other, new, reading).is_some_and(|it| it.at == one.at)) {
                continue;
            }
            let message = format!("`{}` is new", one.kind);
            self.note(
                added,
                (path, reading.direction()),
                (place(old_at, ""), place(one.at, &one.kind)),
                message,
            );
        }
    }

    /// How the parts of a form are written.
    fn encoding(&mut self, old: &Media<'s, 'a>, new: &Media<'s, 'a>, path: &str, reading: Reading) {
        let none = &[][..];
        let entries = |media: &Media<'s, 'a>| media.value.get("encoding").map_or(none, Value::entries);
        for was in entries(old) {
            let Some(is) = entries(new).iter().find(|is| is.key == was.key) else { continue };
            let differs = |key: &&&str| !same(was.value.get(key), is.value.get(key));
            let Some(key) = ["contentType", "style", "explode"].iter().find(differs) else { continue };
            let message = format!("`{key}` of part `{}` changed", was.key);
            self.note(
                "openapi/encoding-changed",
                (path, reading.direction()),
                (place(was.at, ""), place(is.at, "")),
                message,
            );
        }
    }

    /// Schemas of either side; an absent one is one that takes anything.
    pub(super) fn schema(
        &mut self,
        (old, old_at): (Option<&'s Value<'a>>, Span),
        (new, new_at): (Option<&'s Value<'a>>, Span),
        path: &str,
        reading: Reading,
    ) {
        let (kind, message, was, is) = match (old, new) {
            (Some(old), Some(new)) => return self.facts(old, new, path, reading),
            (None, Some(new)) if !anything(new) => match reading {
                Reading::Response => ("openapi/response-schema-added", "a schema is new", old_at, new.span),
                _ => ("openapi/request-schema-added", "a schema is new", old_at, new.span),
            },
            (Some(old), None) if !anything(old) => match reading {
                Reading::Response => {
                    ("openapi/response-schema-removed", "the schema is gone", old.span, new_at)
                }
                _ => ("openapi/request-schema-removed", "the schema is gone", old.span, new_at),
            },
            _ => return,
        };
        self.note(kind, (path, reading.direction()), (place(was, ""), place(is, "")), message.into());
    }
}

fn need(body: &Body) -> &'static str {
    if body.required { "required" } else { "optional" }
}

/// The content of the new side that an old one is now: the same type; for what is received the narrowest that covers
/// it, for what is given the one that it covers.
fn partner<'m, 's, 'a>(
    one: &Media<'s, 'a>,
    others: &'m [Media<'s, 'a>],
    reading: Reading,
) -> Option<&'m Media<'s, 'a>> {
    let fits = |other: &&Media| match reading {
        Reading::Response => one.kind.covers(&other.kind),
        _ => other.kind.covers(&one.kind),
    };
    let exact = others.iter().find(|other| other.kind == one.kind);
    exact.or_else(|| others.iter().filter(fits).max_by_key(|other| other.kind.name.len()))
}

/// A schema that says nothing.
fn anything(schema: &Value) -> bool {
    let words = ["description", "title", "example", "examples"];
    schema.is(true) || {
        let entries = schema.entries();
        !schema.is(false) && entries.iter().all(|entry| words.contains(&entry.key.as_ref()))
    }
}
