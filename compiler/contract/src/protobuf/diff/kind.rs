//! The types of fields: which changes old bytes and old JSON survive.

use super::super::facts::{Cardinality, cardinality, json_group, kind, named, type_text, wire_group, within};
use super::super::set::Set;
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
        let mut rules = vec!["FIELD_SAME_TYPE"];
        let mut change = "protobuf/field-type-changed";
        let replaced = other && before == after && !self.same_enum(fields);
        if replaced || json_group(before) != json_group(after) {
            rules.push("FIELD_WIRE_JSON_COMPATIBLE_TYPE");
            change = "protobuf/field-type-json-incompatible";
        }
        let grown = before == "string" && after == "bytes";
        if replaced || (wire_group(before) != wire_group(after) && !grown) {
            rules.push("FIELD_WIRE_COMPATIBLE_TYPE");
            change = "protobuf/field-type-wire-incompatible";
        }
        if self.same_map(fields) {
            // The entry of a renamed map has another name; it holds the same, and the new name is told already.
            self.rules.extend(rules);
            return;
        }
        let was = type_text(old, entry_of(self.old, old));
        let is = type_text(new, entry_of(self.new, new));
        let delimited = before != after && (before == "group" || after == "group");
        let how = if delimited { " in another encoding" } else { "" };
        let message = format!("`{}` was `{was}`, now it is `{is}`{how}", subject.path);
        let places = [place(old.written.at, was), place(new.written.at, is)];
        self.tell((change, &rules), subject, places, message);
    }

    /// An enum that moved, kept its name and all its values is read as before.
    fn same_enum(&self, fields: &Fields<'_, '_>) -> bool {
        let find = |set: &Set<'_>, field: &Field<'_>| set.enums.get(named(field)?).copied();
        let (Some(old), Some(new)) = (find(self.old, fields.old), find(self.new, fields.new)) else {
            return false;
        };
        let (old, new) = (self.old.enumeration(old), self.new.enumeration(new));
        old.name.text == new.name.text && within(old, new)
    }

    /// Maps that differ in the name of their entry alone.
    fn same_map(&self, fields: &Fields<'_, '_>) -> bool {
        let (old, new) = (entry_of(self.old, fields.old), entry_of(self.new, fields.new));
        let (Some(old), Some(new)) = (old, new) else { return false };
        let parts = old.fields.iter().zip(&new.fields);
        let mut same = parts.map(|(old, new)| kind(old, true) == kind(new, true) && named(old) == named(new));
        same.all(|same| same)
    }

    /// A field as people read it.
    pub fn shown(&self, field: &Field<'_>) -> String {
        let entry = entry_of(self.old, field).or_else(|| entry_of(self.new, field));
        match cardinality(field) {
            Cardinality::Map | Cardinality::Implicit => type_text(field, entry),
            other => format!("{} {}", other.as_str(), type_text(field, entry)),
        }
    }
}

/// The entry of a map.
fn entry_of<'s, 'a>(set: &'s Set<'a>, field: &Field<'_>) -> Option<&'s Message<'a>> {
    Some(set.message(*set.messages.get(named(field).filter(|_| field.map)?)?))
}
