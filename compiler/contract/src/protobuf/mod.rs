//! Protocol Buffers: proto2, proto3 and the editions 2023 and 2024.
//!
//! Files are read ([`parse`]), linked ([`set`], [`link`]) and compared ([`diff`]). The four verdicts of
//! [`super::Comparison::categories`] are those of buf: each change names the rules of buf ([`buf`]) that say the same.

mod buf;
mod builtin;
mod check;
mod diff;
mod facts;
mod features;
mod file_option;
mod lexer;
mod link;
mod parse;
mod reach;
mod set;
mod tree;

use super::{Comparison, ContractFormat, Options, Reference, Side, change_kind};
use bastide_report::finding::Report;
use bastide_report::source::{FileId, Source, Sources};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// How files of Protocol Buffers are known, read and compared.
pub static FORMAT: ContractFormat = ContractFormat {
    name: "protobuf",
    fence: "proto",
    endings: &[".proto"],
    sniff,
    references,
    compare: |old, new, sources, options| judge(old, new, sources, options).0,
    kinds: LazyLock::new(|| {
        let mut kinds = change_kind::read(&[
            include_str!("changes/enumeration.md"),
            include_str!("changes/field.md"),
            include_str!("changes/file.md"),
            include_str!("changes/item.md"),
            include_str!("changes/message.md"),
            include_str!("changes/other.md"),
            include_str!("changes/service.md"),
        ]);
        kinds.extend(file_option::kinds());
        kinds
    }),
};

/// Whether a line says `syntax = …` or `edition = …`.
fn sniff(text: &str) -> bool {
    let said = |line: &str| {
        line.strip_prefix("syntax")
            .or_else(|| line.strip_prefix("edition"))
            .map(str::trim_start)
            .is_some_and(|rest| rest.starts_with('='))
    };
    text.lines().any(|line| said(line.trim_start()))
}

/// Compares two sides; besides, the rules of buf that its categories follow from.
pub fn judge(
    old: &Side,
    new: &Side,
    sources: &Sources,
    options: &Options,
) -> (Comparison, BTreeSet<buf::Rule>) {
    let (mut report, mut second) = (Report::default(), Report::default());
    let before = set::read(old, sources, &mut report);
    let mut after = set::read(new, sources, &mut second);
    report.findings.append(&mut second.findings);
    report.sort();
    if report.denied() {
        return (Comparison { findings: report.findings, ..Comparison::default() }, BTreeSet::new());
    }
    if let (Some(from), Some(to)) = (single(new), single(old)) {
        after.rename(from, to);
    }
    let (comparison, rules) = diff::compare(&before, &after, options);
    (Comparison { findings: report.findings, ..comparison }, rules)
}

/// The path of the one file asked about: a side of one file is that file, whatever its name.
fn single(side: &Side) -> Option<&str> {
    match set::asked(side).as_slice() {
        [file] => Some(&file.path),
        _ => None,
    }
}

/// All services, methods, messages, enums and fields by full name: `acme.Orders`, `acme.Orders/Get`, `acme.Order.email`.
pub fn elements(side: &Side, sources: &Sources) -> Vec<String> {
    let set = set::read(side, sources, &mut Report::default());
    let mut names: Vec<String> = set.enums.keys().map(|name| name.to_string()).collect();
    for file in set.files.iter().filter(|file| !file.builtin) {
        for message in &file.messages {
            names.push(message.full.to_string());
            names.extend(message.fields.iter().map(|field| format!("{}.{}", message.full, field.name.text)));
        }
        for service in &file.services {
            names.push(service.full.to_string());
            names.extend(
                service.methods.iter().map(|method| format!("{}/{}", service.full, method.name.text)),
            );
        }
    }
    names
}

/// The files a file imports, but for those that every compiler brings along.
fn references(id: FileId, source: &Source) -> Vec<Reference> {
    let Some(file) = parse::read(id, &source.path, source, &mut Report::default()) else { return vec![] };
    let imports = file.imports.into_iter().filter(|import| !builtin::known(&import.path.text));
    imports
        .map(|import| Reference {
            path: import.path.text.into_owned(),
            from_root: true,
            span: import.path.at,
        })
        .collect()
}

#[cfg(test)]
mod tests;
