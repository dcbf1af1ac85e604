//! What callers must show.

use super::Diff;
use crate::openapi::model::{Alternative, Operation, Security};
use crate::{Direction, place};

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// An old caller goes on if one of the new alternatives asks for no more than what it shows already.
    pub(super) fn security(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>) {
        let (was, is) = (&old.security, &new.security);
        let on = (new.name.as_str(), Direction::Request);
        match (open(was), open(is)) {
            (true, true) => return,
            (true, false) => {
                return self.note(
                    "openapi/security-required",
                    on,
                    (place(was.at, ""), place(is.at, all(is))),
                    format!("callers must show {}", all(is)),
                );
            }
            (false, true) => {
                return self.note(
                    "openapi/security-dropped",
                    on,
                    (place(was.at, all(was)), place(is.at, "")),
                    "callers need show nothing".into(),
                );
            }
            (false, false) => {}
        }
        for one in &was.alternatives {
            if is.alternatives.iter().any(|other| enough(one, other)) {
                continue;
            }
            let near = is.alternatives.iter().find(|other| keys(one).eq(keys(other)));
            let (kind, at) = match near {
                Some(other) => ("openapi/security-scope-added", other.at),
                None => ("openapi/security-alternative-removed", is.at),
            };
            let message = match near {
                Some(other) => format!("{} is no longer enough, {} is needed", told(one), told(other)),
                None => format!("{} is no longer enough", told(one)),
            };
            self.note(
                kind,
                on,
                (place(one.at, told(one)), place(at, near.map_or(String::new(), told))),
                message,
            );
        }
        for one in &is.alternatives {
            if was.alternatives.iter().any(|other| enough(one, other)) {
                continue;
            }
            let near = was.alternatives.iter().find(|other| keys(one).eq(keys(other)));
            let kind = if near.is_some() {
                "openapi/security-scope-removed"
            } else {
                "openapi/security-alternative-added"
            };
            let at = near.map_or(was.at, |other| other.at);
            let message = format!("{} is enough", told(one));
            self.note(
                kind,
                on,
                (place(at, near.map_or(String::new(), told)), place(one.at, told(one))),
                message,
            );
        }
    }
}

/// Whether anybody may call.
fn open(security: &Security) -> bool {
    security.alternatives.is_empty() || security.alternatives.iter().any(|one| one.schemes.is_empty())
}

/// Whether who shows `shown` has what `asked` asks for.
fn enough(shown: &Alternative, asked: &Alternative) -> bool {
    asked.schemes.iter().all(|(wire, scheme)| {
        let has = shown.schemes.get(wire);
        has.is_some_and(|has| scheme.scopes.iter().all(|scope| has.scopes.contains(scope)))
    })
}

fn keys<'k>(alternative: &'k Alternative) -> impl Iterator<Item = &'k String> {
    alternative.schemes.keys()
}

/// An alternative in words.
fn told(alternative: &Alternative) -> String {
    let scheme = |scheme: &crate::openapi::model::Scheme| match scheme.scopes.as_slice() {
        [] => format!("`{}`", scheme.name),
        scopes => format!("`{}` with `{}`", scheme.name, scopes.join("`, `")),
    };
    alternative.schemes.values().map(scheme).collect::<Vec<_>>().join(" and ")
}

fn all(security: &Security) -> String {
    let mut told: Vec<String> = security.alternatives.iter().map(told).collect();
    told.dedup();
    told.join(" or ")
}
