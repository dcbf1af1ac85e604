//! What no protobuf compiler takes: numbers and names used twice or reserved, numbers out of range, labels the dialect
//! does not have, enums without a zero.

use super::set::Set;
use super::tree::{Enum, Field, Label, Message, Syntax, word};
use bastide_report::finding::{Finding, Report};
use bastide_report::source::Span;
use std::collections::BTreeMap;

/// The numbers a field may have.
const NUMBERS: std::ops::RangeInclusive<i64> = 1..=536_870_911;

/// Checks all files of a side.
pub fn check(set: &Set<'_>, report: &mut Report) {
    for file in set.files.iter().filter(|file| !file.builtin) {
        for message in &file.messages {
            fields(message, report);
            for field in message.fields.iter().filter(|_| message.map.is_none()) {
                label(file.syntax, field, report);
            }
        }
        for field in &file.extensions {
            label(file.syntax, field, report);
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
        if message.reserved.number(field.number) || message.reserved.name(name) {
            let finding =
                Finding::new("contract-syntax", format!("field `{name}` of `{}` is reserved", message.full))
                    .label(field.name.at, "its number or its name is reserved in this message")
                    .help("take another number and name");
            report.push(finding);
        }
        if let Some(first) = numbers.insert(field.number, field.number_at) {
            twice(format!("number {} of `{}`", field.number, message.full), first, field.number_at, report);
        } else if let Some(first) = names.insert(name, field.name.at) {
            twice(format!("name `{name}` of `{}`", message.full), first, field.name.at, report);
        }
    }
}

/// The labels each dialect has.
fn label(syntax: Syntax, field: &Field<'_>, report: &mut Report) {
    let (label, help) = match (syntax, field.label) {
        _ if field.map => return,
        (_, Some(_)) if field.oneof.is_some() => ("a field of a oneof has no label", "drop the label"),
        (Syntax::Proto2, None) if field.oneof.is_none() => {
            ("in proto2 a field has a label", "write `optional` before the type")
        }
        (Syntax::Proto3, Some(Label::Required)) => ("proto3 knows no `required`", "drop the label"),
        (Syntax::Edition(_), Some(Label::Required | Label::Optional)) => {
            ("editions say this with the feature `field_presence`", "drop the label")
        }
        (Syntax::Proto3 | Syntax::Edition(_), _) if field.group => {
            ("only proto2 has groups", "declare a message and a field of it")
        }
        _ => return,
    };
    let finding =
        Finding::new("contract-syntax", format!("field `{}` is not one of this dialect", field.name.text))
            .label(field.at, label)
            .help(help);
    report.push(finding);
}

fn values(item: &Enum<'_>, report: &mut Report) {
    if item.values.is_empty() {
        let finding = Finding::new("contract-syntax", format!("enum `{}` has no values", item.full))
            .label(item.name.at, "an enum has at least one")
            .help("declare its values");
        report.push(finding);
    }
    if let Some(first) = item.values.first().filter(|first| first.number != 0 && !item.features.closed) {
        let finding =
            Finding::new("contract-syntax", format!("enum `{}` does not begin with zero", item.full))
                .label(first.name.at, "the first value of an open enum is 0")
                .help("begin with a value for what is not known, numbered 0");
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
