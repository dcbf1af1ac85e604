//! The types of fields: which changes old bytes and old JSON survive.

use super::super::buf;
use super::super::facts::{Cardinality, cardinality, json_group, kind, named, type_text, wire_group, within};
use super::super::tree::{Field, Message};
use super::Diff;
use super::field::Fields;
use crate::{Subject, place};

impl Diff<'_, '_> {
    /// Compares the types of a field.
    pub fn kinds(&mut self, subject: &Subject, fields: &Fields<'_, '_>) {
        let Fields { old, new, entry, .. } = fields;
        let (before, after) = (kind(old, *entry), kind(new, *entry));
        let other = named(old) != named(new);
        if before == after && !other {
            return;
        }
        let mut rules = vec![buf::FIELD_SAME_TYPE];
        let mut change = "protobuf/field-type-changed";
        let replaced = other && before == after && !self.same_enum(fields);
        if replaced || json_group(before) != json_group(after) {
            rules.push(buf::FIELD_WIRE_JSON_COMPATIBLE_TYPE);
            change = "protobuf/field-type-json-incompatible";
        }
        let grown = before == "string" && after == "bytes";
        if replaced || (wire_group(before) != wire_group(after) && !grown) {
            rules.push(buf::FIELD_WIRE_COMPATIBLE_TYPE);
            change = "protobuf/field-type-wire-incompatible";
        }
        if self.same_map(fields) {
            // The entry of a renamed map has another name; it holds the same, and the new name is told already.
            self.rules.extend(rules);
            return;
        }
        let (was, is) = (self.shown_type(fields, 0), self.shown_type(fields, 1));
        let delimited = before != after && (before == "group" || after == "group");
        let how = if delimited { " in another encoding" } else { "" };
        let message = format!("`{}` was `{was}`, now it is `{is}`{how}", subject.path);
        self.tell(
            (change, &rules),
            subject,
            [place(old.written.at, was), place(new.written.at, is)],
            message,
        );
    }

    /// An enum that moved, kept its name and all its values is read as before.
    fn same_enum(&self, fields: &Fields<'_, '_>) -> bool {
        let find = |set: &super::super::set::Set<'_>, field: &Field<'_>| {
            named(field).and_then(|full| set.enums.get(full)).copied()
        };
        let (Some(old), Some(new)) = (find(self.old, fields.old), find(self.new, fields.new)) else {
            return false;
        };
        let (old, new) = (self.old.enumeration(old), self.new.enumeration(new));
        old.name.text == new.name.text && within(old, new)
    }

    /// Maps that differ in the name of their entry alone.
    fn same_map(&self, fields: &Fields<'_, '_>) -> bool {
        let (old, new) = (self.old_entry(fields.old), self.new_entry(fields.new));
        let (Some(old), Some(new)) = (old, new) else { return false };
        let parts = old.fields.iter().zip(&new.fields);
        let mut same = parts.map(|(old, new)| kind(old, true) == kind(new, true) && named(old) == named(new));
        same.all(|same| same)
    }

    fn shown_type(&self, fields: &Fields<'_, '_>, side: usize) -> String {
        match side {
            0 => type_text(fields.old, self.old_entry(fields.old)),
            _ => type_text(fields.new, self.new_entry(fields.new)),
        }
    }

    fn old_entry(&self, field: &Field<'_>) -> Option<&Message<'_>> {
        named(field)
            .filter(|_| field.map)
            .and_then(|full| self.old.messages.get(full))
            .map(|at| self.old.message(*at))
    }

    fn new_entry(&self, field: &Field<'_>) -> Option<&Message<'_>> {
        named(field)
            .filter(|_| field.map)
            .and_then(|full| self.new.messages.get(full))
            .map(|at| self.new.message(*at))
    }

    /// A field as people read it.
    pub fn shown(&self, field: &Field<'_>) -> String {
        let entry = self.old_entry(field).or_else(|| self.new_entry(field));
        match cardinality(field) {
            Cardinality::Map | Cardinality::Implicit => type_text(field, entry),
            other => format!("{} {}", other.as_str(), type_text(field, entry)),
        }
    }
}
