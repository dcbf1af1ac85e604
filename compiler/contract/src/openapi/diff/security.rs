//! What callers must show.

use super::Diff;
use crate::openapi::model::{Alternative, Contract, Operation, Scheme, Security};
use crate::{Changes, Direction, place};
use std::collections::BTreeMap;

/// New names of security schemes by the old names they had. A name that stands in both texts is one scheme; only one that
/// goes is known again by its form on the wire, in one that comes.
#[derive(Debug, Default)]
pub(super) struct Renamed<'s>(BTreeMap<&'s str, &'s str>);

impl<'s> Renamed<'s> {
    /// The schemes of two texts.
    pub(super) fn of(old: &Contract<'s, '_>, new: &Contract<'s, '_>) -> Renamed<'s> {
        let mut came: Vec<_> =
            new.schemes.iter().filter(|(name, _)| !old.schemes.contains_key(*name)).collect();
        let gone = old.schemes.iter().filter(|(name, _)| !new.schemes.contains_key(*name));
        let mut names = BTreeMap::new();
        for (name, wires) in gone {
            let alike = |other: &(&&str, &Vec<String>)| other.1.iter().any(|wire| wires.contains(wire));
            if let Some(at) = came.iter().position(alike) {
                names.insert(*came.remove(at).0, *name);
            }
        }
        Renamed(names)
    }

    /// What tells an old scheme from others.
    fn was<'k>(scheme: &'k Scheme) -> (&'k str, &'k str) {
        (scheme.name, &scheme.wire)
    }

    /// What tells a new scheme from others, by the name it had.
    fn is<'k>(&self, scheme: &'k Scheme<'s>) -> (&'k str, &'k str)
    where
        's: 'k,
    {
        (self.0.get(scheme.name).copied().unwrap_or(scheme.name), &scheme.wire)
    }
}

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// An old caller goes on if one of the new alternatives asks for no more than what it shows already.
    pub(super) fn security(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>) {
        let (was, is) = (&old.security, &new.security);
        let on = (new.name.as_str(), Direction::Request);
        match (open(was), open(is)) {
            (true, true) => return,
            (true, false) => {
                let places = (place(was.at, ""), place(is.at, all(is)));
                let message = format!("callers must show {}", all(is));
                return self.note("openapi/security-required", on, places, message);
            }
            (false, true) => {
                let places = (place(was.at, all(was)), place(is.at, ""));
                return self.note("openapi/security-dropped", on, places, "callers need show nothing".into());
            }
            (false, false) => {}
        }
        for one in &was.alternatives {
            if is.alternatives.iter().any(|other| self.enough(one, other)) {
                continue;
            }
            let near = is.alternatives.iter().find(|other| self.alike(one, other));
            let (kind, now, more) = match near {
                Some(other) => {
                    let needed = told(other);
                    let more = format!(", {needed} is needed");
                    ("openapi/security-scope-added", place(other.at, needed), more)
                }
                None => ("openapi/security-alternative-removed", place(is.at, ""), String::new()),
            };
            let message = format!("{} is no longer enough{more}", told(one));
            self.note(kind, on, (place(one.at, told(one)), now), message);
        }
        for one in &is.alternatives {
            if was.alternatives.iter().any(|other| self.shown(one, other)) {
                continue;
            }
            let near = was.alternatives.iter().find(|other| self.alike(other, one));
            let (kind, before) = match near {
                Some(other) => ("openapi/security-scope-removed", place(other.at, told(other))),
                None => ("openapi/security-alternative-added", place(was.at, "")),
            };
            let message = format!("{} is enough", told(one));
            self.note(kind, on, (before, place(one.at, told(one))), message);
        }
    }

    /// Whether who shows an old alternative has what a new one asks for.
    fn enough(&self, shown: &Alternative, asked: &Alternative<'s>) -> bool {
        asked.schemes.iter().all(|scheme| {
            let key = self.schemes.is(scheme);
            shown.schemes.iter().any(|has| Renamed::was(has) == key && covers(has, scheme))
        })
    }

    /// Whether who shows a new alternative had what an old one asked for.
    fn shown(&self, shown: &Alternative<'s>, asked: &Alternative) -> bool {
        asked.schemes.iter().all(|scheme| {
            let key = Renamed::was(scheme);
            shown.schemes.iter().any(|has| self.schemes.is(has) == key && covers(has, scheme))
        })
    }

    /// Whether the two are of the same schemes, whatever their scopes.
    fn alike(&self, old: &Alternative, new: &Alternative<'s>) -> bool {
        let mut was: Vec<_> = old.schemes.iter().map(Renamed::was).collect();
        let mut is: Vec<_> = new.schemes.iter().map(|scheme| self.schemes.is(scheme)).collect();
        was.sort_unstable();
        is.sort_unstable();
        was == is
    }
}

/// Whether anybody may call.
fn open(security: &Security) -> bool {
    security.alternatives.is_empty() || security.alternatives.iter().any(|one| one.schemes.is_empty())
}

/// Whether a token has all scopes that are asked for.
fn covers(has: &Scheme, asked: &Scheme) -> bool {
    asked.scopes.iter().all(|scope| has.scopes.contains(scope))
}

/// An alternative in words.
fn told(alternative: &Alternative) -> String {
    let scheme = |scheme: &Scheme| match scheme.scopes.as_slice() {
        [] => format!("`{}`", scheme.name),
        scopes => format!("`{}` with `{}`", scheme.name, scopes.join("`, `")),
    };
    alternative.schemes.iter().map(scheme).collect::<Vec<_>>().join(" and ")
}

fn all(security: &Security) -> String {
    let mut told: Vec<String> = security.alternatives.iter().map(told).collect();
    told.dedup();
    told.join(" or ")
}
