//! Servers: where one connects.

use super::super::model::Server;
use super::bindings::Bound;
use super::{Diff, named};
use crate::address::template;
use crate::{Changes, Subject, place};

impl<'s, 'a> Diff<'s, 'a> {
    /// Compares servers by name; one under another name is the same if its address and protocol are.
    pub(super) fn servers(&mut self) {
        let (olds, news) = (&self.old.0.servers, &self.new.0.servers);
        let same = |old: &Server<'_, '_>, new: &Server<'_, '_>| {
            old.address == new.address && old.protocol == new.protocol && !old.address.is_empty()
        };
        let mut taken = vec![];
        for old in olds {
            let subject = subject(old);
            let free =
                |new: &&Server<'_, '_>| olds.iter().all(|other| other.key != new.key) && same(old, new);
            let named = news.iter().find(|new| new.key == old.key);
            match (named, news.iter().find(free)) {
                (Some(new), _) => self.server(&subject, old, new),
                (None, Some(new)) => {
                    taken.push(new.key);
                    let message = format!("the server `{}` is called `{}`", old.key, new.key);
                    let sides = (place(old.at, old.key), place(new.at, new.key));
                    self.note("asyncapi/server-renamed", &subject, sides, message);
                    self.server(&subject, old, new);
                }
                (None, None) => {
                    let name = format!("the server `{}` at `{}`", old.key, old.address);
                    self.alone("asyncapi/server", &subject, (place(old.at, &old.address), None), &name);
                }
            }
        }
        let new =
            |new: &&Server<'_, '_>| !taken.contains(&new.key) && olds.iter().all(|old| old.key != new.key);
        for server in news.iter().filter(new) {
            let name = format!("the server `{}` at `{}`", server.key, server.address);
            self.alone("asyncapi/server", subject(server), (None, place(server.at, &server.address)), &name);
        }
    }

    fn server(&mut self, subject: &Subject, old: &'s Server<'s, 'a>, new: &'s Server<'s, 'a>) {
        self.compared += 1;
        if template(&old.address).0 != template(&new.address).0 {
            let message =
                format!("the server `{}` is at `{}`, was at `{}`", new.key, new.address, old.address);
            let sides = (place(old.at, &old.address), place(new.at, &new.address));
            self.note("asyncapi/server-address-changed", subject, sides, message);
        }
        if old.protocol != new.protocol {
            let fuller = new.protocol.starts_with(&format!("{} ", old.protocol));
            let message =
                format!("the server `{}` speaks `{}`, spoke `{}`", new.key, new.protocol, old.protocol);
            let sides = (place(old.at, &old.protocol), place(new.at, &new.protocol));
            self.note_if(!fuller, "asyncapi/server-protocol-changed", subject, sides, message);
        }
        for variable in &old.variables {
            if let Some(other) = new.variables.iter().find(|other| other.key == variable.key) {
                let part = subject.part(format!(" {{{}}}", variable.key));
                self.schema(&part, (false, false), [variable.value, other.value]);
            }
        }
        self.security(subject, (old.at, new.at), &old.security, &new.security);
        self.written(subject, [old.value, new.value], Bound::default());
    }
}

fn subject(server: &Server<'_, '_>) -> Subject {
    named(format!("server {}", server.key), server.key)
}
