//! Operations: paired by channel and action, then by id.

use super::super::model::{Action, Channel, Operation};
use super::Diff;
use super::bindings::Bound;
use super::channels::subject;
use super::pairing::Pairing;
use crate::{Changes, Direction, Subject, place};
use std::collections::{BTreeMap, BTreeSet};

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares operations; those of channels that are gone or new are told with them.
    pub(super) fn operations(&mut self, channels: &BTreeMap<usize, usize>) {
        let (olds, news) = (self.old.0, self.new.0);
        let Pairing { pairs, taken } = pair(&olds.operations, &news.operations, channels);
        let kept: BTreeSet<usize> = channels.values().copied().collect();
        for (at, old) in olds.operations.iter().enumerate() {
            let subject = self.operation_subject(true, old);
            match pairs.get(&at) {
                Some(other) => self.operation(&subject, [old, &news.operations[*other]], channels),
                None if channels.contains_key(&old.channel) => {
                    let name = format!("`{}`", subject.path);
                    self.alone("asyncapi/operation", subject, (place(old.at, old.key), None), &name);
                }
                None => {}
            }
        }
        for (_, new) in news.operations.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
            if kept.contains(&new.channel) {
                let subject = self.operation_subject(false, new);
                let name = format!("`{}`", subject.path);
                self.alone("asyncapi/operation", subject, (None, place(new.at, new.key)), &name);
            }
        }
    }

    fn operation_subject(&self, old: bool, operation: &Operation<'_, '_>) -> Subject {
        let api = if old { self.old.0 } else { self.new.0 };
        let on = subject(&api.channels[operation.channel]);
        on.part(format!(" {}", operation.action.as_str())).towards(direction(operation.action))
    }

    fn operation(
        &mut self,
        subject: &Subject,
        [old, new]: [&'s Operation<'s, 'a>; 2],
        channels: &BTreeMap<usize, usize>,
    ) {
        self.compared += 1;
        let sides = |was: &str, is: &str| (place(old.at, was), place(new.at, is));
        let path = &subject.path;
        if old.action != new.action {
            let message = match new.action {
                Action::Send => format!("the application sends on `{path}`, where it received"),
                Action::Receive => format!("the application receives on `{path}`, where it sent"),
            };
            let sides = sides(old.action.as_str(), new.action.as_str());
            self.note("asyncapi/operation-action-changed", subject, sides, message);
        }
        if channels.get(&old.channel) != Some(&new.channel) {
            let to = &self.new.0.channels[new.channel];
            let message = format!("the operation `{}` is on `{}`, was on `{path}`", new.key, to.key);
            self.note("asyncapi/operation-channel-changed", subject, sides("", to.key), message);
        } else {
            self.chosen(subject, old, new);
        }
        if old.key != new.key && !old.key.is_empty() && !new.key.is_empty() {
            let message = format!("the operation `{}` is called `{}`", old.key, new.key);
            let sides = sides(old.key, new.key);
            self.note_if(self.options.source, "asyncapi/operation-renamed", subject, sides, message);
        }
        self.reply(subject, old, new);
        self.security(subject, (old.at, new.at), &old.security, &new.security);
        let ways = (new.action == Action::Send, new.action == Action::Receive);
        self.written(subject, [old.value, new.value], Bound { address: None, ways });
    }

    /// Which messages of its channel an operation takes.
    fn chosen(&mut self, subject: &Subject, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>) {
        let (olds, news) = (&self.old.0.channels[old.channel], &self.new.0.channels[new.channel]);
        let there = |channel: &Channel<'_, '_>, key: &str| channel.messages.iter().any(|it| it.key == key);
        for key in old.messages.iter().filter(|key| !new.messages.contains(key) && there(news, key)) {
            let message = format!("`{}` has `{key}` no more", subject.path);
            let sides = (place(old.at, key), place(new.at, ""));
            self.note("asyncapi/operation-message-removed", subject, sides, message);
        }
        for key in new.messages.iter().filter(|key| !old.messages.contains(key) && there(olds, key)) {
            let message = format!("`{}` has `{key}` besides", subject.path);
            let sides = (place(old.at, ""), place(new.at, key));
            self.note("asyncapi/operation-message-added", subject, sides, message);
        }
    }

    fn reply(&mut self, subject: &Subject, old: &Operation<'_, '_>, new: &Operation<'_, '_>) {
        let (kind, how) = match (&old.reply, &new.reply) {
            (Some((_, from)), Some((_, to))) if from != to => ("asyncapi/reply-changed", " at another place"),
            (Some(_), None) => ("asyncapi/reply-removed", " no more"),
            (None, Some(_)) => ("asyncapi/reply-added", "; it was not"),
            _ => return,
        };
        let side = |it: &Operation<'_, '_>| match &it.reply {
            Some((at, text)) => place(*at, text),
            None => place(it.at, ""),
        };
        let message = format!("`{}` is answered{how}", subject.path);
        self.note(kind, subject, (side(old), side(new)), message);
    }
}

