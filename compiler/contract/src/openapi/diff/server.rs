//! Where operations are served.

use super::{Diff, Operations, Way};
use crate::address::template;
use crate::openapi::model::{Operation, Route, Server};
use crate::{Changes, Direction, place};
use bastide_report::source::{FileId, Span};
use std::collections::{BTreeMap, BTreeSet};

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// An address that is no longer served is lost to whoever was given it.
    pub(super) fn servers(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>) {
        let (was, is) = (addresses(old), addresses(new));
        let on = (new.name.as_str(), Direction::Both);
        for (server, _) in was.iter().filter(|one| !serves(&is, one, new)) {
            let message = format!("`{}` no longer serves it", server.url);
            let at = is.first().map_or(new.at, |(server, _)| server.at);
            self.note("openapi/server-removed", on, (place(server.at, server.url), place(at, "")), message);
        }
        for (server, _) in is.iter().filter(|one| !serves(&was, one, old)) {
            let message = format!("`{}` serves it too", server.url);
            let at = was.first().map_or(old.at, |(server, _)| server.at);
            self.note("openapi/server-added", on, (place(at, ""), place(server.at, server.url)), message);
        }
    }
}

/// A server and the path of an operation on its host, without the names of parameters.
type Address<'o, 's> = (&'o Server<'s>, String);

/// All addresses of an operation: the path is appended to the URL of the server (OpenAPI 3.0.3, 4.7.8).
fn addresses<'o, 's>(operation: &'o Operation<'s, '_>) -> Vec<Address<'o, 's>> {
    operation.servers.iter().map(|server| (server, address(&server.base, operation))).collect()
}

/// Where it is served if no server is named.
static DEFAULT: Server<'static> = Server {
    url: "/",
    at: Span { file: FileId(0), start: 0, end: 0 },
    origin: String::new(),
    base: String::new(),
};

fn address(base: &str, operation: &Operation) -> String {
    let path = operation.name.split_once(' ').map_or("", |(_, path)| path);
    template(&format!("{base}/{}", path.trim_start_matches('/'))).0.trim_start_matches('/').into()
}

/// Whether one of the addresses is this. What names no host is wherever the text came from, so it may be any; where no
/// server is named there is one, `/`.
fn serves(all: &[Address], (wanted, path): &Address, operation: &Operation) -> bool {
    let same = |(server, other): &Address| {
        other == path
            && (server.origin == wanted.origin || server.origin.is_empty() || wanted.origin.is_empty())
    };
    all.iter().any(same) || all.is_empty() && same(&(&DEFAULT, address("", operation)))
}

/// Operations that have another path and another server, and the same address: new routes by old ones.
pub(super) fn moved<'o>(
    old: &'o Operations,
    new: &'o Operations,
    way: Way,
) -> BTreeMap<&'o Route, &'o Route> {
    if way != Way::Call {
        return BTreeMap::new();
    }
    let named = |route: &'o Route, operation: &Operation| -> Vec<((String, &'o str), &'o Route)> {
        let mut all: Vec<String> = addresses(operation).into_iter().map(|(_, address)| address).collect();
        all.extend(operation.servers.is_empty().then(|| address("", operation)));
        all.into_iter().map(|address| ((address, route.method.as_str()), route)).collect()
    };
    let only = |all: &'o Operations, other: &'o Operations| {
        let alone = all.iter().filter(|(route, _)| !other.contains_key(*route));
        alone.flat_map(|(route, operation)| named(route, operation)).collect::<Vec<_>>()
    };
    let came: BTreeMap<_, _> = only(new, old).into_iter().collect();
    let (mut found, mut taken) = (BTreeMap::new(), BTreeSet::new());
    for (key, route) in only(old, new) {
        if let Some(is) = came.get(&key).filter(|is| !found.contains_key(route) && taken.insert(**is)) {
            found.insert(route, *is);
        }
    }
    found
}
