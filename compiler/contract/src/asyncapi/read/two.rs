//! Version 2: channels are addresses and hold their operations.

use super::Reader;
use crate::asyncapi::model::{Action, Api, Channel, Message, Operation, Part};
use crate::value::{Data, Value};
use bastide_report::source::Span;

impl<'s, 'a> Reader<'s, 'a, '_> {
    /// Reads channels and operations of version 2.
    pub(super) fn two(&mut self, api: &mut Api<'s, 'a>) {
        let root = self.root;
        for Part { key, at, value } in self.parts(root.get("channels")) {
            let parameters = self.parts(value.get("parameters"));
            let parameters = parameters.into_iter().map(|part| self.parameter(part)).collect();
            let servers = value.get("servers").map_or(&[][..], Value::items).iter().filter_map(Value::text);
            let address = Some(key);
            let servers = servers.collect();
            api.channels.push(Channel { key, at, address, value, servers, parameters, messages: vec![] });
            for (word, action) in [("publish", Action::Receive), ("subscribe", Action::Send)] {
                if let Some(entry) = value.entry(word) {
                    let operation = self.operation(entry.at, &entry.value, action, api);
                    api.operations.push(operation);
                }
            }
        }
    }

    /// A parameter of version 2 has its values in a schema of its own.
    fn parameter(&mut self, part: Part<'s, 'a>) -> Part<'s, 'a> {
        Part { value: part.value.get("schema").unwrap_or(part.value), ..part }
    }

    fn operation(
        &mut self,
        at: Span,
        value: &'s Value<'a>,
        action: Action,
        api: &mut Api<'s, 'a>,
    ) -> Operation<'s, 'a> {
        let value = self.follow(value);
        let messages = self.messages(value);
        let names = messages.iter().map(|message| message.key).collect();
        let channel = api.channels.len() - 1;
        for mut message in messages {
            let known = &mut api.channels[channel].messages;
            let at = match known.iter().position(|other| other.key == message.key) {
                Some(at) => at,
                None => {
                    (message.sent, message.received) = (false, false);
                    known.push(message);
                    known.len() - 1
                }
            };
            known[at].sent |= action == Action::Send;
            known[at].received |= action == Action::Receive;
        }
        let key = value.get("operationId").and_then(Value::text).unwrap_or_default();
        let security = value.get("security");
        let security = self.security(security);
        Operation { key, at, action, channel, value, messages: names, reply: None, security }
    }

    fn messages(&mut self, operation: &'s Value<'a>) -> Vec<Message<'s, 'a>> {
        let Some(written) = operation.get("message") else { return vec![] };
        let choice = self.follow(written);
        let one = match choice.get("oneOf").map(|list| &list.data) {
            Some(Data::List(several)) => several.iter().collect(),
            _ => vec![written],
        };
        one.into_iter().map(|written| self.named(written)).collect()
    }

    fn named(&mut self, written: &'s Value<'a>) -> Message<'s, 'a> {
        let value = self.follow(written);
        let last = written.text_at("$ref").and_then(|reference| reference.rsplit('/').next());
        let said = ["messageId", "name"].iter().find_map(|key| value.get(key).and_then(Value::text));
        let key = said.or(last).or(value.text_at("title")).unwrap_or("message");
        self.message(key, value.span, value)
    }
}
