//! What documents say to brokers: topics, queues, keys, and settings.

use super::{Diff, short};
use crate::value::{Data, Entry, Value, same};
use crate::{Changes, Subject, place};
use std::collections::BTreeSet;

/// Settings by which one finds what one talks to, in any protocol: with another value one talks to something else.
const ADDRESS: &str = "destination destinationType is messageType method name namespace objectName persistence queue \
    schemaIdLocation schemaIdPayloadEncoding schemaLookupStrategy statusCode string subject tenant \
    topic type vhost";

/// Settings that are schemas of what travels with a message or a call.
const CARRIED: [&str; 5] = ["correlationData", "headers", "key", "query", "responseTopic"];

/// Settings that are schemas of what a client may choose, whichever way messages travel.
const CHOSEN: [&str; 2] = ["clientId", "groupId"];

/// What is the same for all settings of a part.
#[derive(Clone, Copy, Default)]
pub(super) struct Bound<'t> {
    /// What the topic is called unless they say otherwise.
    pub address: Option<&'t str>,
    /// Whether what travels with it is sent, and whether it is received.
    pub ways: (bool, bool),
}

/// Types that only Avro has.
const AVRO: [&str; 10] =
    ["bytes", "double", "enum", "error", "fixed", "float", "int", "long", "map", "record"];

/// Deepest nesting that is looked at.
const DEEPEST: usize = 16;

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares bindings.
    pub(super) fn bindings(&mut self, on: &Subject, sides: [Option<&'s Value<'a>>; 2], bound: Bound) {
        if sides.iter().any(Option::is_some) {
            let sides = sides.map(|side| side.unwrap_or(self.anything));
            self.settings(&on.part(" binding"), sides, bound, 0);
        }
    }

    fn settings(&mut self, on: &Subject, sides: [&'s Value<'a>; 2], bound: Bound, depth: usize) {
        let [old, new] = self.resolved(sides);
        let keys = old.entries().iter().chain(new.entries()).map(|entry| entry.key.as_ref());
        let keys: BTreeSet<&str> =
            keys.filter(|key| *key != "bindingVersion" && !key.starts_with("x-")).collect();
        for key in keys {
            let (was, is) = (old.entry(key), new.entry(key));
            let maps = [was, is].into_iter().flatten().all(|it| matches!(it.value.data, Data::Map(_)));
            let sides = [was, is].map(|side| side.map_or(self.anything, |it| &it.value));
            let part = on.part(format!(" {key}"));
            // What is written alike may refer to what is not.
            if maps && CARRIED.contains(&key) {
                self.carried(&part, bound.ways, sides);
            } else if maps && CHOSEN.contains(&key) {
                self.carried(&part, (false, false), sides);
            } else if maps && depth < DEEPEST {
                self.settings(&part, sides, bound, depth + 1);
            } else if !same(was.map(|entry| &entry.value), is.map(|entry| &entry.value)) {
                self.setting(&part, key, [was, is], bound.address);
            }
        }
    }

    fn carried(&mut self, on: &Subject, ways: (bool, bool), [old, new]: [&'s Value<'a>; 2]) {
        let [was, is] = self.resolved([old, new]);
        self.described(on, ways, [language(old, was), language(new, is)]);
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

/// A schema without the shell that says its language (version 3), and that language. A key of Kafka may be Avro without
/// a shell.
fn language<'s, 'a>(written: &'s Value<'a>, meant: &'s Value<'a>) -> (Option<&'s str>, &'s Value<'a>) {
    let avro = meant.text_at("type").filter(|kind| AVRO.contains(kind));
    match (meant.text_at("schemaFormat"), meant.get("schema")) {
        (Some(said), Some(inner)) => (Some(said), inner),
        _ => (avro.map(|_| "Avro"), written),
    }
}
