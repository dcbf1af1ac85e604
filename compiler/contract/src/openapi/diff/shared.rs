//! Texts without operations: libraries that others refer to, and contracts whose paths are not shown to everybody.

use super::Diff;
use crate::openapi::model::Contract;
use crate::schema::{Reading, Wire};
use crate::value::{Entry, Value};
use crate::{Changes, Direction, place};

/// The parts of a text one of which OpenAPI asks for.
const PARTS: [&str; 3] = ["paths", "webhooks", "components"];

impl<'s, 'a> Diff<'s, 'a, '_> {
    /// Shared schemas may be in what is sent and in what is got: a change breaks if it would either way.
    pub(super) fn shared(&mut self, old: &Contract<'s, 'a>, new: &Contract<'s, 'a>) {
        let whole = |contract: &Contract| PARTS.iter().any(|key| contract.root.get(key).is_some());
        self.compared += usize::from(whole(old) && whole(new));
        let schemas = |contract: &Contract<'s, 'a>| -> &'s [Entry<'a>] {
            let components = contract.root.get("components");
            components.and_then(|it| it.get("schemas")).map_or(&[], Value::entries)
        };
        for was in schemas(old) {
            let path = format!("schema {}", was.key);
            let Some(is) = schemas(new).iter().find(|is| is.key == was.key) else {
                let (message, at) = (format!("the shared schema `{}` is gone", was.key), place(was.at, ""));
                self.note("openapi/shared-schema-removed", (&*path, Direction::Both), (at, None), message);
                continue;
            };
            self.compared += 1;
            for reading in [Reading::Request, Reading::Response] {
                self.facts(&was.value, &is.value, &path, (reading, Wire::Json));
            }
        }
        for is in schemas(new).iter().filter(|is| !schemas(old).iter().any(|was| was.key == is.key)) {
            let (path, at) = (format!("schema {}", is.key), place(is.at, ""));
            let message = format!("the shared schema `{}` is new", is.key);
            self.note("openapi/shared-schema-added", (&*path, Direction::Both), (None, at), message);
        }
    }
}
