//! Texts without operations: libraries that others refer to, and contracts whose paths are not shown to everybody.

use super::{Diff, Way};
use crate::openapi::model::Contract;
use crate::schema::{Reading, Wire};
use crate::value::{Entry, Value};
use crate::{Changes, Direction, place};
use bastide_report::source::Span;
use std::collections::BTreeMap;

/// The parts of a text one of which OpenAPI asks for.
const PARTS: [&str; 3] = ["paths", "webhooks", "components"];

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// Shared schemas may be in what is sent and in what is got: a change breaks if it would either way. Other parts are
    /// judged as what they are: parameters and bodies are sent, headers and answers are got.
    pub(super) fn shared(&mut self, old: &Contract<'s, 'a>, new: &Contract<'s, 'a>) {
        let whole = |contract: &Contract| PARTS.iter().any(|key| contract.root.get(key).is_some());
        self.compared += usize::from(whole(old) && whole(new));
        self.each("schema", [&schemas(old), &schemas(new)], |entry| entry.at, Self::shared_schema);
        let (old, new) = (&old.shared, &new.shared);
        self.each("parameter", [&old.parameters, &new.parameters], |it| it.1.at, Self::shared_parameter);
        self.each("header", [&old.headers, &new.headers], |it| it.at, Self::shared_header);
        let sent = |diff: &mut Self, was: &_, is: &_, path: &str| diff.body(was, is, path, Way::Call);
        self.each("body", [&old.bodies, &new.bodies], |it| it.at, sent);
        let got = |diff: &mut Self, was: &_, is: &_, path: &str| diff.answer(was, is, path, Way::Call, false);
        self.each("response", [&old.answers, &new.answers], |it| it.at, got);
        self.operations(&old.operations, &new.operations, Way::Call);
        self.operations(&old.callbacks, &new.callbacks, Way::Callback);
    }

    fn shared_schema(&mut self, old: &&'s Entry<'a>, new: &&'s Entry<'a>, path: &str) {
        for reading in [Reading::Request, Reading::Response] {
            self.facts(&old.value, &new.value, path, (reading, Wire::Json));
        }
    }

    /// Parts of one kind by name: those of both sides are compared, the others are gone or new.
    fn each<T>(
        &mut self,
        what: &str,
        [old, new]: [&BTreeMap<&str, T>; 2],
        at: fn(&T) -> Span,
        compare: impl Fn(&mut Self, &T, &T, &str),
    ) {
        let kind = if what == "schema" { "schema" } else { "part" };
        for (name, was) in old {
            let path = format!("{what} {name}");
            if let Some(is) = new.get(name) {
                self.compared += 1;
                compare(self, was, is, &path);
                continue;
            }
            let places = (place(at(was), ""), None);
            let message = format!("the shared {what} `{name}` is gone");
            self.note(&format!("openapi/shared-{kind}-removed"), (&*path, Direction::Both), places, message);
        }
        for (name, is) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
            let (path, places) = (format!("{what} {name}"), (None, place(at(is), "")));
            let message = format!("the shared {what} `{name}` is new");
            self.note(&format!("openapi/shared-{kind}-added"), (&*path, Direction::Both), places, message);
        }
    }
}

fn schemas<'s, 'a>(contract: &Contract<'s, 'a>) -> BTreeMap<&'s str, &'s Entry<'a>> {
    let components = contract.root.get("components");
    let entries = components.and_then(|it| it.get("schemas")).map_or(&[][..], Value::entries);
    entries.iter().map(|entry| (entry.key.as_ref(), entry)).collect()
}
