//! What no protobuf compiler takes: numbers and names used twice, numbers out of range, enums without values.

use super::set::Set;
use super::tree::{Enum, Message, word};
use crate::report::{Finding, Report};
use crate::source::Span;
use std::collections::BTreeMap;

/// The numbers a field may have.
const NUMBERS: std::ops::RangeInclusive<i64> = 1..=536_870_911;

/// Checks all files of a side.
pub fn check(set: &Set<'_>, report: &mut Report) {
    for file in set.files.iter().filter(|file| !file.builtin) {
        for message in &file.messages {
            fields(message, report);
        }
        for item in &file.enums {
            values(item, report);
        }
    }
}

fn fields(message: &Message<'_>, report: &mut Report) {
    let mut numbers: BTreeMap<i64, Span> = BTreeMap::new();
    let mut names: BTreeMap<&str, Span> = BTreeMap::new();
    for field in &message.fields {
        if !NUMBERS.contains(&field.number) {
            let finding =
                Finding::new("contract-syntax", format!("{} is no number of a field", field.number))
                    .label(
                        field.number_at,
                        format!("fields are numbered from {} to {}", NUMBERS.start(), NUMBERS.end()),
                    )
                    .help("take a number in this range");
            report.push(finding);
        }
        let name = field.name.text.as_ref();
        if let Some(first) = numbers.insert(field.number, field.number_at) {
            twice(format!("number {} of `{}`", field.number, message.full), first, field.number_at, report);
        } else if let Some(first) = names.insert(name, field.name.at) {
            twice(format!("name `{name}` of `{}`", message.full), first, field.name.at, report);
        }
    }
}

fn values(item: &Enum<'_>, report: &mut Report) {
    if item.values.is_empty() {
        let finding = Finding::new("contract-syntax", format!("enum `{}` has no values", item.full))
            .label(item.name.at, "an enum has at least one")
            .help("declare its values");
        report.push(finding);
    }
    if word(&item.options, "allow_alias") == Some("true") {
        return;
    }
    let mut numbers: BTreeMap<i64, Span> = BTreeMap::new();
    for value in &item.values {
        if let Some(first) = numbers.insert(value.number, value.name.at) {
            twice(format!("number {} of enum `{}`", value.number, item.full), first, value.name.at, report);
        }
    }
}

fn twice(what: String, first: Span, at: Span, report: &mut Report) {
    let finding = Finding::new("contract-syntax", format!("{what} is used twice"))
        .label(at, "the second time")
        .label(first, "the first time")
        .help("take another one");
    report.push(finding);
}
