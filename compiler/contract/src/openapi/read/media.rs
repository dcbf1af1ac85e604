//! Parameters, headers, bodies and answers.

use super::Reader;
use crate::openapi::model::{Answer, Body, Headers, Media, MediaType, Parameter, Status, Style};
use crate::value::{Entry, Value};
use bastide_report::source::Span;
use std::collections::BTreeMap;

impl<'s, 'a> Reader<'s, 'a, '_> {
    /// A parameter or header declared by `value`.
    pub(super) fn parameter(
        &mut self,
        name: &str,
        at: Span,
        value: &'s Value<'a>,
        place: &str,
    ) -> Parameter<'s, 'a> {
        let content = value.get("content").and_then(|content| content.entries().first());
        let schema = match content {
            Some(entry) => entry.value.get("schema"),
            None => value.get("schema"),
        };
        let style = match content {
            Some(entry) => Style { word: MediaType::read(&entry.key).to_string(), explode: false },
            None => style(value, place),
        };
        let required = value.get("required").is_some_and(|required| required.is(true));
        Parameter { name: name.into(), at, value, required, style, schema }
    }

    /// The body of a request.
    pub(super) fn body(&mut self, written: &'s Value<'a>) -> Option<Body<'s, 'a>> {
        let value = self.follow(written)?;
        let required = value.get("required").is_some_and(|required| required.is(true));
        Some(Body { at: value.span, value, required, media: self.media(value) })
    }

    /// All answers of an operation.
    pub(super) fn answers(&mut self, answers: Option<&'s Value<'a>>) -> BTreeMap<Status, Answer<'s, 'a>> {
        let mut found = BTreeMap::new();
        for entry in answers.map_or(&[][..], Value::entries) {
            let Some(status) = Status::read(&entry.key) else { continue };
            found.extend(self.answer(entry).map(|answer| (status, answer)));
        }
        found
    }

    /// The answer of an entry.
    pub(super) fn answer(&mut self, entry: &'s Entry<'a>) -> Option<Answer<'s, 'a>> {
        let value = self.follow(&entry.value)?;
        let (headers, media) = (self.headers(value), self.media(value));
        Some(Answer { at: entry.at, value, headers, media })
    }

    /// The headers of an answer, or of a part.
    fn headers(&mut self, answer: &'s Value<'a>) -> Headers<'s, 'a> {
        let mut found = BTreeMap::new();
        for entry in answer.get("headers").map_or(&[][..], Value::entries) {
            let name = entry.key.to_ascii_lowercase();
            if name == "content-type" {
                continue;
            }
            if let Some(value) = self.follow(&entry.value) {
                found.insert(name, self.parameter(&entry.key, entry.at, value, "header"));
            }
        }
        found
    }

    fn media(&mut self, value: &'s Value<'a>) -> Vec<Media<'s, 'a>> {
        let mut found = vec![];
        for entry in value.get("content").map_or(&[][..], Value::entries) {
            let Some(value) = self.follow(&entry.value) else { continue };
            let kind = MediaType::read(&entry.key);
            let parts = if kind.has_parts() { self.parts(value) } else { BTreeMap::new() };
            found.push(Media { kind, at: entry.at, value, schema: value.get("schema"), parts });
        }
        found.sort_by(|left, right| left.kind.cmp(&right.kind));
        found
    }

    /// What `encoding` says of the headers of each part.
    fn parts(&mut self, media: &'s Value<'a>) -> BTreeMap<&'s str, Headers<'s, 'a>> {
        let entries = media.get("encoding").map_or(&[][..], Value::entries);
        entries.iter().map(|entry| (entry.key.as_ref(), self.headers(&entry.value))).collect()
    }
}

/// How a value is written out.
fn style(value: &Value, place: &str) -> Style {
    let usual = if matches!(place, "query" | "cookie") { "form" } else { "simple" };
    let word = value.text_at("style").unwrap_or(usual);
    let explode = match value.get("explode") {
        Some(explode) => explode.is(true),
        None => word == "form",
    };
    Style { word: word.into(), explode }
}
