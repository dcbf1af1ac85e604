//! Operations: paired by id, then by channel and action.

use super::super::model::{Action, Operation};
use super::super::rows::operations as rows;
use super::channels::subject;
use super::{Diff, Subject, place};
use crate::contract::{Bump, Direction};
use std::collections::{BTreeMap, BTreeSet};

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares operations; those of channels that are gone or new are told with them.
    pub(super) fn operations(&mut self, channels: &BTreeMap<usize, usize>) {
        let (olds, news) = (self.old.0, self.new.0);
        let pairs = pairs(&olds.operations, &news.operations, channels);
        let kept: BTreeSet<usize> = channels.values().copied().collect();
        for (at, old) in olds.operations.iter().enumerate() {
            let subject = self.operation_subject(true, old);
            match pairs.get(&at) {
                Some(other) => self.operation(&subject, old, &news.operations[*other], channels),
                None if channels.contains_key(&old.channel) => {
                    let message = format!("`{}` is gone", subject.path);
                    self.note(&rows::OPERATION_REMOVED, &subject, (place(old.at, old.key), None), message);
                }
                None => {}
            }
        }
        let matched: BTreeSet<usize> = pairs.values().copied().collect();
        for (_, new) in news.operations.iter().enumerate().filter(|(at, _)| !matched.contains(at)) {
            if kept.contains(&new.channel) {
                let subject = self.operation_subject(false, new);
                let message = format!("`{}` is new", subject.path);
                self.note(&rows::OPERATION_ADDED, &subject, (None, place(new.at, new.key)), message);
            }
        }
    }

    fn operation_subject(&self, old: bool, operation: &Operation<'_, '_>) -> Subject {
        let api = if old { self.old.0 } else { self.new.0 };
        let channel = subject(&api.channels[operation.channel]);
        let direction = direction(operation.action);
        Subject { path: format!("{} {}", channel.path, operation.action.word()), direction, ..channel }
    }

    fn operation(
        &mut self,
        subject: &Subject,
        old: &'s Operation<'s, 'a>,
        new: &'s Operation<'s, 'a>,
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
            self.note(&rows::ACTION, subject, sides(old.action.word(), new.action.word()), message);
        }
        if channels.get(&old.channel) != Some(&new.channel) {
            let to = &self.new.0.channels[new.channel];
            let message = format!("the operation `{}` is on `{}`, was on `{path}`", new.key, to.key);
            self.note(&rows::CHANNEL, subject, sides("", to.key), message);
        } else {
            self.chosen(subject, old, new);
        }
        if old.key != new.key && !old.key.is_empty() && !new.key.is_empty() {
            let bump = if self.options.source { Bump::Major } else { Bump::Minor };
            let message = format!("the operation `{}` is called `{}`", old.key, new.key);
            self.note_as(&rows::RENAMED, bump, subject, sides(old.key, new.key), message);
        }
        self.reply(subject, old, new);
        self.security(subject, (old.at, new.at), &old.security, &new.security);
        self.bindings(subject, old.value.get("bindings"), new.value.get("bindings"), None);
        self.words(
            subject,
            old.value,
            new.value,
            &["title", "summary", "description", "tags", "externalDocs"],
        );
    }

    /// Which messages of its channel an operation takes.
    fn chosen(&mut self, subject: &Subject, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>) {
        let (olds, news) = (&self.old.0.channels[old.channel], &self.new.0.channels[new.channel]);
        let there =
            |list: &[super::super::model::Message<'_, '_>], key: &str| list.iter().any(|m| m.key == key);
        for key in old.messages.iter().filter(|key| !new.messages.contains(key) && there(&news.messages, key))
        {
            let message = format!("`{}` has `{key}` no more", subject.path);
            self.note(&rows::MESSAGE_LEFT, subject, (place(old.at, key), place(new.at, "")), message);
        }
        for key in new.messages.iter().filter(|key| !old.messages.contains(key) && there(&olds.messages, key))
        {
            let message = format!("`{}` has `{key}` besides", subject.path);
            self.note(&rows::MESSAGE_JOINED, subject, (place(old.at, ""), place(new.at, key)), message);
        }
    }

    fn reply(&mut self, subject: &Subject, old: &Operation<'_, '_>, new: &Operation<'_, '_>) {
        let path = &subject.path;
        match (&old.reply, &new.reply) {
            (Some((was, from)), Some((is, to))) if from != to => {
                let message = format!("`{path}` is answered at another place");
                self.note(&rows::REPLY_CHANGED, subject, (place(*was, from), place(*is, to)), message);
            }
            (Some((was, from)), None) => {
                let message = format!("`{path}` is answered no more");
                self.note(&rows::REPLY_REMOVED, subject, (place(*was, from), place(new.at, "")), message);
            }
            (None, Some((is, to))) => {
                let message = format!("`{path}` is answered; it was not");
                self.note(&rows::REPLY_ADDED, subject, (place(old.at, ""), place(*is, to)), message);
            }
            _ => {}
        }
    }
}

/// Old operations and the new ones they are: of one id; of one channel and action; the only one of one channel.
fn pairs(
    old: &[Operation<'_, '_>],
    new: &[Operation<'_, '_>],
    channels: &BTreeMap<usize, usize>,
) -> BTreeMap<usize, usize> {
    let (alone, others) = (alone(old), alone(new));
    let id = |one: &Operation<'_, '_>, _: Option<usize>| (!one.key.is_empty()).then(|| one.key.to_string());
    let place = |one: &Operation<'_, '_>, on: Option<usize>| Some(format!("{} {}", one.action.word(), on?));
    let only = |one: &Operation<'_, '_>, on: Option<usize>| {
        on.filter(|_| one.key.is_empty()).map(|on| on.to_string())
    };
    let rules: [&dyn Fn(&Operation<'_, '_>, Option<usize>) -> Option<String>; 3] = [&id, &place, &only];
    let mut pairs: BTreeMap<usize, usize> = BTreeMap::new();
    let mut taken = vec![false; new.len()];
    for (turn, key) in rules.into_iter().enumerate() {
        let lone = |set: &BTreeSet<usize>, one: &Operation<'_, '_>| turn < 2 || set.contains(&one.channel);
        let keyed = new.iter().enumerate().filter(|(_, one)| lone(&others, one));
        let news: BTreeMap<String, usize> =
            keyed.filter_map(|(at, one)| Some((key(one, Some(one.channel))?, at))).collect();
        for (at, one) in old.iter().enumerate().filter(|(_, one)| lone(&alone, one)) {
            let found = key(one, channels.get(&one.channel).copied()).and_then(|key| news.get(&key).copied());
            if let Some(found) = found.filter(|found| !taken[*found] && !pairs.contains_key(&at)) {
                pairs.insert(at, found);
                taken[found] = true;
            }
        }
    }
    pairs
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
