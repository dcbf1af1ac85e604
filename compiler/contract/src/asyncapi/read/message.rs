//! Messages.

use super::Reader;
use crate::asyncapi::model::Message;
use crate::value::Value;
use bastide_report::source::Span;

impl<'s, 'a> Reader<'s, 'a, '_> {
    /// A message under a name.
    pub(super) fn message(&mut self, key: &'s str, at: Span, value: &'s Value<'a>) -> Message<'s, 'a> {
        let text = |found: Option<&'s Value<'a>>| found.and_then(Value::text);
        let mut format = text(value.get("schemaFormat"));
        let payload = value.get("payload").map(|payload| self.plain(payload, &mut format));
        let headers = value.get("headers").map(|headers| self.plain(headers, &mut None));
        let correlation = value.get("correlationId");
        let correlation = correlation.and_then(|found| self.follow(found).text_at("location"));
        let bindings = value.get("bindings").map(|bindings| self.follow(bindings));
        let content = text(value.get("contentType")).or(self.content);
        let name = text(value.get("name"));
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
