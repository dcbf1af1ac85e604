//! Channels: paired by name, then by address.

use super::super::model::{Action, Api, Channel, Part};
use super::bindings::Bound;
use super::pairing::Pairing;
use super::{Diff, travels};
use crate::address::template;
use crate::{Changes, Direction, Places, Subject, place};

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares all channels, and the operations on them.
    pub(super) fn channels(&mut self) {
        let (old, new) = (self.old.0, self.new.0);
        let Pairing { pairs, taken } = pair(old, new);
        for (&from, &to) in &pairs {
            self.channel(&old.channels[from], &new.channels[to]);
        }
        for (at, channel) in old.channels.iter().enumerate().filter(|(at, _)| !pairs.contains_key(at)) {
            self.channel_alone(channel, direction(old, at), (place(channel.at, channel.key), None));
        }
        for (at, channel) in new.channels.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
            self.channel_alone(channel, direction(new, at), (None, place(channel.at, channel.key)));
        }
        self.operations(&pairs);
    }

    fn channel_alone(&mut self, channel: &Channel<'s, 'a>, direction: Direction, places: impl Into<Places>) {
        let subject = subject(channel).towards(direction);
        let name = format!("the channel `{}`", subject.path);
        self.alone("asyncapi/channel", subject, places, &name);
    }

    fn channel(&mut self, old: &'s Channel<'s, 'a>, new: &'s Channel<'s, 'a>) {
        self.compared += 1;
        let subject = subject(old);
        if old.address.map(shape) != new.address.map(shape) {
            let text = |channel: &Channel<'_, '_>| channel.address.unwrap_or("known at run time").to_string();
            let message = format!("the channel `{}` is at `{}`, was at `{}`", new.key, text(new), text(old));
            let sides = (place(old.at, text(old)), place(new.at, text(new)));
            self.note("asyncapi/channel-address-changed", &subject, sides, message);
        }
        self.parameters(&subject, old, new);
        self.on_servers(&subject, old, new);
        self.messages(&subject, old, new);
        let bound = Bound { address: new.address, ..Bound::default() };
        self.written(&subject, [old.value, new.value], bound);
    }

    /// Parameters are paired by their place in the address: their names are nobody's business.
    fn parameters(&mut self, subject: &Subject, old: &'s Channel<'s, 'a>, new: &'s Channel<'s, 'a>) {
        let names = template(old.address.unwrap_or_default()).1.into_iter();
        let find = |channel: &'s Channel<'s, 'a>, name: &str| -> Option<&'s Part<'s, 'a>> {
            channel.parameters.iter().find(|part| part.key == name)
        };
        for (was, is) in names.zip(template(new.address.unwrap_or_default()).1) {
            let (before, after) = (find(old, was), find(new, is));
            let value = |part: Option<&Part<'s, 'a>>| part.map_or(self.anything, |part| part.value);
            let part = subject.part(format!(" {{{was}}}"));
            self.schema(&part, (false, false), [value(before), value(after)]);
            let location =
                |part: Option<&'s Part<'s, 'a>>| part.and_then(|part| part.value.text_at("location"));
            let (from, to) = (location(before), location(after));
            if from != to {
                let at = |part: Option<&Part<'_, '_>>, text: Option<&str>| {
                    part.and_then(|part| place(part.at, text.unwrap_or_default()))
                };
                let message =
                    format!("`{{{was}}}` of `{}` is told at another place of the message", subject.path);
                let sides = (at(before, from), at(after, to));
                self.note("asyncapi/parameter-location-changed", &part, sides, message);
            }
        }
    }

    fn on_servers(&mut self, subject: &Subject, old: &Channel<'s, 'a>, new: &Channel<'s, 'a>) {
        let (olds, news) = (self.old.0, self.new.0);
        let (was, is) = (servers(old, olds), servers(new, news));
        let known = |api: &Api<'_, '_>, server: &str| api.servers.iter().any(|other| other.key == server);
        for server in was.iter().filter(|name| !is.contains(name) && known(news, name)) {
            let message = format!("`{}` is no longer on the server `{server}`", subject.path);
            let sides = (place(old.at, server), place(new.at, ""));
            self.note("asyncapi/channel-server-removed", subject, sides, message);
        }
        for server in is.iter().filter(|name| !was.contains(name) && known(olds, name)) {
            let message = format!("`{}` is on the server `{server}` besides", subject.path);
            let sides = (place(old.at, ""), place(new.at, server));
            self.note("asyncapi/channel-server-added", subject, sides, message);
        }
    }
}

/// The names of the servers a channel is on: all, if it names none.
fn servers<'s>(channel: &Channel<'s, '_>, api: &Api<'s, '_>) -> Vec<&'s str> {
    match channel.servers.is_empty() {
        true => api.servers.iter().map(|server| server.key).collect(),
        false => channel.servers.clone(),
    }
}

/// Old channels and the new ones they are: of one name, or of one address.
fn pair(old: &Api<'_, '_>, new: &Api<'_, '_>) -> Pairing {
    let mut pairing = Pairing::default();
    pairing.by(names(old), names(new));
    pairing.by(addresses(old), addresses(new));
    pairing
}

fn names(api: &Api<'_, '_>) -> impl Iterator<Item = (usize, String)> {
    api.channels.iter().enumerate().map(|(at, channel)| (at, channel.key.to_string()))
}

fn addresses(api: &Api<'_, '_>) -> impl Iterator<Item = (usize, String)> {
    api.channels.iter().enumerate().filter_map(|(at, channel)| Some((at, shape(channel.address?))))
}

/// A channel as people name it: by its address.
pub(super) fn subject(channel: &Channel<'_, '_>) -> Subject {
    let name = channel.address.unwrap_or(channel.key);
    Subject::new(name, Direction::Both)
}

/// The direction of what travels on a channel, if it is one.
fn direction(api: &Api<'_, '_>, channel: usize) -> Direction {
    let does = |action| api.operations.iter().any(|one| one.channel == channel && one.action == action);
    travels(does(Action::Send), does(Action::Receive))
}

/// An address without the names of its variables.
fn shape(address: &str) -> String {
    template(address).0
}
