//! Where operations are served.

use super::Diff;
use crate::openapi::model::{Operation, Server};
use crate::{Changes, Direction, place};

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// An address that is no longer served is lost to whoever was given it.
    pub(super) fn servers(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>) {
        let (was, is) = (&old.servers, &new.servers);
        let on = (new.name.as_str(), Direction::Both);
        for server in was.iter().filter(|server| !serves(is, server)) {
            let message = format!("`{}` no longer serves it", server.url);
            let at = is.first().map_or(new.at, |server| server.at);
            self.note("openapi/server-removed", on, (place(server.at, server.url), place(at, "")), message);
        }
        for server in is.iter().filter(|server| !serves(was, server)) {
            let message = format!("`{}` serves it too", server.url);
            let at = was.first().map_or(old.at, |server| server.at);
            self.note("openapi/server-added", on, (place(at, ""), place(server.at, server.url)), message);
        }
    }
}

/// Whether one of the servers has this address. What names no host is wherever the text came from, so it may be any.
fn serves(servers: &[Server], wanted: &Server) -> bool {
    let same = |server: &Server| {
        server.base == wanted.base
            && (server.origin == wanted.origin || server.origin.is_empty() || wanted.origin.is_empty())
    };
    servers.iter().any(same) || (servers.is_empty() && wanted.base.is_empty())
}
