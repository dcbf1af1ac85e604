//! What documents say to brokers: topics, queues, keys, and settings.

use super::{Diff, short};
use crate::value::{Data, Entry, Value, same};
use crate::{Changes, Subject, place};
use std::collections::BTreeSet;

/// Settings by which one finds what one talks to, in any protocol: with another value one talks to something else.
const ADDRESS: &str = "destination destinationType is messageType method name namespace objectName persistence queue \
    schemaIdLocation schemaIdPayloadEncoding schemaLookupStrategy statusCode string subject tenant \
    topic type vhost";

/// Settings that are schemas.
const SCHEMAS: [&str; 7] =
    ["clientId", "correlationData", "groupId", "headers", "key", "query", "responseTopic"];

/// Deepest nesting that is looked at.
const DEEPEST: usize = 16;

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares bindings; `address` is what the topic is called unless they say otherwise.
    pub(super) fn bindings(
        &mut self,
        on: &Subject,
        sides: [Option<&'s Value<'a>>; 2],
        address: Option<&str>,
    ) {
        if sides.iter().any(Option::is_some) {
            let sides = sides.map(|side| side.unwrap_or(self.anything));
            self.settings(&on.part(" binding"), sides, address, 0);
        }
    }

    fn settings(&mut self, on: &Subject, sides: [&'s Value<'a>; 2], address: Option<&str>, depth: usize) {
        let [old, new] = self.resolved(sides);
        let keys = old.entries().iter().chain(new.entries()).map(|entry| entry.key.as_ref());
        let keys: BTreeSet<&str> =
            keys.filter(|key| *key != "bindingVersion" && !key.starts_with("x-")).collect();
        for key in keys {
            let (was, is) = (old.entry(key), new.entry(key));
            if same(was.map(|entry| &entry.value), is.map(|entry| &entry.value)) {
                continue;
            }
            let maps = [was, is].into_iter().flatten().all(|it| matches!(it.value.data, Data::Map(_)));
            let sides = [was, is].map(|side| side.map_or(self.anything, |it| &it.value));
            let part = on.part(format!(" {key}"));
            if SCHEMAS.contains(&key) && maps {
                self.schema(&part, (false, false), sides);
            } else if maps && depth < DEEPEST {
                self.settings(&part, sides, address, depth + 1);
            } else {
                self.setting(&part, key, [was, is], address);
            }
        }
    }

    fn setting(&mut self, on: &Subject, key: &str, sides: [Option<&Entry<'a>>; 2], address: Option<&str>) {
        let [was, is] = sides;
        let text = |entry: Option<&Entry<'_>>| entry.map(|entry| short(&entry.value)).unwrap_or_default();
        let (from, to) = (text(was), text(is));
        let named = |text: &str| key == "topic" && Some(text) == address;
        let silent = (was.is_none() && named(&to)) || (is.is_none() && named(&from));
        let kind = match ADDRESS.split(' ').any(|it| it == key) && !silent {
            true => "asyncapi/binding-address-changed",
            false => "asyncapi/binding-changed",
        };
        let message = match (was, is) {
            (None, _) => format!("`{}` is `{to}`; it was not said", on.path),
            (_, None) => format!("`{}` is not said any more; it was `{from}`", on.path),
            _ => format!("`{}` is `{to}`, was `{from}`", on.path),
        };
        let side =
            |entry: Option<&Entry<'_>>, text: String| entry.and_then(|entry| place(entry.value.span, text));
        self.note(kind, on, (side(was, from), side(is, to)), message);
    }
}
