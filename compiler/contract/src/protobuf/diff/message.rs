//! Messages that both sides have.

use super::super::buf::Rule;
use super::super::tree::{Field, Label, Message, word};
use super::Diff;
use super::reserved::{lost, missing, show};
use crate::{Subject, place};
use std::collections::BTreeMap;

/// The two messages compared, old and new.
pub type Pair<'s, 'a> = [&'s Message<'a>; 2];

impl Diff<'_, '_> {
    /// All messages, by full name.
    pub fn messages(&mut self) {
        let (old, new) = (self.old, self.new);
        for (full, at) in &old.messages {
            let Some(to) = new.messages.get(full) else { continue };
            if old.files[at.0].builtin || new.files[to.0].builtin {
                continue;
            }
            let subject = self.message_subject(full, old.message(*at), at.0);
            self.message(&subject, [old.message(*at), new.message(*to)], [at.0, to.0]);
        }
    }

    /// People know the entry of a map by the field.
    fn message_subject(&self, full: &str, message: &Message<'_>, file: usize) -> Subject {
        match (message.map, message.parent) {
            (Some(field), Some(outer)) => {
                self.subject(&self.old.files[file].messages[outer].full).member(field)
            }
            _ => self.subject(full),
        }
    }

    fn message(&mut self, subject: &Subject, [old, new]: Pair<'_, '_>, files: [usize; 2]) {
        self.compared += 1;
        if old.map.is_none() || new.map.is_none() {
            self.message_words(subject, [old, new]);
        }
        self.json_format(subject, [old, new]);
        let before: BTreeMap<i64, &Field<'_>> =
            old.fields.iter().map(|field| (field.number, field)).collect();
        let after: BTreeMap<i64, &Field<'_>> = new.fields.iter().map(|field| (field.number, field)).collect();
        for (number, field) in &before {
            match after.get(number) {
                Some(now) => self.field(subject, [field, now], [old, new], files),
                None => self.field_removed(subject, field, new),
            }
        }
        for field in after.iter().filter(|(number, _)| !before.contains_key(number)).map(|(_, field)| field) {
            self.field_added(subject, field);
        }
    }

    fn message_words(&mut self, subject: &Subject, [old, new]: Pair<'_, '_>) {
        self.oneofs(subject, [old, new]);
        self.message_ranges(subject, [old, new]);
        let accessor =
            |message: &Message<'_>| word(&message.options, "no_standard_descriptor_accessor") == Some("true");
        if !accessor(old) && accessor(new) {
            let rules = ["MESSAGE_NO_REMOVE_STANDARD_DESCRIPTOR_ACCESSOR"];
            let message = format!("`{}` no longer has the standard accessor of its descriptor", subject.path);
            let places = [place(old.at, ""), place(new.at, "no_standard_descriptor_accessor")];
            self.tell(("protobuf/descriptor-accessor-removed", &rules), subject, places, message);
        }
        self.written(subject, [old, new].map(|it| (it.docs, &*it.options, it.at)));
    }

    fn json_format(&mut self, subject: &Subject, [old, new]: Pair<'_, '_>) {
        if old.features.json && !new.features.json {
            let rules = ["MESSAGE_SAME_JSON_FORMAT"];
            if old.map.is_some() {
                self.rules.extend(rules);
                return;
            }
            let message = format!("`{}` no longer promises to have a JSON form", subject.path);
            let places = [place(old.at, "ALLOW"), place(new.at, "LEGACY_BEST_EFFORT")];
            self.tell(("protobuf/message-json-format-weakened", &rules), subject, places, message);
        }
    }

