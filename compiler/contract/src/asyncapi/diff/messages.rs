//! Messages of a channel: what they hold, judged by who reads them.

use super::super::model::{Channel, Message};
use super::bindings::Bound;
use super::schemas::Family;
use super::{Diff, travels};
use crate::value::Value;
use crate::{Changes, Skipped, Subject, place};
use std::collections::BTreeMap;

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares the messages of a channel by name. The only one on each side is the same whatever it is called.
    pub(super) fn messages(&mut self, channel: &Subject, old: &'s Channel<'s, 'a>, new: &'s Channel<'s, 'a>) {
        if let ([was], [is]) = (&old.messages[..], &new.messages[..]) {
            return self.message(channel, was, is);
        }
        let by_key = |all: &'s [Message<'s, 'a>]| -> BTreeMap<&str, &'s Message<'s, 'a>> {
            all.iter().map(|one| (one.key, one)).collect()
        };
        let (olds, news) = (by_key(&old.messages), by_key(&new.messages));
        for (key, was) in &olds {
            match news.get(key) {
                Some(is) => self.message(channel, was, is),
                None => {
                    let subject = subject(channel, was, was);
                    let message = format!("the message `{}` is gone", subject.path);
                    self.note("asyncapi/message-removed", subject, (place(was.at, key), None), message);
                }
            }
        }
        for (key, is) in news.iter().filter(|(key, _)| !olds.contains_key(*key)) {
            let subject = subject(channel, is, is);
            let message = format!("the message `{}` is new", subject.path);
            let breaks = self.options.strict && is.sent;
            self.note_if(breaks, "asyncapi/message-added", subject, (None, place(is.at, key)), message);
        }
    }

    fn message(&mut self, channel: &Subject, old: &'s Message<'s, 'a>, new: &'s Message<'s, 'a>) {
        self.compared += 1;
        let subject = subject(channel, old, new);
        let path = &subject.path;
        let sides = |was: Option<&str>, is: Option<&str>| {
            (place(old.at, was.unwrap_or_default()), place(new.at, is.unwrap_or_default()))
        };
        if old.name.is_some() && new.name.is_some() && old.name != new.name {
            let message = format!("the message `{path}` has another name for programs");
            let sides = sides(old.name, new.name);
            self.note_if(self.options.source, "asyncapi/message-renamed", &subject, sides, message);
        }
        if old.content.map(str::to_ascii_lowercase) != new.content.map(str::to_ascii_lowercase) {
            let message = format!("`{path}` is encoded as `{}`", new.content.unwrap_or("anything"));
            let (breaks, sides) = (old.content.is_some(), sides(old.content, new.content));
            self.note_if(breaks, "asyncapi/content-type-changed", &subject, sides, message);
        }
        if old.correlation != new.correlation {
            let message = format!("the id that ties `{path}` to others stands at another place");
            let (breaks, sides) = (old.correlation.is_some(), sides(old.correlation, new.correlation));
            self.note_if(breaks, "asyncapi/correlation-id-changed", &subject, sides, message);
        }
        let ways = (old.sent || new.sent, old.received || new.received);
        if old.headers.is_some() || new.headers.is_some() {
            let sides = [old.headers, new.headers].map(|side| side.unwrap_or(self.anything));
            self.schema(&subject.part(" headers"), ways, sides);
        }
        self.payload(&subject.part(" payload"), ways, [old, new]);
        self.bindings(&subject, [old.bindings, new.bindings], Bound { address: None, ways });
        let words = ["title", "summary", "description", "tags", "externalDocs", "examples"];
        self.words(&subject, [old.value, new.value], &words);
    }

    fn payload(&mut self, subject: &Subject, ways: (bool, bool), [old, new]: [&'s Message<'s, 'a>; 2]) {
        if old.payload.is_none() && new.payload.is_none() {
            return;
        }
        let side = |one: &'s Message<'s, 'a>| (one.format, one.payload.unwrap_or(self.anything));
        self.described(subject, ways, [side(old), side(new)]);
    }

    /// Compares two schemas, each in the language it is said to be in.
    pub(super) fn described(
        &mut self,
        subject: &Subject,
        ways: (bool, bool),
        [(before, from), (after, to)]: [(Option<&str>, &'s Value<'a>); 2],
    ) {
        let (was, is) = (Family::of(before), Family::of(after));
        let text = |format: Option<&str>| format.unwrap_or("AsyncAPI schema").to_string();
        let sides = (place(from.span, text(before)), place(to.span, text(after)));
        if was == Family::Other && is == Family::Other {
            let why = format!("`{}` is not read: only whether its text is the same", text(before));
            self.skipped.push(Skipped { what: subject.path.clone(), why, span: Some(to.span) });
        }
        match (was, is) {
            (Family::Schema(was), Family::Schema(is)) => self.schema_in(subject, ways, [from, to], [was, is]),
            (Family::Avro, Family::Avro) => self.avro(subject, ways, self.resolved([from, to])),
            (Family::Other, Family::Other) if before == after => {
                let [was, is] = self.resolved([from, to]);
                if !was.same(is) {
                    let message =
                        format!("`{}` is another one, in a language that is not read", subject.path);
                    self.note("asyncapi/payload-not-judged", subject, sides, message);
                }
            }
            _ => {
                let message = format!("`{}` is described in another language", subject.path);
                self.note("asyncapi/schema-format-changed", subject, sides, message);
            }
        }
    }
}

fn subject(channel: &Subject, old: &Message<'_, '_>, new: &Message<'_, '_>) -> Subject {
    let direction = travels(old.sent || new.sent, old.received || new.received);
    channel.part(format!(" {}", old.key)).towards(direction)
}
