//! The end of operations: deprecation, sunset (RFC 8594), and how finished they are. These rules are a policy of their
//! own; what they find takes no version number.

use super::Diff;
use crate::openapi::model::Operation;
use crate::value::Value;
use crate::{Change, Direction, Options, Subject};
use bastide_report::source::Span;

/// From the least finished on; what says nothing is stable.
const STABILITY: [&str; 4] = ["draft", "alpha", "beta", "stable"];

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// Deprecation, sunset and stability of an operation that both have.
    pub(super) fn life(&mut self, old: &Operation<'s, 'a>, new: &Operation<'s, 'a>) {
        let change =
            |kind, message: String| Change::new(kind, Subject::new(&new.name, Direction::Both), message);
        let name = &new.name;
        let place =
            |operation: &Operation, key| operation.value.entry(key).map_or(operation.at, |entry| entry.at);
        let deprecated = (deprecated(old.value), deprecated(new.value));
        if deprecated.0 != deprecated.1 {
            let (kind, word) = if deprecated.1 {
                ("openapi/operation-deprecated", "is deprecated")
            } else {
                ("openapi/operation-undeprecated", "is no longer deprecated")
            };
            let change = change(kind, format!("`{name}` {word}"));
            self.out.push(change.was(place(old, "deprecated"), "").is(place(new, "deprecated"), ""));
        }
        match (sunset(old.value), sunset(new.value)) {
            (Some((at, was)), None) if deprecated.1 => {
                let change = change("openapi/sunset-removed", format!("`{name}` has no sunset any more"));
                self.out.push(change.was(at, was).is(new.at, ""));
            }
            (Some((from, was)), Some((to, is))) if was != is => {
                let (kind, word) = if is < was {
                    ("openapi/sunset-brought-forward", "earlier")
                } else {
                    ("openapi/sunset-postponed", "later")
                };
                let change = change(kind, format!("`{name}` goes {word}: on {is}, not on {was}"));
                self.out.push(change.was(from, was).is(to, is));
            }
            (None, Some((at, is))) => {
                let change = change("openapi/sunset-set", format!("`{name}` goes on {is}"));
                self.out.push(change.was(old.at, "").is(at, is));
            }
            _ => {}
        }
        let (was, is) = (stability(old.value), stability(new.value));
        if was != is {
            let kind = if is < was { "openapi/stability-lowered" } else { "openapi/stability-raised" };
            let (was, is) = (STABILITY[was], STABILITY[is]);
            let change = change(kind, format!("`{name}` was {was} and is {is}"));
            let key = "x-stability-level";
            self.out.push(change.was(place(old, key), was).is(place(new, key), is));
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
