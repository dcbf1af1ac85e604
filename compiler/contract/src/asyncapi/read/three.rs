//! Version 3: channels have addresses and messages, operations refer to both.

use super::Reader;
use crate::asyncapi::model::{Action, Api, Channel, Operation, Part};
use crate::value::Value;
use bastide_report::finding::Finding;
use bastide_report::source::Span;
use std::collections::BTreeMap;

impl<'s, 'a> Reader<'s, 'a, '_> {
    /// Reads channels and operations of version 3.
    pub(super) fn three(&mut self, api: &mut Api<'s, 'a>) {
        let root = self.root;
        for part in self.parts(root.get("channels")) {
            let channel = self.channel(part, api);
            api.channels.push(channel);
        }
        let channels: BTreeMap<Span, usize> =
            api.channels.iter().enumerate().map(|(at, channel)| (channel.value.span, at)).collect();
        for Part { key, at, value } in self.parts(root.get("operations")) {
            let channel = value.get("channel").map(|channel| self.follow(channel).span);
            let channel = channel.and_then(|span| channels.get(&span).copied());
            let Some((channel, action)) = channel.zip(self.action(value)) else {
                self.findings.push(
                    Finding::new(
                        "contract-syntax",
                        format!("the operation `{key}` has no channel or no action"),
                    )
                    .label(at, "not compared")
                    .help("write `action: send` or `action: receive`, and a `$ref` to a channel"),
                );
                continue;
            };
            let messages = self.chosen(value, &api.channels[channel]);
            for message in api.channels[channel].messages.iter_mut().filter(|m| messages.contains(&m.key)) {
                message.sent |= action == Action::Send;
                message.received |= action == Action::Receive;
            }
            let reply = self.reply(value);
            self.answered(value, action, &channels, api);
            let security = value.get("security");
            let security = self.security(security);
            api.operations.push(Operation { key, at, action, channel, value, messages, reply, security });
        }
    }

    fn channel(&mut self, part: Part<'s, 'a>, api: &Api<'s, 'a>) -> Channel<'s, 'a> {
        let Part { key, at, value } = part;
        let parameters = self.parts(value.get("parameters"));
        let messages = self.parts(value.get("messages"));
        let messages = messages.into_iter().map(|part| self.message(part.key, part.at, part.value)).collect();
        let mut servers = vec![];
        for server in value.get("servers").map_or(&[][..], Value::items) {
            let span = self.follow(server).span;
            servers.extend(api.servers.iter().find(|other| other.value.span == span).map(|other| other.key));
        }
        let address = match value.get("address") {
            Some(address) => address.text(),
            None => Some(key),
        };
        Channel { key, at, address, value, servers, parameters, messages }
    }

    fn action(&mut self, operation: &'s Value<'a>) -> Option<Action> {
        let word = operation.text_at("action")?;
        [Action::Send, Action::Receive].into_iter().find(|action| action.as_str() == word)
    }

    /// Who receives a request sends its reply, and who sends one receives it.
    fn answered(
        &mut self,
        operation: &'s Value<'a>,
        action: Action,
        channels: &BTreeMap<Span, usize>,
        api: &mut Api<'s, 'a>,
    ) {
        let Some(reply) = operation.get("reply").map(|reply| self.follow(reply)) else { return };
        let span = reply.get("channel").or(operation.get("channel")).map(|channel| self.follow(channel).span);
        let Some(channel) = span.and_then(|span| channels.get(&span).copied()) else { return };
        if reply.get("channel").is_none() && reply.get("messages").is_none() {
            return;
        }
        let messages = self.chosen(reply, &api.channels[channel]);
        for message in api.channels[channel].messages.iter_mut().filter(|m| messages.contains(&m.key)) {
            message.sent |= action == Action::Receive;
            message.received |= action == Action::Send;
        }
    }

    /// The messages an operation names; all of the channel if it names none.
    fn chosen(&mut self, operation: &'s Value<'a>, channel: &Channel<'s, 'a>) -> Vec<&'s str> {
        let Some(list) = operation.get("messages") else {
            return channel.messages.iter().map(|message| message.key).collect();
        };
        let mut names = vec![];
        for written in list.items() {
            let last = written.text_at("$ref").and_then(|reference| reference.rsplit('/').next());
            let span = self.follow(written).span;
            let mut meant = channel.messages.iter().filter(|message| message.value.span == span);
            let first = meant.clone().next();
            let named = meant.find(|message| Some(message.key) == last).or(first);
            names.extend(named.map(|message| message.key));
        }
        names
    }

    fn reply(&mut self, operation: &'s Value<'a>) -> Option<(Span, String)> {
        let entry = operation.entry("reply")?;
        let reply = self.follow(&entry.value);
        let address = reply.get("address").and_then(|address| self.follow(address).text_at("location"));
        let channel = reply.get("channel").map(|channel| {
            let target = self.follow(channel);
            let named = channel.text_at("$ref").and_then(|reference| reference.rsplit('/').next());
            target.text_at("address").or(named).unwrap_or_default().to_string()
        });
        Some((
            entry.at,
            format!("{} {}", address.unwrap_or_default(), channel.unwrap_or_default()).trim().into(),
        ))
    }
}
