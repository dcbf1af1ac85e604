//! Extensions that both sides have, by the message they extend and their number.

use super::super::set::{At, Set, join};
use super::Diff;
use super::field::Fields;
use crate::{Subject, place};
use std::rc::Rc;

impl Diff<'_, '_> {
    pub fn extensions(&mut self) {
        let (old, new) = (self.old, self.new);
        for (key, at) in &old.extensions {
            let Some(to) = new.extensions.get(key) else { continue };
            let (before, after) = (full(old, *at), full(new, *to));
            let direction = self.subject(&key.0).direction;
            let subject = Subject::new(before.as_ref(), direction);
            let fields = Fields {
                old: old.extension(*at),
                new: new.extension(*to),
                entry: false,
                files: [at.0, to.0],
            };
            self.shared(&subject, &fields);
            if before != after {
                let message = format!("extension {} of `{}` is now called `{after}`", key.1, key.0);
                let places =
                    [fields.old, fields.new].map(|field| place(field.name.at, field.name.text.as_ref()));
                self.tell(("protobuf/field-renamed", &["FIELD_SAME_NAME"]), &subject, places, message);
            }
        }
    }
}

fn full(set: &Set<'_>, at: At) -> Rc<str> {
    let file = &set.files[at.0];
    join(&file.scope(file.extensions[at.1].scope), &file.extensions[at.1].name.text)
}
