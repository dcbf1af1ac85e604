//! Enums that both sides have, and their values by number.

use super::super::tree::{Enum, EnumValue};
use super::Diff;
use super::reserved::lost;
use crate::{Subject, place};
use std::collections::BTreeMap;

/// Values by number; several where aliases are allowed.
type Values<'s, 'a> = BTreeMap<i64, Vec<&'s EnumValue<'a>>>;

impl Diff<'_, '_> {
    /// All enums, by full name.
    pub fn enums(&mut self) {
        let (old, new) = (self.old, self.new);
        for (full, at) in &old.enums {
            let Some(to) = new.enums.get(full) else { continue };
            if !old.files[at.0].builtin && !new.files[to.0].builtin {
                let subject = self.subject(full);
                self.enumeration(&subject, [old.enumeration(*at), new.enumeration(*to)]);
            }
        }
    }

    fn enumeration(&mut self, subject: &Subject, [old, new]: [&Enum<'_>; 2]) {
        self.compared += 1;
        let path = &subject.path;
        let show = |closed: bool| if closed { "closed" } else { "open" };
        if old.features.closed != new.features.closed {
            let (was, is) = (show(old.features.closed), show(new.features.closed));
            let message = format!("enum `{path}` was {was}, now it is {is}");
            let places = [place(old.at, was), place(new.at, is)];
            self.tell(("protobuf/enum-type-changed", &["ENUM_SAME_TYPE"]), subject, places, message);
        }
        if old.features.json && !new.features.json {
            let message = format!("enum `{path}` no longer promises to have a JSON form");
            let places = [place(old.at, "ALLOW"), place(new.at, "LEGACY_BEST_EFFORT")];
            let change = ("protobuf/enum-json-format-weakened", &["ENUM_SAME_JSON_FORMAT"][..]);
            self.tell(change, subject, places, message);
        }
        if let Some(what) = lost(&old.reserved, &new.reserved) {
            let message = format!("enum `{path}` no longer reserves {what}");
            let places = [place(old.at, what), place(new.at, "")];
            let change = ("protobuf/enum-reserved-removed", &["RESERVED_ENUM_NO_DELETE"][..]);
            self.tell(change, subject, places, message);
        }
        if let Some(what) = lost(&new.reserved, &old.reserved) {
            let message = format!("enum `{path}` now reserves {what}");
            let places = [place(old.at, ""), place(new.at, what)];
            self.tell(("protobuf/reserved-added", &[]), subject, places, message);
        }
        self.values(subject, [old, new]);
        self.written(subject, [old, new].map(|it| (it.docs, &*it.options, it.at)));
    }

    fn values(&mut self, subject: &Subject, [old, new]: [&Enum<'_>; 2]) {
        let (before, after) = (by_number(old), by_number(new));
        for (number, values) in &before {
            self.compared += 1;
            match after.get(number) {
                Some(now) => self.value(subject, *number, values, now),
                None => self.value_removed(subject, *number, values, new),
            }
        }
        for (number, value) in after.iter().filter(|(number, _)| !before.contains_key(number)) {
            self.value_added(subject, *number, value[0]);
        }
    }

    fn value_removed(&mut self, subject: &Subject, number: i64, values: &[&EnumValue<'_>], new: &Enum<'_>) {
        let free = !new.reserved.number(number);
        let name_free = values.iter().any(|value| !new.reserved.name(&value.name.text));
        let mut rules = vec!["ENUM_VALUE_NO_DELETE"];
        rules.extend(free.then_some("ENUM_VALUE_NO_DELETE_UNLESS_NUMBER_RESERVED"));
        rules.extend(name_free.then_some("ENUM_VALUE_NO_DELETE_UNLESS_NAME_RESERVED"));
        let (kind, but) = match (free, name_free) {
            (true, _) => ("-number-free", format!(", and its number {number} is not reserved")),
            (_, true) => ("-name-free", ", and its name is not reserved".into()),
            _ => ("", String::new()),
        };
        let kind = format!("protobuf/enum-value-removed{kind}");
        let names = names(values).join("`, `");
        let message = format!("value `{names}` of enum `{}` is gone{but}", subject.path);
        let places = [place(values[0].name.at, number.to_string()), place(new.name.at, "")];
        self.tell((&kind, &rules), subject.member(&values[0].name.text), places, message);
    }

    fn value_added(&mut self, subject: &Subject, number: i64, value: &EnumValue<'_>) {
        let message = format!("value `{}` of enum `{}` is new", value.name.text, subject.path);
        let new = place(value.name.at, number.to_string());
        let subject = subject.member(&value.name.text);
        self.tell(("protobuf/enum-value-added", &[]), subject, [None, new], message);
    }

    fn value(&mut self, subject: &Subject, number: i64, old: &[&EnumValue<'_>], new: &[&EnumValue<'_>]) {
        let part = subject.member(&old[0].name.text);
        let (before, after) = (names(old), names(new));
        if before.iter().any(|name| !after.contains(name)) {
            let (was, is) = (before.join("`, `"), after.join("`, `"));
            let message = format!("value {number} of enum `{}` was `{was}`, now it is `{is}`", subject.path);
            let places = [place(old[0].name.at, was), place(new[0].name.at, is)];
            self.tell(("protobuf/enum-value-renamed", &["ENUM_VALUE_SAME_NAME"]), &part, places, message);
        } else if before.len() < after.len() {
            for value in new.iter().filter(|value| !before.contains(&value.name.text.as_ref())) {
                self.value_added(subject, number, value);
            }
        }
        for value in old {
            let Some(now) = new.iter().find(|now| now.name.text == value.name.text) else { continue };
            let part = subject.member(&value.name.text);
            self.written(&part, [value, now].map(|it| (it.docs, &*it.options, it.name.at)));
        }
    }
}

fn by_number<'s, 'a>(item: &'s Enum<'a>) -> Values<'s, 'a> {
    let mut out = Values::new();
    for value in &item.values {
        out.entry(value.number).or_default().push(value);
    }
    out
}

fn names<'s>(values: &[&'s EnumValue<'_>]) -> Vec<&'s str> {
    let mut names: Vec<&str> = values.iter().map(|value| value.name.text.as_ref()).collect();
    names.sort_unstable();
    names
}
