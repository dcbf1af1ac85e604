//! Bodies and the media types in them.

use super::{Diff, Way};
use crate::openapi::model::{Body, Media, Operation};
use crate::schema::{Reading, Wire};
use crate::value::Value;
use crate::{Changes, place};
use bastide_report::source::Span;

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// What is sent with an operation.
    pub(super) fn bodies(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>, way: Way) {
        let reading = way.sent();
        let path = format!("{} body", new.name);
        let side = |body: &Option<Body<'s, 'a>>, at| match body {
            Some(body) => place(body.at, need(body)),
            None => place(at, ""),
        };
        let (change, message) = match (&old.body, &new.body) {
            (None, None) => return,
            (Some(_), None) => ("removed", "the body is gone".to_owned()),
            (None, Some(is)) => {
                // Nobody is asked for a body that comes with a callback.
                let asked = is.required && way == Way::Call;
                (if asked { "added-required" } else { "added" }, format!("the {} body is new", need(is)))
            }
            (Some(was), Some(is)) => return self.body(was, is, &path, way),
        };
        let places = (side(&old.body, old.at), side(&new.body, new.at));
        self.note(&body_kind(way, change), (&*path, reading.direction()), places, message);
    }

    /// What a body may be, and whether there must be one.
    pub(super) fn body(&mut self, old: &Body<'s, 'a>, new: &Body<'s, 'a>, path: &str, way: Way) {
        let reading = way.sent();
        self.media((&old.media, old.at), (&new.media, new.at), path, reading);
        if old.required != new.required {
            let change = if new.required { "became-required" } else { "became-optional" };
            let places = (place(old.at, need(old)), place(new.at, need(new)));
            let message = format!("the body became {}", need(new));
            self.note(&body_kind(way, change), (path, reading.direction()), places, message);
        }
    }

    /// The contents a body or an answer may have.
    pub(super) fn media(
        &mut self,
        (old, old_at): (&[Media<'s, 'a>], Span),
        (new, new_at): (&[Media<'s, 'a>], Span),
        path: &str,
        reading: Reading,
    ) {
        let (on, way) = ((path, reading.direction()), reading.way());
        for one in old {
            let Some(other) = partner(one, new, reading) else {
                let places = (place(one.at, &one.kind), place(new_at, ""));
                let kind = format!("openapi/{way}-media-type-removed");
                self.note(&kind, on, places, format!("`{}` is gone", one.kind));
                continue;
            };
            let path = format!("{path} {}", other.kind);
            self.encoding(one, other, &path, reading);
            let wire = other.kind.wire();
            self.schema((one.schema, one.at), (other.schema, other.at), &path, (reading, wire));
        }
        for one in new.iter().filter(|one| !old.iter().any(|other| other.kind == one.kind)) {
            if old.iter().any(|other| partner(other, new, reading).is_some_and(|it| it.at == one.at)) {
                continue;
            }
            let places = (place(old_at, ""), place(one.at, &one.kind));
            let kind = format!("openapi/{way}-media-type-added");
            self.note(&kind, on, places, format!("`{}` is new", one.kind));
        }
    }

    /// What the outermost element of XML is called.
    fn element(&mut self, [old, new]: [&'s Value<'a>; 2], path: &str, reading: Reading) {
        let names = self.judge.elements(old, new, reading);
        let Some([was, is]) = names.filter(|[was, is]| was != is) else { return };
        let message = format!("what was written as {was} is as {is}");
        let (kind, on) = (format!("openapi/{}-xml-changed", reading.way()), (path, reading.direction()));
        self.note(&kind, on, (place(old.span, was), place(new.span, is)), message);
    }

    /// Schemas of either side; an absent one is one that takes anything.
    pub(super) fn schema(
        &mut self,
        (old, old_at): (Option<&'s Value<'a>>, Span),
        (new, new_at): (Option<&'s Value<'a>>, Span),
        path: &str,
        (reading, wire): (Reading, Wire),
    ) {
        let (change, message, was, is) = match (old, new) {
            (Some(old), Some(new)) => {
                if wire == Wire::Xml {
                    self.element([old, new], path, reading);
                }
                return self.facts(old, new, path, (reading, wire));
            }
            (None, Some(new)) if !anything(new) => ("added", "a schema is new", old_at, new.span),
            (Some(old), None) if !anything(old) => ("removed", "the schema is gone", old.span, new_at),
            _ => return,
        };
        let kind = format!("openapi/{}-schema-{change}", reading.way());
        self.note(&kind, (path, reading.direction()), (place(was, ""), place(is, "")), message.into());
    }
}

fn body_kind(way: Way, change: &str) -> String {
    let what = if way == Way::Call { "request-body" } else { "callback-body" };
    format!("openapi/{what}-{change}")
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
