//! Fields that both sides have, by number.

use super::super::facts::{
    Cardinality, cardinality, cpp_string, default, java_utf8, json_name, kind, packed, wide,
};
use super::super::tree::{Field, Label, Message, word};
use super::Diff;
use super::message::Pair;
use crate::{Subject, place};

/// A field on both sides, with what is needed to judge it.
pub struct Fields<'s, 'a> {
    /// The field on the old side.
    pub old: &'s Field<'a>,
    /// The field on the new side.
    pub new: &'s Field<'a>,
    /// Both are parts of a map.
    pub entry: bool,
    /// Its files, old and new.
    pub files: [usize; 2],
}

impl Diff<'_, '_> {
    /// A field of a message.
    pub fn field(
        &mut self,
        outer: &Subject,
        [old, new]: [&Field<'_>; 2],
        [before, after]: Pair<'_, '_>,
        files: [usize; 2],
    ) {
        let fields = Fields { old, new, entry: before.map.is_some() && after.map.is_some(), files };
        // The key and the value of a map are told at the field.
        let subject = if fields.entry { outer.clone() } else { outer.member(&old.name.text) };
        self.shared(&subject, &fields);
        self.names(&subject, &fields);
        self.oneof(&subject, &fields, [before, after]);
        if required(old) != required(new) {
            self.rules.insert("MESSAGE_SAME_REQUIRED_FIELDS");
        }
    }

    /// What fields and extensions have in common.
    pub fn shared(&mut self, subject: &Subject, fields: &Fields<'_, '_>) {
        self.compared += 1;
        let Fields { old, new, .. } = fields;
        self.cardinality(subject, fields);
        self.kinds(subject, fields);
        self.defaults(subject, fields);
        self.languages(subject, fields);
        if let (Some(before), Some(after)) = (packed(old), packed(new))
            && before != after
        {
            let show = |packed: bool| if packed { "packed" } else { "expanded" };
            let message = format!("`{}` was {}, now it is {}", subject.path, show(before), show(after));
            let places = [place(old.at, show(before)), place(new.at, show(after))];
            self.tell(("protobuf/field-encoding-changed", &[]), subject, places, message);
        }
        self.written(subject, [old, new].map(|it| (it.docs, &*it.options, it.at)));
    }

    fn cardinality(&mut self, subject: &Subject, fields: &Fields<'_, '_>) {
        let Fields { old, new, entry, .. } = fields;
        let (before, after) = (cardinality(old), cardinality(new));
        if *entry || before == after {
            return;
        }
        let mut rules = vec!["FIELD_SAME_CARDINALITY"];
        let mut change = "protobuf/field-cardinality-changed";
        if before.json() != after.json() {
            rules.push("FIELD_WIRE_JSON_COMPATIBLE_CARDINALITY");
            change = "protobuf/field-cardinality-json-incompatible";
        }
        if before.wire() != after.wire() {
            rules.push("FIELD_WIRE_COMPATIBLE_CARDINALITY");
            change = "protobuf/field-cardinality-wire-incompatible";
        }
        let show = |card: Cardinality| card.as_str();
        let message = format!("`{}` was {}, now it is {}", subject.path, show(before), show(after));
        let places = [place(old.at, show(before)), place(new.at, show(after))];
        self.tell((change, &rules), subject, places, message);
    }

    fn defaults(&mut self, subject: &Subject, fields: &Fields<'_, '_>) {
        let Fields { old, new, .. } = fields;
        let (Some(before), Some(after)) = (default(self.old, old), default(self.new, new)) else { return };
        if (before.zero() && after.zero()) || before.same(&after) {
            return;
        }
        let message =
            format!("the default of `{}` was {}, now it is {}", subject.path, before.show(), after.show());
        let places = [place(old.at, before.show()), place(new.at, after.show())];
        self.tell(("protobuf/field-default-changed", &["FIELD_SAME_DEFAULT"]), subject, places, message);
    }

    /// What only generated code of one language or another sees.
    fn languages(&mut self, subject: &Subject, fields: &Fields<'_, '_>) {
        let Fields { old, new, entry, files } = fields;
        let (before, after) = (kind(old, *entry), kind(new, *entry));
        let places = [place(old.at, ""), place(new.at, "")];
        let path = &subject.path;
        if wide(before) && wide(after) {
            let read = |field: &Field<'_>| word(&field.options, "jstype").unwrap_or("JS_NORMAL").to_owned();
            if read(old) != read(new) {
                let (was, is) = (read(old), read(new));
                let message = format!("`{path}` was `{was}` in JavaScript, now it is `{is}`");
                let change = ("protobuf/field-jstype-changed", &["FIELD_SAME_JSTYPE"][..]);
                self.tell(change, subject, places.clone(), message);
            }
        }
        let (old_file, new_file) = (&self.old.files[files[0]], &self.new.files[files[1]]);
        let textual = |kind: &str| matches!(kind, "string" | "bytes");
        if textual(before) && textual(after) && !entry {
            let (was, is) = (cpp_string(old_file, old), cpp_string(new_file, new));
            // A `string_piece` that becomes a plain string breaks nobody.
            if was != is && !(was.1 && is == (super::super::features::CppString::String, is.1)) {
                let message = format!("`{path}` has another string type in C++");
                let rules = ["FIELD_SAME_CPP_STRING_TYPE"];
                self.tell(("protobuf/field-cpp-string-changed", &rules), subject, places.clone(), message);
            }
        }
        if before != "string" || after != "string" {
            return;
        }
        let java = java_utf8(old_file, old) != java_utf8(new_file, new);
        if old.features.utf8 != new.features.utf8 {
            let more = if new.features.utf8 { "now" } else { "no longer" };
            let message = format!("`{path}` is {more} checked to be UTF-8");
            self.rules.extend(java.then_some("FIELD_SAME_JAVA_UTF8_VALIDATION"));
            let rules = ["FIELD_SAME_UTF8_VALIDATION"];
            self.tell(("protobuf/field-utf8-changed", &rules), subject, places, message);
        } else if java {
            let more = if java_utf8(new_file, new) { "now" } else { "no longer" };
            let message = format!("`{path}` is {more} checked to be UTF-8 in Java");
            let rules = ["FIELD_SAME_JAVA_UTF8_VALIDATION"];
            self.tell(("protobuf/field-java-utf8-changed", &rules), subject, places, message);
        }
    }

    fn names(&mut self, subject: &Subject, fields: &Fields<'_, '_>) {
        let Fields { old, new, .. } = fields;
        let json = [json_name(old), json_name(new)];
        if old.name.text != new.name.text {
            let rules = ["FIELD_SAME_NAME", "FIELD_SAME_JSON_NAME"];
            let rules = if json[0] == json[1] { &rules[..1] } else { &rules[..] };
            let message =
                format!("field {} `{}` is now called `{}`", old.number, subject.path, new.name.text);
            let places =
                [place(old.name.at, old.name.text.as_ref()), place(new.name.at, new.name.text.as_ref())];
            self.tell(("protobuf/field-renamed", rules), subject, places, message);
        } else if json[0] != json[1] {
            let [before, after] = json;
            let message = format!("`{}` was `{before}` in JSON, now it is `{after}`", subject.path);
            let places = [place(old.at, before), place(new.at, after)];
            let rules = ["FIELD_SAME_JSON_NAME"];
            self.tell(("protobuf/field-json-name-changed", &rules), subject, places, message);
        }
    }

    fn oneof(&mut self, subject: &Subject, fields: &Fields<'_, '_>, [before, after]: Pair<'_, '_>) {
        let read = |field: &Field<'_>, message: &Message<'_>| {
            field.oneof.map(|at| message.oneofs[at].0.text.to_string())
        };
        let (was, is) = (read(fields.old, before), read(fields.new, after));
        if was == is {
            return;
        }
        let show =
            |oneof: &Option<String>| oneof.as_ref().map_or("in no oneof".into(), |it| format!("in `{it}`"));
        let message = format!("`{}` was {}, now it is {}", subject.path, show(&was), show(&is));
        let places =
            [place(fields.old.at, was.unwrap_or_default()), place(fields.new.at, is.unwrap_or_default())];
        self.tell(("protobuf/field-oneof-changed", &["FIELD_SAME_ONEOF"]), subject, places, message);
    }
}

fn required(field: &Field<'_>) -> bool {
    field.label == Some(Label::Required)
}
