//! What documents say to brokers: topics, queues, keys, and settings.

use super::{Diff, short};
use crate::value::{Data, Entry, Value, same};
use crate::{Subject, place};
use std::collections::BTreeSet;

/// Settings by which one finds what one talks to, in any protocol: with another value one talks to something else.
const ADDRESS: [&str; 20] = [
    "destination",
    "destinationType",
    "is",
    "messageType",
    "method",
    "name",
    "namespace",
    "objectName",
    "persistence",
    "queue",
    "schemaIdLocation",
    "schemaIdPayloadEncoding",
    "schemaLookupStrategy",
    "statusCode",
    "string",
    "subject",
    "tenant",
    "topic",
    "type",
    "vhost",
];

/// Settings that are schemas.
const SCHEMAS: [&str; 7] =
    ["clientId", "correlationData", "groupId", "headers", "key", "query", "responseTopic"];

/// Deepest nesting that is looked at.
const DEEPEST: usize = 16;

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares bindings; `address` is what the topic is called unless they say otherwise.
    pub(super) fn bindings(
        &mut self,
        subject: &Subject,
        old: Option<&'s Value<'a>>,
        new: Option<&'s Value<'a>>,
        address: Option<&str>,
    ) {
        if old.is_none() && new.is_none() {
            return;
        }
        let (from, to) = (old.unwrap_or(self.anything), new.unwrap_or(self.anything));
        self.settings(&subject.part(" binding"), (from, to), address, 0);
    }

    fn settings(
        &mut self,
        subject: &Subject,
        (old, new): (&'s Value<'a>, &'s Value<'a>),
        address: Option<&str>,
        depth: usize,
    ) {
        let (old, new) = (self.old.1.resolve(old).0, self.new.1.resolve(new).0);
        let keys = old.entries().iter().chain(new.entries()).map(|entry| entry.key.as_ref());
        let keys: BTreeSet<&str> =
            keys.filter(|key| *key != "bindingVersion" && !key.starts_with("x-")).collect();
        for key in keys {
            let (was, is) = (old.entry(key), new.entry(key));
            if same(was.map(|entry| &entry.value), is.map(|entry| &entry.value)) {
                continue;
            }
            let map = |entry: Option<&'s Entry<'a>>| {
                entry.is_none_or(|entry| matches!(entry.value.data, Data::Map(_)))
            };
            let (from, to) =
                (was.map_or(self.anything, |it| &it.value), is.map_or(self.anything, |it| &it.value));
            let part = subject.part(format!(" {key}"));
            if SCHEMAS.contains(&key) && map(was) && map(is) {
                self.schema(&part, (false, false), from, to);
            } else if map(was) && map(is) && depth < DEEPEST {
                self.settings(&part, (from, to), address, depth + 1);
            } else {
                self.setting(&part, key, (was, is), address);
            }
        }
    }

    fn setting(
        &mut self,
        subject: &Subject,
        key: &str,
        (was, is): (Option<&Entry<'a>>, Option<&Entry<'a>>),
        address: Option<&str>,
    ) {
        let text = |entry: Option<&Entry<'_>>| entry.map(|entry| short(&entry.value)).unwrap_or_default();
        let (from, to) = (text(was), text(is));
        let named = |text: &str| key == "topic" && Some(text) == address;
        let silent = (was.is_none() && named(&to)) || (is.is_none() && named(&from));
        let kind = match ADDRESS.contains(&key) && !silent {
            true => "asyncapi/binding-address-changed",
            false => "asyncapi/binding-changed",
        };
        let message = match (was, is) {
            (None, _) => format!("`{}` is `{to}`; it was not said", subject.path),
            (_, None) => format!("`{}` is not said any more; it was `{from}`", subject.path),
            _ => format!("`{}` is `{to}`, was `{from}`", subject.path),
        };
        let side =
            |entry: Option<&Entry<'_>>, text: String| entry.and_then(|entry| place(entry.value.span, text));
        self.note(kind, subject, (side(was, from), side(is, to)), message);
    }
}
