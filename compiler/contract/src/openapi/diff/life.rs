//! The end of operations: deprecation, sunset (RFC 8594), and how finished they are. These rules are a policy of their
//! own; what they find takes no version number.

use super::Diff;
use crate::openapi::model::Operation;
use crate::value::Value;
use crate::{Changes, Direction, Options, place};
use bastide_report::source::Span;

/// From the least finished on; what says nothing is stable.
const STABILITY: [&str; 4] = ["draft", "alpha", "beta", "stable"];

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// Deprecation, sunset and stability of an operation that both have.
    pub(super) fn life(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>) {
        let name = &new.name;
        let on = (name.as_str(), Direction::Both);
        let at =
            |operation: &Operation, key| operation.value.entry(key).map_or(operation.at, |entry| entry.at);
        let deprecated = (deprecated(old.value), deprecated(new.value));
        if deprecated.0 != deprecated.1 {
            let (kind, word) = if deprecated.1 {
                ("openapi/operation-deprecated", "is deprecated")
            } else {
                ("openapi/operation-undeprecated", "is no longer deprecated")
            };
            let places = [old, new].map(|it| place(at(it, "deprecated"), ""));
            self.note(kind, on, places, format!("`{name}` {word}"));
        }
        match (sunset(old.value), sunset(new.value)) {
            (Some((from, was)), None) if deprecated.1 => {
                let message = format!("`{name}` has no sunset any more");
                self.note("openapi/sunset-removed", on, (place(from, was), place(new.at, "")), message);
            }
            (Some((from, was)), Some((to, is))) if was != is => {
                let (kind, word) = if is < was {
                    ("openapi/sunset-brought-forward", "earlier")
                } else {
                    ("openapi/sunset-postponed", "later")
                };
                let message = format!("`{name}` goes {word}: on {is}, not on {was}");
                self.note(kind, on, (place(from, was), place(to, is)), message);
            }
            (None, Some((to, is))) => {
                let message = format!("`{name}` goes on {is}");
                self.note("openapi/sunset-set", on, (place(old.at, ""), place(to, is)), message);
            }
            _ => {}
        }
        let (was, is) = (stability(old.value), stability(new.value));
        if was != is {
            let kind = if is < was { "openapi/stability-lowered" } else { "openapi/stability-raised" };
            let (was, is) = (STABILITY[was], STABILITY[is]);
            let key = "x-stability-level";
            let message = format!("`{name}` was {was} and is {is}");
            self.note(kind, on, (place(at(old, key), was), place(at(new, key), is)), message);
        }
    }
}

/// Whether an operation was promised to nobody yet.
pub(super) fn unfinished(operation: &Operation) -> bool {
    stability(operation.value) < 2
}

/// Whether an operation was deprecated and its sunset has passed.
pub(super) fn over(operation: &Operation, options: &Options) -> bool {
    let passed = |(_, sunset): (Span, &str)| options.today.as_deref().is_some_and(|today| sunset < today);
    deprecated(operation.value) && sunset(operation.value).is_some_and(passed)
}

/// Whether something is declared as deprecated.
pub(super) fn deprecated(value: &Value) -> bool {
    value.get("deprecated").is_some_and(|deprecated| deprecated.is(true))
}

/// The day something goes, `2027-05-20`.
fn sunset<'v>(value: &'v Value) -> Option<(Span, &'v str)> {
    let sunset = value.get("x-sunset")?;
    Some((sunset.span, sunset.text()?.get(..10)?))
}

fn stability(value: &Value) -> usize {
    let word = value.text_at("x-stability-level");
    word.and_then(|word| STABILITY.iter().position(|known| *known == word)).unwrap_or(3)
}
