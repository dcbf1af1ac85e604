//! What callers must show.

use super::Diff;
use crate::openapi::model::{Alternative, Operation, Security};
use crate::{Changes, Direction, place};

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
            if is.alternatives.iter().any(|other| enough(one, other)) {
                continue;
            }
            let near = is.alternatives.iter().find(|other| keys(one).eq(keys(other)));
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
            if was.alternatives.iter().any(|other| enough(one, other)) {
                continue;
            }
            let near = was.alternatives.iter().find(|other| keys(one).eq(keys(other)));
            let (kind, before) = match near {
                Some(other) => ("openapi/security-scope-removed", place(other.at, told(other))),
                None => ("openapi/security-alternative-added", place(was.at, "")),
            };
            let message = format!("{} is enough", told(one));
            self.note(kind, on, (before, place(one.at, told(one))), message);
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
