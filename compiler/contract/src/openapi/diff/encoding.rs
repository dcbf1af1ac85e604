//! How the parts of a form are written: what `encoding` says, headers of parts among it, and what holds where it is silent
//! (OpenAPI 3.0.3, 4.7.15).

use super::Diff;
use super::parameter::At;
use crate::library::Library;
use crate::openapi::model::{Headers, Media, MediaType, Style};
use crate::schema::{Dialect, Kinds, Reading, Wire};
use crate::value::{Data, Value};
use crate::{Changes, place};
use bastide_report::source::Span;
use std::collections::BTreeSet;

/// How one part is written.
struct Part {
    at: Span,
    style: Style,
    /// `style` counts in this media type.
    styled: bool,
    /// What it can be.
    kinds: Kinds,
    /// Types its content may have.
    content: Vec<MediaType>,
}

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// Compares how the parts are written that either side says something of.
    pub(super) fn encoding(
        &mut self,
        old: &Media<'s, 'a>,
        new: &Media<'s, 'a>,
        path: &str,
        reading: Reading,
    ) {
        if old.kind.wire() != Wire::Form || new.kind.wire() != Wire::Form {
            return;
        }
        for name in names(old).union(&names(new)) {
            let was = part(self.judge.old, self.judge.old_dialect, old, name);
            let is = part(self.judge.new, self.judge.new_dialect, new, name);
            let (Some(was), Some(is)) = (was, is) else { continue };
            let at = At { path: &format!("{path} part {name}"), place: is.at, old_place: was.at, reading };
            let none = Headers::new();
            let [before, after] = [old, new].map(|media| media.parts.get(name).unwrap_or(&none));
            self.headers(before, after, &at);
            let on = (path, reading.direction());
            let kinds = Kinds {
                single: was.kinds.single && is.kinds.single,
                lists: was.kinds.lists && is.kinds.lists,
                maps: was.kinds.maps && is.kinds.maps,
            };
            if (was.styled || is.styled) && !was.style.same(&is.style, kinds) {
                let message = format!("part `{name}` was written as {} and is as {}", was.style, is.style);
                let places = (place(was.at, &was.style), place(is.at, &is.style));
                self.note("openapi/encoding-changed", on, places, message);
                continue;
            }
            let within = |inner: &[MediaType], outer: &[MediaType]| {
                inner.iter().all(|kind| outer.iter().any(|range| range.covers(kind)))
            };
            let (keeps, adds) = (within(&was.content, &is.content), !within(&is.content, &was.content));
            if !keeps || adds {
                let breaks = if reading == Reading::Response { adds } else { !keeps };
                let message =
                    format!("part `{name}` was {} and is {}", listed(&was.content), listed(&is.content));
                let places = (place(was.at, listed(&was.content)), place(is.at, listed(&is.content)));
                self.note_if(breaks, "openapi/encoding-changed", on, places, message);
            }
        }
    }
}

fn listed(kinds: &[MediaType]) -> String {
    kinds.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn names<'s>(media: &Media<'s, '_>) -> BTreeSet<&'s str> {
    media
        .value
        .get("encoding")
        .map_or(&[][..], Value::entries)
        .iter()
        .map(|entry| entry.key.as_ref())
        .collect()
}

/// How a part is written; `None` where there is a schema, and it has no such part.
fn part(library: &Library, dialect: Dialect, media: &Media, name: &str) -> Option<Part> {
    let schema = match media.schema {
        Some(schema) => Some(property(library, schema, name, 16)?),
        None => None,
    };
    let said = media.value.get("encoding").and_then(|encoding| encoding.entry(name));
    let (at, said) = said.map_or((media.at, None), |entry| (entry.at, Some(&entry.value)));
    let word = |key: &str| said.and_then(|said| said.text_at(key));
    let style = word("style").unwrap_or("form");
    let explode = said.and_then(|said| said.get("explode"));
    let wanted = explode.map_or(style == "form", |explode| explode.is(true));
    // Version 3.0 passes over `style` in multipart; 3.1 heeds it where it stands.
    let plain = media.kind.name == "application/x-www-form-urlencoded";
    let stated = word("style").is_some() || explode.is_some();
    let content = match word("contentType") {
        Some(types) => types.split(',').map(MediaType::read).collect(),
        None => vec![usual(library, schema)],
    };
    let styled = plain || dialect == Dialect::New && stated;
    Some(Part {
        at,
        style: Style { word: style.into(), explode: wanted },
        styled,
        kinds: kinds(schema),
        content,
    })
}

/// The schema of a property, its references followed.
fn property<'l, 'a>(
    library: &'l Library<'a>,
    schema: &'l Value<'a>,
    name: &str,
    depth: u8,
) -> Option<&'l Value<'a>> {
    let schema = library.resolve(schema).0;
    let own = schema.get("properties").and_then(|properties| properties.get(name));
    let found = own.map(|own| library.resolve(own).0);
    let parts = schema.get("allOf").map_or(&[][..], Value::items);
    found.or_else(|| parts.iter().filter(|_| depth > 0).find_map(|it| property(library, it, name, depth - 1)))
}

fn kinds(schema: Option<&Value>) -> Kinds {
    let Some(schema) = schema else { return Kinds { single: true, lists: true, maps: true } };
    let kind = schema.text_at("type");
    let several = !matches!(schema.get("maxItems").map(|most| &most.data), Some(Data::Number(most)) if matches!(&**most, "0" | "1"));
    Kinds {
        single: !matches!(kind, Some("array" | "object")),
        lists: kind == Some("array") && several,
        maps: kind == Some("object"),
    }
}

/// The type of a part of which nothing is said, by what it holds.
fn usual(library: &Library, schema: Option<&Value>) -> MediaType {
    let Some(schema) = schema else { return MediaType::read("application/octet-stream") };
    let schema = match schema.get("items") {
        Some(items) if schema.text_at("type") == Some("array") => library.resolve(items).0,
        _ => schema,
    };
    let octets = schema.text_at("format") == Some("binary") || schema.get("contentEncoding").is_some();
    MediaType::read(match (schema.text_at("contentMediaType"), schema.text_at("type")) {
        (Some(said), _) => said,
        (None, Some("object")) => "application/json",
        (None, Some(_)) if !octets => "text/plain",
        _ => "application/octet-stream",
    })
}
