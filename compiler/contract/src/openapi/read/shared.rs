//! What a text without operations offers: the parts of `components` that others refer to. Its schemas are read where they
//! are compared.

use super::Reader;
use super::operation::Outer;
use crate::openapi::model::Shared;
use crate::value::Value;

impl<'s, 'a> Reader<'s, 'a, '_> {
    /// All parts that say how they travel.
    pub(super) fn shared(&mut self) -> Shared<'s, 'a> {
        let Some(components) = self.root.get("components") else { return Shared::default() };
        let part = |key: &str| components.get(key).map_or(&[][..], Value::entries);
        let mut shared = Shared {
            operations: self.paths(components.get("pathItems"), &Outer::items()),
            callbacks: self.callbacks(components, "", &Outer::calls()),
            ..Shared::default()
        };
        for entry in part("parameters") {
            let Some(value) = self.follow(&entry.value) else { continue };
            let Some((name, place)) = value.text_at("name").zip(value.text_at("in")) else { continue };
            let mut parameter = self.parameter(name, entry.at, value, place);
            parameter.required |= place == "path";
            shared.parameters.insert(&entry.key, (place, parameter));
        }
        for entry in part("headers") {
            let Some(value) = self.follow(&entry.value) else { continue };
            shared.headers.insert(&entry.key, self.parameter(&entry.key, entry.at, value, "header"));
        }
        for entry in part("requestBodies") {
            shared.bodies.extend(self.body(&entry.value).map(|body| (entry.key.as_ref(), body)));
        }
        for entry in part("responses") {
            shared.answers.extend(self.answer(entry).map(|answer| (entry.key.as_ref(), answer)));
        }
        shared
    }
}
