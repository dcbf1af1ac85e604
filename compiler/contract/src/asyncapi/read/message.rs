//! Messages, and what their traits say of them.

use super::Reader;
use crate::asyncapi::model::Message;
use crate::value::Value;
use bastide_report::source::Span;

impl<'s, 'a> Reader<'s, 'a, '_> {
    /// A message under a name.
    pub(super) fn message(&mut self, key: &'s str, at: Span, value: &'s Value<'a>) -> Message<'s, 'a> {
        let text = |found: Option<&'s Value<'a>>| found.and_then(Value::text);
        let mut format = text(self.said(value, "schemaFormat"));
        let payload = self.said(value, "payload").map(|payload| self.plain(payload, &mut format));
        let headers = self.said(value, "headers").map(|headers| self.plain(headers, &mut None));
        let correlation = self.said(value, "correlationId");
        let correlation = correlation.and_then(|found| self.follow(found).text_at("location"));
        let bindings = self.said(value, "bindings").map(|bindings| self.follow(bindings));
        let content = text(self.said(value, "contentType")).or(self.content);
        let name = text(self.said(value, "name"));
        let (sent, received) = (false, false);
        Message {
            key,
            at,
            value,
            name,
            content,
            format,
            payload,
            headers,
            correlation,
            bindings,
            sent,
            received,
        }
    }

    /// What a message or operation says itself, or the last of its traits that says it.
    pub(super) fn said(&mut self, value: &'s Value<'a>, key: &str) -> Option<&'s Value<'a>> {
        if let Some(own) = value.get(key) {
            return Some(own);
        }
        let traits = value.get("traits").map_or(&[][..], Value::items);
        traits.iter().rev().find_map(|part| self.follow(part).get(key))
    }

    /// A schema that says its own format (version 3) without that shell.
    fn plain(&mut self, schema: &'s Value<'a>, format: &mut Option<&'s str>) -> &'s Value<'a> {
        let target = if schema.get("$ref").is_some() { self.follow(schema) } else { schema };
        match (target.text_at("schemaFormat"), target.get("schema")) {
            (Some(said), Some(inner)) => {
                *format = Some(said);
                inner
            }
            _ => schema,
        }
    }
}