    fn oneofs(&mut self, subject: &Subject, [old, new]: Pair<'_, '_>) {
        let has =
            |message: &Message<'_>, wanted: &str| message.oneofs.iter().any(|(name, _)| name.text == wanted);
        for (name, docs) in &old.oneofs {
            let part = subject.member(&name.text);
            match new.oneofs.iter().find(|(other, _)| other.text == name.text) {
                Some((other, other_docs)) => self.docs(&part, (*docs, name.at), (*other_docs, other.at)),
                None => {
                    let message = format!("oneof `{}` of `{}` is gone", name.text, subject.path);
                    let places = [place(name.at, "oneof"), None];
                    self.tell(("protobuf/oneof-removed", &["ONEOF_NO_DELETE"]), part, places, message);
                }
            }
        }
        for (name, _) in new.oneofs.iter().filter(|(name, _)| !has(old, &name.text)) {
            let message = format!("oneof `{}` of `{}` is new", name.text, subject.path);
            let part = subject.member(&name.text);
            self.tell(("protobuf/oneof-added", &[]), &part, [None, place(name.at, "oneof")], message);
        }
    }

    fn message_ranges(&mut self, subject: &Subject, [old, new]: Pair<'_, '_>) {
        let ranges = |old: &Message<'_>, new: &Message<'_>| {
            let ranges = missing(&old.extensions, &new.extensions);
            (!ranges.is_empty()).then(|| show(&ranges))
        };
        let gone = lost(&old.reserved, &new.reserved).map(|it| (format!("no longer reserves {it}"), it));
        let came = lost(&new.reserved, &old.reserved).map(|it| (format!("now reserves {it}"), it));
        let closed = ranges(old, new).map(|it| (format!("no longer leaves {it} to extensions"), it));
        let opened = ranges(new, old).map(|it| (format!("now leaves {it} to extensions"), it));
        let found: [(&str, &[Rule], _); 4] = [
            ("protobuf/message-reserved-removed", &["RESERVED_MESSAGE_NO_DELETE"], gone),
            ("protobuf/reserved-added", &[], came),
            ("protobuf/extension-range-removed", &["EXTENSION_MESSAGE_NO_DELETE"], closed),
            ("protobuf/extension-range-added", &[], opened),
        ];
        for (kind, rules, what) in found {
            let Some((what, text)) = what else { continue };
            let places = [place(old.at, &text), place(new.at, &text)];
            self.tell((kind, rules), subject, places, format!("`{}` {what}", subject.path));
        }
    }

    fn field_removed(&mut self, subject: &Subject, field: &Field<'_>, new: &Message<'_>) {
        let (number, name) = (new.reserved.number(field.number), new.reserved.name(&field.name.text));
        let required = field.label == Some(Label::Required);
        let mut rules = vec!["FIELD_NO_DELETE"];
        rules.extend((!number).then_some("FIELD_NO_DELETE_UNLESS_NUMBER_RESERVED"));
        rules.extend((!name).then_some("FIELD_NO_DELETE_UNLESS_NAME_RESERVED"));
        rules.extend(required.then_some("MESSAGE_SAME_REQUIRED_FIELDS"));
        let (kind, but) = match (required, number, name) {
            (true, ..) => ("required-field-removed", ", and it was required".to_owned()),
            (_, false, _) => {
                ("field-removed-number-free", format!(", and its number {} is not reserved", field.number))
            }
            (_, _, false) => ("field-removed-name-free", ", and its name is not reserved".into()),
            _ => ("field-removed", String::new()),
        };
        let kind = format!("protobuf/{kind}");
        let message = format!("field `{}` of `{}` is gone{but}", field.name.text, subject.path);
        let places = [place(field.at, self.shown(field)), place(new.name.at, "")];
        let places = if new.map.is_some() { [places[0].clone(), None] } else { places };
        self.tell((&kind, &rules), subject.member(&field.name.text), places, message);
    }

    fn field_added(&mut self, subject: &Subject, field: &Field<'_>) {
        let (kind, rules): (_, &[Rule]) = match field.label {
            Some(Label::Required) => ("protobuf/required-field-added", &["MESSAGE_SAME_REQUIRED_FIELDS"]),
            _ => ("protobuf/field-added", &[]),
        };
        let message = format!("field `{}` of `{}` is new", field.name.text, subject.path);
        let made = place(field.at, self.shown(field));
        self.tell((kind, rules), subject.member(&field.name.text), [None, made], message);
    }
}