/// Old operations and the new ones they are: of one channel and action, if there are several by their ids as well; of
/// one id, which is for tools only; the only one of one channel.
fn pair(old: &[Operation<'_, '_>], new: &[Operation<'_, '_>], channels: &BTreeMap<usize, usize>) -> Pairing {
    let meant = |one: &Operation<'_, '_>| channels.get(&one.channel).copied();
    let own = |one: &Operation<'_, '_>| Some(one.channel);
    let mut pairing = Pairing::default();
    pairing.by(named(old, meant), named(new, own));
    pairing.by(places(old, meant), places(new, own));
    pairing.by(ids(old), ids(new));
    pairing.by(lone(old, meant), lone(new, own));
    pairing
}

fn ids(list: &[Operation<'_, '_>]) -> impl Iterator<Item = (usize, String)> {
    let named = list.iter().enumerate().filter(|(_, one)| !one.key.is_empty());
    named.map(|(at, one)| (at, one.key.to_string()))
}

/// Channel and action of each; `on` says by which number the channel goes.
fn places(
    list: &[Operation<'_, '_>],
    on: impl Fn(&Operation<'_, '_>) -> Option<usize>,
) -> impl Iterator<Item = (usize, String)> {
    let place = move |one| Some(format!("{} {}", on(one)?, one.action.as_str()));
    list.iter().enumerate().filter_map(move |(at, one)| Some((at, place(one)?)))
}

/// Channel, action and id of each.
fn named(
    list: &[Operation<'_, '_>],
    on: impl Fn(&Operation<'_, '_>) -> Option<usize>,
) -> impl Iterator<Item = (usize, String)> {
    places(list, on).map(|(at, place)| (at, format!("{place} {}", list[at].key)))
}

/// The channels of those without an id that are alone on them.
fn lone(
    list: &[Operation<'_, '_>],
    on: impl Fn(&Operation<'_, '_>) -> Option<usize>,
) -> impl Iterator<Item = (usize, String)> {
    let alone = alone(list);
    let single = move |one: &Operation<'_, '_>| one.key.is_empty() && alone.contains(&one.channel);
    let singles = list.iter().enumerate().filter(move |(_, one)| single(one));
    singles.filter_map(move |(at, one)| Some((at, on(one)?.to_string())))
}

/// Channels that have one operation.
fn alone(list: &[Operation<'_, '_>]) -> BTreeSet<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    list.iter().for_each(|one| *counts.entry(one.channel).or_default() += 1);
    counts.into_iter().filter(|(_, count)| *count == 1).map(|(channel, _)| channel).collect()
}

/// Which way the data of an action travels.
pub(super) fn direction(action: Action) -> Direction {
    match action {
        Action::Send => Direction::Response,
        Action::Receive => Direction::Request,
    }
}
